import type { Choice } from '../contracts/choice.ts';
import type { Totals } from '../contracts/inspection.ts';
import type { Effect, EventRecord } from '../contracts/notices.ts';
import type { Path } from '../contracts/paths.ts';
import { textOf } from '../format/text.ts';
import type { AttemptTrace } from '../tasks/attempts/attempt-trace.ts';
import type { StepEffects } from '../tasks/execution-host.ts';
import type { DecisionLog } from './decision-log.ts';
import { byPortalAndAsker } from './message-delivery.ts';
import type { Atom } from './processors/atomic-stream.ts';
import type { StepStart } from './processors/step-start.ts';
import type { Output } from './processors/transition.ts';

/** One step of the current epoch: what was chosen, and what it will publish. */
export interface Step extends StepStart {
  readonly index: number;
  /** Known only where notices are emitted or a history is kept. */
  readonly choice: Choice | undefined;
  readonly outputs: readonly Output[];
  /** The indexes of the outputs in their streams. */
  readonly indexes: readonly number[];
  readonly effects: StepEffects;
  readonly trace: AttemptTrace | undefined;
  readonly crashes: number;
}

/** What has been committed: counters, and the history of steps. */
export class Journal {
  /** The history; absent when the options ask for none. */
  readonly log: DecisionLog | undefined;
  readonly #totals = { atoms: 0, events: 0, requests: 0, replies: 0, crashes: 0, recoveries: 0 };

  constructor(log: DecisionLog | undefined) {
    this.log = log;
  }

  get totals(): Totals {
    return { ...this.#totals };
  }

  /** Counts a crash that was recovered from. */
  countRecovery(): void {
    this.#totals.crashes += 1;
    this.#totals.recoveries += 1;
  }

  /** Counts a committed step, and records it if its choice is known. */
  record(
    outputs: readonly Output[],
    { requests, replies, lines }: StepEffects,
    choice: Choice | undefined,
    crashes: number,
  ): void {
    const totals = this.#totals;
    let events = 0;
    for (const { atom } of outputs) {
      const { length } = atom.batch;
      events += length;
      // A seal alone is not an atom, but the mark that none follows.
      if (length > 0 || !atom.seal) totals.atoms += 1;
    }
    totals.events += events;
    totals.requests += requests.length;
    totals.replies += replies.length;
    if (choice === undefined) return;
    const published = events + requests.length + replies.length;
    this.log?.add(choice, published, lines.length, crashes);
  }
}

/** What a committed step published, for the host. */
export function effectsOf(step: Step): Effect[] {
  const { lines, requests, replies } = step.effects;
  const effects: Effect[] = [...lines];
  for (const [at, { stream, atom }] of step.outputs.entries()) {
    effects.push(new AtomEffect(stream.path, step.indexes[at] ?? 0, atom));
  }
  if (requests.length > 0) {
    for (const group of byPortalAndAsker(requests, (request) => request)) {
      const [{ portal, workflow }] = group;
      effects.push({ kind: 'requests', portal, from: workflow, count: group.length });
    }
  }
  if (replies.length > 0) {
    for (const group of byPortalAndAsker(replies, (reply) => reply.request)) {
      const [{ request }] = group;
      effects.push({
        kind: 'replies',
        portal: request.portal,
        to: request.workflow,
        count: group.length,
      });
    }
  }
  return effects;
}

/** An atom as the host gets it; its events are listed only when they are read. */
class AtomEffect {
  readonly kind = 'atom';
  readonly stream: Path;
  readonly index: number;
  readonly #atom: Atom;

  constructor(stream: Path, index: number, atom: Atom) {
    this.stream = stream;
    this.index = index;
    this.#atom = atom;
  }

  get events(): readonly EventRecord[] {
    const { batch } = this.#atom;
    return batch.values.map((value, at) => ({ key: batch.key(at), value }));
  }

  get seal(): boolean {
    return this.#atom.seal;
  }

  get error(): string | undefined {
    const { failure } = this.#atom;
    return failure === undefined ? undefined : textOf(failure.thrown);
  }
}
