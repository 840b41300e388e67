import type { WorkflowSpec } from '../../application/application.ts';
import type { Choice } from '../../contracts/choice.ts';
import type { AppError } from '../../contracts/notices.ts';
import type { Path } from '../../contracts/paths.ts';
import { portalClientOf } from '../../recovery/recording-portal-client.ts';
import type { Recoverable } from '../../tasks/epoch.ts';
import type { ExecutionHost } from '../../tasks/execution-host.ts';
import type { Marker } from '../../tasks/task-input.ts';
import type { OnFailure, WorkflowInput } from '../../tasks/workflow-runner.ts';
import { WorkflowRunner } from '../../tasks/workflow-runner.ts';
import { type Batch, EMPTY_BATCH } from '../../values/batch.ts';
import type { AtomicStream, Reader } from './atomic-stream.ts';
import type { MessageQueue, PortalMailbox } from './portal-mailbox.ts';
import type { Output, Transition, Unit } from './transition.ts';

const ATOM_COMPLETE: Marker = { kind: 'atomComplete' };
const COMPLETE: Marker = { kind: 'complete' };

/** A workflow in the simulator: it consumes atoms of its source, and messages of its portals. */
export class WorkflowUnit implements Unit, Recoverable {
  readonly kind = 'workflow';
  readonly path: Path;
  readonly runner: WorkflowRunner;
  readonly transitions: readonly Transition[];
  readonly #reader: Reader;
  readonly #stream: AtomicStream;
  readonly #answers: boolean;
  readonly #host: ExecutionHost;
  /** The source has ended, and the seal waits for pending continuations, which may emit. */
  #sealDue = false;
  #sealDueBefore = false;
  #entered = false;
  /** What most batches of requests and replies put out: an atom without events. */
  readonly #emptyAtom: readonly Output[];

  constructor(
    spec: WorkflowSpec,
    reader: Reader,
    stream: AtomicStream,
    mailboxOf: (portal: Path) => PortalMailbox,
    host: ExecutionHost,
  ) {
    this.path = spec.path;
    this.#host = host;
    this.#reader = reader;
    this.#stream = stream;
    this.#emptyAtom = [{ stream, atom: { batch: EMPTY_BATCH, failure: undefined, seal: false } }];
    this.runner = new WorkflowRunner(spec, host, portalClientOf);
    const asked = distinct(spec.tasks.flatMap((task) => task.asks.map((portal) => portal.path)));
    const answered = spec.tasks.flatMap((task) => task.repliesTo.map((portal) => portal.path));
    this.#answers = answered.length > 0;
    this.transitions = [
      ...answered.map((portal) => this.#messageTransition('requests', mailboxOf(portal))),
      ...asked.map((portal) => this.#messageTransition('replies', mailboxOf(portal))),
      this.#sourceTransition(),
    ];
  }

  get sealed(): boolean {
    return this.#stream.sealed;
  }

  #sourceTransition(): Transition {
    const reader = this.#reader;
    const input = reader.stream.path;
    const unit = this.path;
    const atom = {
      unit,
      action: 'atom',
      input,
      label: `${unit} takes an atom of ${input}`,
    } as const;
    const seal = {
      unit,
      action: 'seal',
      input,
      label: `${unit} takes the seal of ${input}`,
    } as const;
    return {
      unit: this.path,
      priority: 'workflow',
      input,
      ready: () => !this.sealed && (this.#sealDue || reader.peek() !== undefined),
      // A workflow that others may still ask, or that still waits for replies, is not at its end.
      deferred: () => {
        if (this.#sealDue) return true;
        const atom = reader.peek();
        if (atom === undefined || !atom.seal || atom.failure !== undefined) return false;
        return this.#answers || this.runner.continuations.size > 0;
      },
      arrivalOrder: () => 0,
      run: (onFailure) => (this.#sealDue ? this.#sealNow() : this.#consumeAtom(onFailure)),
      describe: () => (this.#sealDue || reader.peek()?.seal === true ? seal : atom),
    };
  }

  #messageTransition(kind: 'requests' | 'replies', mailbox: PortalMailbox): Transition {
    const queue = kind === 'requests' ? mailbox.requests : mailbox.replies(this.path);
    const label = `${this.path} takes ${kind} of ${mailbox.path}`;
    const plain: Choice = { unit: this.path, action: kind, input: mailbox.path, label };
    const choices = new Map<Path, Choice>();
    return {
      unit: this.path,
      priority: 'portal',
      input: mailbox.path,
      ready: () => queue.peek() !== undefined && !this.#failed(),
      deferred: () => false,
      arrivalOrder: () => queue.peek()?.arrival ?? 0,
      run: (onFailure) => this.#consumeMessages(mailbox.path, queue, onFailure),
      describe: () => {
        const peer = queue.peek()?.asker;
        if (kind === 'replies' || peer === undefined) return plain;
        const known = choices.get(peer) ?? { ...plain, peer };
        choices.set(peer, known);
        return known;
      },
    };
  }

  /** Sealed by an error, a workflow does nothing more; sealed by its source, it still replies. */
  #failed(): boolean {
    return this.sealed && this.#stream.at(this.#stream.length - 1)?.failure !== undefined;
  }

  #consumeAtom(onFailure: OnFailure): readonly Output[] {
    const atom = this.#reader.peek();
    if (atom === undefined) return [];
    this.#reader.advance();
    const { failure } = atom;
    const marker: Marker =
      failure !== undefined
        ? { kind: 'error', thrown: failure.thrown }
        : atom.seal
          ? COMPLETE
          : ATOM_COMPLETE;
    return this.#process({ kind: 'atom', batch: atom.batch.copy(), marker }, atom.seal, onFailure);
  }

  #consumeMessages(portal: Path, queue: MessageQueue, onFailure: OnFailure): readonly Output[] {
    const messages = queue.take();
    if (messages === undefined) return [];
    const input: WorkflowInput =
      messages.kind === 'requests'
        ? { kind: 'requests', portal, requests: messages.requests }
        : { kind: 'replies', replies: messages.replies };
    return this.#process(input, false, onFailure);
  }

  #process(input: WorkflowInput, sealing: boolean, onFailure: OnFailure): readonly Output[] {
    const { continuations } = this.runner;
    const pending = continuations.size;
    const output = this.runner.process(input, onFailure);
    const ends = sealing || this.#sealDue;
    if (this.sealed) return this.#reportLost(output?.batch);
    if (output === undefined && !ends) return [];
    const { batch, failure } = output ?? NOTHING;
    // The source's seal comes when no pending continuation can run any more, but for new ones.
    const waits = continuations.size > (sealing ? pending : 0);
    if (ends && failure === undefined) this.#setSealDue(waits);
    const seal = failure !== undefined || (ends && !waits);
    if (!seal && batch === EMPTY_BATCH) return this.#emptyAtom;
    return [{ stream: this.#stream, atom: { batch, failure, seal } }];
  }

  /** Seals the stream although continuations are pending: nothing else can happen. */
  #sealNow(): readonly Output[] {
    this.#setSealDue(false);
    return [{ stream: this.#stream, atom: { batch: EMPTY_BATCH, failure: undefined, seal: true } }];
  }

  /** No consumer gets events for a sealed stream, so the run reports them as an error. */
  #reportLost(batch: Batch | undefined): readonly Output[] {
    if (batch === undefined || batch.length === 0) return [];
    const error: AppError = {
      code: 'PORTALS_EMITTED_AFTER_SEAL',
      message:
        `the workflow ${this.path} emits ${batch.length} more event(s) after its stream has been ` +
        'sealed, for requests that came after the end of its source; they are lost. Reply with ' +
        'what the asker needs instead of emitting it',
      path: this.path,
    };
    this.#host.effects.addLine({ kind: 'error', error });
    return [];
  }

  #setSealDue(due: boolean): void {
    if (this.#sealDue === due) return;
    if (!this.#entered) this.#host.epoch.enter(this);
    this.#entered = true;
    this.#sealDue = due;
  }

  get isCommitted(): boolean {
    return !this.#entered;
  }

  commit(): void {
    this.#entered = false;
    this.#sealDueBefore = this.#sealDue;
  }

  rollback(): void {
    this.#entered = false;
    this.#sealDue = this.#sealDueBefore;
  }
}

const NOTHING = { batch: EMPTY_BATCH, failure: undefined };

function distinct<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
