import type { TaskSpec } from '../application/application.ts';
import type { PortalReference } from '../application/references.ts';
import { captureCallSite } from '../contracts/call-site.ts';
import { PortalsError } from '../contracts/errors.ts';
import type { Path } from '../contracts/paths.ts';
import { isolate } from '../values/isolate.ts';
import { type Continuations, NOT_PENDING } from './continuations.ts';
import type { ExecutionHost } from './execution-host.ts';
import type { Continuation, Reply, Request } from './messages.ts';

/** What one task asks of portals and replies to them, and the continuations it has registered. */
export class PortalClient {
  readonly #spec: TaskSpec;
  readonly #workflow: Path;
  readonly #suspensions: Continuations;
  readonly #world: ExecutionHost;
  readonly #portals: ReadonlySet<Path>;
  /** The portal asked last: most tasks ask one only. */
  #latest: PortalReference | undefined;

  constructor(spec: TaskSpec, workflow: Path, suspensions: Continuations, world: ExecutionHost) {
    this.#spec = spec;
    this.#workflow = workflow;
    this.#suspensions = suspensions;
    this.#world = world;
    this.#portals = new Set(spec.asks.map((portal) => portal.path));
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
    const value = isolate(request);
    const ask: Request = {
      id: this.#world.nextId(),
      portal: portal.path,
      workflow: this.#workflow,
      task: this.#spec.path,
      askerKey,
      key: this.#world.keyOfRequest(portal.path, value, askerKey),
      value,
      reply: undefined,
      waiting: undefined,
    };
    this.#world.effects.addRequest(ask);
    return ask;
  }

  /**
   * Keeps `callback` until all of `asks` are answered; `answering` is the request that it answers.
   * Returns whether there is anything to wait for.
   */
  await(
    asks: readonly Request[],
    callback: Continuation['callback'],
    answering?: Request,
  ): boolean {
    for (const ask of asks) this.#expectOwn(ask);
    const distinct = asks.length === 1 ? asks : [...new Set(asks)];
    return this.register(distinct, callback, answering) !== undefined;
  }

  /** The continuation of `asks`, unless all of them are answered. */
  protected register(
    asks: readonly Request[],
    callback: Continuation['callback'],
    answering: Request | undefined,
  ): Continuation | undefined {
    const suspension: Continuation = {
      id: this.#world.nextId(),
      task: this.#spec.path,
      key: asks[0]?.askerKey,
      requests: asks,
      callback,
      replyingTo: answering,
      step: this.#world.stepIndex,
      site: this.#world.instrumented ? captureCallSite() : undefined,
      index: NOT_PENDING,
    };
    if (asks.every(isAnswered)) return undefined;
    this.#suspensions.register(suspension);
    return suspension;
  }

  /** The continuations that `reply` completes. */
  resume(reply: Reply): readonly Continuation[] {
    return this.#suspensions.resume(reply);
  }

  /** Replies to `answering`, the request being handled, when the atom commits. */
  reply(answering: Request | undefined, value: unknown): void {
    if (answering === undefined) {
      throw new PortalsError(
        'PORTALS_NOT_ANSWERING',
        `the task ${this.#spec.path} replies while it handles no request; ` +
          'call ctx.reply in the request handler of a replier, or in a continuation of it',
        { path: this.#spec.path },
      );
    }
    this.#world.effects.addReply({ request: answering, value: isolate(value) });
  }

  /** The reply to `ask`. */
  replyValue(ask: Request): unknown {
    const answer = this.findReply(ask);
    if (answer !== undefined) return isolate(answer.value);
    throw new PortalsError(
      'PORTALS_NO_VALUE_YET',
      `the task ${this.#spec.path} reads the reply of ${ask.portal} before it has come; ` +
        "call future.value(ctx) inside ctx.await(future, ctx => …), with the continuation's ctx",
      { path: this.#spec.path },
    );
  }

  protected findReply(ask: Request): Reply | undefined {
    return ask.reply;
  }

  /** The reply to an ask goes to the task that asked. */
  #expectOwn(ask: Request): void {
    if (ask.task === this.#spec.path) return;
    throw new PortalsError(
      'PORTALS_WRONG_KIND',
      `the task ${this.#spec.path} awaits a future of the task ${ask.task}, where the reply ` +
        'goes; await it there, and emit what the reply brings',
      { path: this.#spec.path },
    );
  }
}

function isAnswered({ reply: answer }: Request): boolean {
  return answer !== undefined;
}
