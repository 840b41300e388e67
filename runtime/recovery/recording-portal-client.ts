import type { TaskSpec } from '../application/application.ts';
import type { PortalReference } from '../application/references.ts';
import type { Path } from '../contracts/paths.ts';
import type { Continuations } from '../tasks/continuations.ts';
import type { ExecutionHost } from '../tasks/execution-host.ts';
import type { Continuation, Reply, Request } from '../tasks/messages.ts';
import { PortalClient } from '../tasks/portal-client.ts';
import type { StateStore } from '../tasks/state-store.ts';
import type { TaskInput } from '../tasks/task-input.ts';
import { Activation, type Exchange } from './activation.ts';
import { Lineages } from './lineages.ts';

/**
 * A correspondence that remembers the task's activations, so that continuations which an aborted
 * attempt has run can be made anew: what they captured is beyond reach and may have been changed.
 * Their handlers are then run once more, in a rehearsal ({@link reExecute}), where all that came
 * from outside comes from memory.
 */
export class RecordingPortalClient extends PortalClient {
  readonly lineages: Lineages;
  readonly #world: ExecutionHost;
  #recorded: Activation | undefined;
  #rehearsed: Iterator<Exchange> | undefined;
  #activations = 0;

  constructor(spec: TaskSpec, workflow: Path, suspensions: Continuations, world: ExecutionHost) {
    super(spec, workflow, suspensions, world);
    this.lineages = new Lineages(world.epoch);
    this.#world = world;
  }

  override get stateObserver(): this {
    return this;
  }

  /** Records what happens from here on, unless it repeats an activation. */
  override begin(input: TaskInput): void {
    if (this.#rehearsed !== undefined) return;
    this.#activations += 1;
    this.#recorded = new Activation(this.#activations, input, this.#world.environment?.save());
  }

  /** Until `finish`, what happens repeats `activation`. */
  reExecute({ exchanges }: Activation): void {
    this.#rehearsed = exchanges.values();
  }

  override finish(): void {
    this.#recorded = undefined;
    this.#rehearsed = undefined;
  }

  /** A handler is about to read or change the state under `key`. */
  onAccess(store: StateStore, key: unknown): void {
    this.#recorded?.onAccess(store, key);
  }

  override ask(portal: PortalReference, request: unknown, askerKey: unknown): Request {
    const ask = super.ask(portal, request, askerKey);
    if (this.#rehearsed !== undefined) return this.#next('asked').ask;
    this.#note({ kind: 'asked', ask });
    return ask;
  }

  override resume(reply: Reply): readonly Continuation[] {
    if (this.#rehearsed !== undefined) return this.#next('resumed').suspensions;
    const suspensions = super.resume(reply);
    this.#note({ kind: 'resumed', suspensions }, suspensions.length > 0);
    return suspensions;
  }

  protected override register(
    asks: readonly Request[],
    callback: Continuation['callback'],
    answering: Request | undefined,
  ): Continuation | undefined {
    if (this.#rehearsed !== undefined) {
      const { suspension } = this.#next('suspended');
      if (suspension !== undefined) suspension.callback = callback;
      return suspension;
    }
    const suspension = super.register(asks, callback, answering);
    this.#note({ kind: 'suspended', suspension }, suspension !== undefined);
    return suspension;
  }

  protected override findReply(ask: Request): Reply | undefined {
    if (this.#rehearsed !== undefined) return this.#next('read').reply;
    this.#note({ kind: 'read', reply: ask.reply });
    return ask.reply;
  }

  /** Only activations that register or run continuations are worth keeping. */
  #note(exchange: Exchange, lasting = false): void {
    if (this.#recorded === undefined) return;
    this.#recorded.exchanges.push(exchange);
    if (lasting) this.lineages.add(this.#recorded);
  }

  #next<Kind extends Exchange['kind']>(kind: Kind): Extract<Exchange, { kind: Kind }> {
    const next = this.#rehearsed?.next().value as Exchange | undefined;
    if (next?.kind === kind) return next as Extract<Exchange, { kind: Kind }>;
    throw new Error(`internal: a rehearsal goes another way than what it repeats (${kind})`);
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
