import type { TaskSpec } from '../application/application.ts';
import type { MarkerHandler } from '../application/handlers.ts';
import type { PortalReference } from '../application/references.ts';
import { captureCallSite } from '../contracts/call-site.ts';
import { PortalsError } from '../contracts/errors.ts';
import type { Path } from '../contracts/paths.ts';
import { isolate } from '../values/isolate.ts';
import { type Continuations, NOT_PENDING } from './continuations.ts';
import type { ExecutionHost } from './execution-host.ts';
import type { Continuation, Reply, Request } from './messages.ts';
import type { AccessObserver } from './state-store.ts';
import type { TaskInput } from './task-input.ts';

/** So many rounds of `onAtomComplete` that cause one another are reported as a livelock. */
const MARKER_ROUNDS_MAX = 10_000;

/** What one task asks of portals and replies to them, and the continuations it has registered. */
export class PortalClient {
  readonly #spec: TaskSpec;
  readonly #workflow: Path;
  readonly #continuations: Continuations;
  readonly #host: ExecutionHost;
  readonly #portals: ReadonlySet<Path>;
  #markerRounds = 0;
  /** The portal asked last: most tasks ask one only. */
  #latest: PortalReference | undefined;

  constructor(spec: TaskSpec, workflow: Path, continuations: Continuations, host: ExecutionHost) {
    this.#spec = spec;
    this.#workflow = workflow;
    this.#continuations = continuations;
    this.#host = host;
    this.#portals = new Set(spec.asks.map((portal) => portal.path));
  }

  /** What observes the task's accesses to its state, if anything does. */
  get stateObserver(): AccessObserver | undefined {
    return undefined;
  }

  /** Begins the task's part of a step, in which it consumes `input`. */
  begin(_input: TaskInput): void {}

  /** Ends the task's part of a step. */
  finish(): void {}

  /** A handler threw, which ends the task's part of the step. */
  fail(): void {}

  /** How many handlers of `onAtomComplete` led to what the task asks from now on. */
  set markerRounds(rounds: number) {
    this.#markerRounds = rounds;
  }

  get markerRounds(): number {
    return this.#markerRounds;
  }

  /** Sends `request` when the atom commits. */
  ask(portal: PortalReference, request: unknown, askerKey: unknown): Request {
    if (portal !== this.#latest && !this.#portals.has(portal.path)) {
      throw new PortalsError(
        'PORTALS_PORTAL_NOT_CONNECTED',
        `the task ${this.#spec.path} asks ${portal.path} without being connected to it; ` +
          'pass the portal to asker(…) or askerreplier(…)',
        { path: this.#spec.path },
      );
    }
    this.#latest = portal;
    if (this.#markerRounds > MARKER_ROUNDS_MAX) throw this.#livelock(portal.path);
    const value = isolate(request);
    const sent: Request = {
      id: this.#host.nextId(),
      portal: portal.path,
      workflow: this.#workflow,
      task: this.#spec.path,
      askerKey,
      key: this.#host.keyOfRequest(portal.path, value, askerKey),
      value,
      markerRounds: this.#markerRounds,
      reply: undefined,
      isReplied: false,
      waiting: undefined,
    };
    this.#host.effects.addRequest(sent);
    return sent;
  }

  /**
   * Keeps `callback` until all of `requests` are answered; `replyingTo` is the request that its
   * `reply` answers.
   * Returns whether there is anything to wait for.
   */
  await(requests: readonly Request[], callback: MarkerHandler, replyingTo?: Request): boolean {
    for (const request of requests) this.#expectOwn(request);
    const distinct = requests.length === 1 ? requests : [...new Set(requests)];
    return this.register(distinct, callback, replyingTo) !== undefined;
  }

  /** The continuation of `requests`, unless all of them are answered. */
  protected register(
    requests: readonly Request[],
    callback: MarkerHandler,
    replyingTo: Request | undefined,
  ): Continuation | undefined {
    const continuation: Continuation = {
      id: this.#host.nextId(),
      task: this.#spec.path,
      key: requests[0]?.askerKey,
      requests,
      callback,
      replyingTo,
      step: this.#host.stepIndex,
      site: this.#host.instrumented ? captureCallSite() : undefined,
      index: NOT_PENDING,
    };
    if (requests.every(isAnswered)) return undefined;
    this.#continuations.register(continuation);
    this.#host.trace?.addContinuation(continuation);
    return continuation;
  }

  /** The continuations that `reply` completes. */
  resume(reply: Reply): readonly Continuation[] {
    return this.#continuations.resume(reply);
  }

  /** Replies to `replyingTo`, the request being handled, when the atom commits. */
  reply(replyingTo: Request | undefined, value: unknown): void {
    if (replyingTo === undefined) {
      throw new PortalsError(
        'PORTALS_NOT_ANSWERING',
        `the task ${this.#spec.path} replies while it handles no request; ` +
          'call ctx.reply in the request handler of a replier, or in a continuation of it',
        { path: this.#spec.path },
      );
    }
    this.#host.effects.addReply({ request: replyingTo, value: isolate(value) });
  }

  /** The reply to `ask`. */
  replyValue(request: Request): unknown {
    const reply = this.findReply(request);
    if (reply !== undefined) return isolate(reply.value);
    throw new PortalsError(
      'PORTALS_NO_VALUE_YET',
      `the task ${this.#spec.path} reads the reply of ${request.portal} before it has come; ` +
        "call future.value(ctx) inside ctx.await(future, ctx => …), with the continuation's ctx",
      { path: this.#spec.path },
    );
  }

  protected findReply(request: Request): Reply | undefined {
    return request.reply;
  }

  #livelock(portal: Path): PortalsError {
    return new PortalsError(
      'PORTALS_LIVELOCK',
      `the run would never end: the task ${this.#spec.path} of ${this.#workflow} asks ${portal} ` +
        'at the end of each atom (onAtomComplete), and the batches of messages that its own ' +
        `requests cause are atoms, too; ${MARKER_ROUNDS_MAX} of them followed one another ` +
        'without an atom of the source. Ask in onNext, or remember in PerTaskState that a ' +
        'request is pending and do not ask again',
      { path: this.#spec.path },
    );
  }

  /** The reply to a request goes to the task that asked. */
  #expectOwn(request: Request): void {
    if (request.task === this.#spec.path) return;
    throw new PortalsError(
      'PORTALS_WRONG_KIND',
      `the task ${this.#spec.path} awaits a future of the task ${request.task}, where the reply ` +
        'goes; await it there, and emit what the reply brings',
      { path: this.#spec.path },
    );
  }
}

function isAnswered({ reply }: Request): boolean {
  return reply !== undefined;
}
