import type { TaskSpec } from '../application/application.ts';
import type { PortalReference } from '../application/references.ts';
import { CallTrace } from '../contracts/call-site.ts';
import type { Path } from '../contracts/paths.ts';
import type { Continuations } from '../tasks/continuations.ts';
import type { ExecutionHost } from '../tasks/execution-host.ts';
import type { Continuation, Reply, Request } from '../tasks/messages.ts';
import { PortalClient } from '../tasks/portal-client.ts';
import type { StateStore } from '../tasks/state-store.ts';
import type { TaskInput } from '../tasks/task-input.ts';
import { sourceTextOf } from '../values/source-text.ts';
import { Activation, type Exchange } from './activation.ts';
import { type Difference, firstDifference, type Piece } from './difference.ts';
import { Lineages } from './lineages.ts';

/** An activation that is executed again, and the callbacks it has made so far. */
interface ReExecution {
  readonly activation: Activation;
  readonly callbacks: { readonly of: Continuation; readonly callback: Continuation['callback'] }[];
  next: number;
  difference: Difference | undefined;
}

/** Thrown into the author's handlers to end an activation that has diverged. */
const DIVERGED = new Error('internal: a re-execution differs from what was recorded');

/**
 * A portal client that records the task's activations, so that continuations which an aborted
 * attempt has run can be rebuilt: what they captured is out of reach and may have changed. Their
 * handlers are then executed once more ({@link reExecute}), where all that came from outside comes
 * from the record, and all they exchange with portals is compared with it.
 */
export class RecordingPortalClient extends PortalClient {
  readonly lineages: Lineages;
  readonly #host: ExecutionHost;
  #recorded: Activation | undefined;
  #repeated: ReExecution | undefined;
  #difference: Difference | undefined;
  #activations = 0;

  constructor(spec: TaskSpec, workflow: Path, continuations: Continuations, host: ExecutionHost) {
    super(spec, workflow, continuations, host);
    this.lineages = new Lineages(host.epoch);
    this.#host = host;
  }

  override get stateObserver(): this {
    return this;
  }

  /** Records what happens from here on, unless it repeats an activation. */
  override begin(input: TaskInput): void {
    if (this.#repeated !== undefined) return;
    this.#activations += 1;
    this.#recorded = new Activation(this.#activations, input, this.#host.environment?.save());
  }

  /** A handler of the recorded activation threw. */
  override fail(): void {
    if (this.#recorded !== undefined) this.#recorded.threw = true;
  }

  /** Until `endReExecution`, what happens repeats `activation`. */
  reExecute(activation: Activation): void {
    this.#repeated = { activation, callbacks: [], next: 0, difference: undefined };
  }

  /**
   * Replaces the callbacks of the continuations if the re-execution has done all that was recorded
   * and nothing else; `failure` is what it threw.
   */
  endReExecution(failure: { readonly thrown: unknown } | undefined): void {
    const repeated = this.#repeated;
    if (repeated === undefined) return;
    const { activation, callbacks, next } = repeated;
    const left = activation.exchanges[next];
    if (left !== undefined) this.#compare(piecesOf(left), []);
    const end = (threw: boolean): Piece[] => [{ place: 'the end', value: threw ? 'threw' : 'ok' }];
    this.#compare(end(activation.threw), end(failure !== undefined));
    this.#difference = repeated.difference;
    if (repeated.difference !== undefined) return;
    for (const { of, callback } of callbacks) of.callback = callback;
  }

  /** In what the latest re-execution differed from the record, once. */
  takeDifference(): Difference | undefined {
    const difference = this.#difference;
    this.#difference = undefined;
    return difference;
  }

  override finish(): void {
    this.#recorded = undefined;
    this.#repeated = undefined;
  }

  /** A handler is about to read or change the state under `key`. */
  onAccess(store: StateStore, key: unknown): void {
    this.#recorded?.onAccess(store, key);
  }

  override ask(portal: PortalReference, request: unknown, askerKey: unknown): Request {
    const asked = super.ask(portal, request, askerKey);
    const exchange: Exchange = { kind: 'asked', request: asked, trace: new CallTrace() };
    const recorded = this.#repeat(exchange);
    if (recorded?.kind === 'asked') return recorded.request;
    this.#note(exchange);
    return asked;
  }

  override resume(reply: Reply): readonly Continuation[] {
    const repeated = this.#repeated;
    if (repeated !== undefined) {
      const recorded = this.#next(repeated);
      if (recorded?.kind === 'resumed') return rebuilt(recorded.continuations, repeated);
      throw this.#diverge(recorded, [{ place: 'a reply', value: reply.value }]);
    }
    const continuations = super.resume(reply);
    this.#note({ kind: 'resumed', continuations }, continuations.length > 0);
    return continuations;
  }

  protected override register(
    requests: readonly Request[],
    callback: Continuation['callback'],
    replyingTo: Request | undefined,
  ): Continuation | undefined {
    const awaited = {
      kind: 'awaited',
      requests,
      replyingTo,
      callback,
      trace: new CallTrace(),
    } as const;
    const recorded = this.#repeat({ ...awaited, continuation: undefined });
    if (recorded?.kind === 'awaited') {
      const { continuation: of } = recorded;
      if (of !== undefined) this.#repeated?.callbacks.push({ of, callback });
      return of;
    }
    const continuation = super.register(requests, callback, replyingTo);
    this.#note({ ...awaited, continuation }, continuation !== undefined);
    return continuation;
  }

  protected override findReply(request: Request): Reply | undefined {
    const exchange: Exchange = { kind: 'read', request, reply: request.reply };
    const recorded = this.#repeat(exchange);
    if (recorded?.kind === 'read') return recorded.reply;
    this.#note(exchange);
    return request.reply;
  }

  /** Only activations that register or run continuations need to be kept. */
  #note(exchange: Exchange, isLasting = false): void {
    if (this.#recorded === undefined) return;
    this.#recorded.exchanges.push(exchange);
    if (isLasting) this.lineages.add(this.#recorded);
  }

  /** The exchange that was recorded where `exchange` happens now; nothing outside re-executions. */
  #repeat(exchange: Exchange): Exchange | undefined {
    const repeated = this.#repeated;
    if (repeated === undefined) return undefined;
    const recorded = this.#next(repeated);
    const pieces = piecesOf(exchange);
    this.#compare(recorded === undefined ? [] : piecesOf(recorded), pieces);
    if (repeated.difference !== undefined || recorded === undefined) throw DIVERGED;
    return recorded;
  }

  #next(repeated: ReExecution): Exchange | undefined {
    // The author may catch what is thrown here, but goes no further.
    if (repeated.difference !== undefined) throw DIVERGED;
    const recorded = repeated.activation.exchanges[repeated.next];
    repeated.next += 1;
    return recorded;
  }

  #diverge(recorded: Exchange | undefined, now: readonly Piece[]): Error {
    this.#compare(recorded === undefined ? [] : piecesOf(recorded), now);
    return DIVERGED;
  }

  #compare(before: readonly Piece[], now: readonly Piece[]): void {
    if (this.#repeated === undefined) return;
    this.#repeated.difference ??= firstDifference(before, now, false);
  }
}

/** The portal client of `task`: a recording one where its continuations may have to be rebuilt. */
export function portalClientOf(
  task: TaskSpec,
  workflow: Path,
  continuations: Continuations,
  host: ExecutionHost,
): PortalClient {
  const records = host.recordsActivations && task.asks.length > 0;
  const Client = records ? RecordingPortalClient : PortalClient;
  return new Client(task, workflow, continuations, host);
}

/** The continuations, with the callbacks that the same re-execution has already made for them. */
function rebuilt(
  continuations: readonly Continuation[],
  { callbacks }: ReExecution,
): readonly Continuation[] {
  return continuations.map((continuation) => {
    const made = callbacks.find(({ of }) => of === continuation);
    return made === undefined ? continuation : { ...continuation, callback: made.callback };
  });
}

/** What an exchange is compared by. Ids are those of the record, as requests are given from it. */
function piecesOf(exchange: Exchange): Piece[] {
  switch (exchange.kind) {
    case 'asked': {
      const { portal, value, key, askerKey } = exchange.request;
      return [
        { place: `the request to ${portal}`, value },
        { place: `the keys of the request to ${portal}`, value: [key, askerKey] },
        { place: 'the call of ctx.ask', value: exchange.trace.text },
      ];
    }
    case 'read':
      return [{ place: `the request whose reply is read`, value: exchange.request.id }];
    case 'awaited': {
      const { requests, replyingTo, callback, trace } = exchange;
      return [
        { place: 'the awaited requests', value: requests.map(({ id }) => id) },
        { place: 'the request being replied to', value: replyingTo?.id },
        { place: 'the call of ctx.await', value: trace.text },
        { place: 'the continuation', value: sourceTextOf(callback) },
      ];
    }
    case 'resumed':
      return [{ place: 'continuations', value: exchange.continuations.map(({ id }) => id) }];
  }
}
