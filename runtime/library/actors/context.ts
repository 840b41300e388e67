import type { HandlerContext } from '../../application/handlers.ts';
import type * as api from '../../contracts/authors-api.ts';
import { taskOf } from '../../tasks/context.ts';
import { SHARED } from '../../values/isolate.ts';
import { expectBehaviour } from './behaviour.ts';
import { Creation, Emission, Message } from './messages.ts';
import { ActorReference, expectActor } from './reference.ts';

/** The name under which a workflow counts the fresh references it has made. */
const FRESH_STATE = '$references';

/**
 * What an actor gets as `ctx`. There is one for all actors of a workflow: it acts for the
 * actor that is handling a message, so that behaviours may keep the context they were made with.
 */
export class ActorContext implements api.ActorContext<unknown> {
  get [SHARED](): true {
    return true;
  }
  readonly #ctx: HandlerContext;
  #self: ActorReference | undefined;

  /** Writes a line to the application's log, under the path of the actors' task. */
  readonly log: { info(...values: unknown[]): void };

  constructor(ctx: HandlerContext) {
    this.#ctx = ctx;
    this.log = ctx.log;
  }

  static taskContextOf(ctx: ActorContext): HandlerContext {
    return ctx.#ctx;
  }

  static actFor(ctx: ActorContext, actor: ActorReference): void {
    ctx.#self = actor;
  }

  /** The actor that is handling a message. */
  get self(): ActorReference {
    return this.#self ?? new ActorReference(this.#ctx.key as api.Key);
  }

  /** Sends `message` to `actor`, which need not exist yet. */
  send(actor: unknown, message: unknown): void {
    const { workflow } = taskOf(this.#ctx);
    this.#ctx.emit(new Message(expectActor(actor, 'ctx.send', workflow), message));
  }

  /** Creates an actor, with a fresh reference or the one given. */
  create<Message>(behaviour: unknown, actor?: unknown): ActorReference<Message> {
    const first = expectBehaviour(behaviour, 'the first argument of ctx.create');
    const { workflow } = taskOf(this.#ctx);
    const to = actor === undefined ? this.#fresh() : expectActor(actor, 'ctx.create', workflow);
    this.#ctx.emit(new Creation(to, first));
    return to as ActorReference<Message>;
  }

  /** Emits `value` on the stream of the actor workflow, under the actor's key. */
  emit(value: unknown): void {
    this.#ctx.emit(new Emission(value));
  }

  #fresh(): ActorReference {
    const task = taskOf(this.#ctx);
    const given = task.taskState(FRESH_STATE, 0);
    const number = (given.get() as number) + 1;
    given.set(number);
    return new ActorReference(`$${number}`, task.workflow);
  }
}

/** The context of the task behind an actor's context; any other value as it is. */
export function taskContextOf(ctx: unknown): unknown {
  return ctx instanceof ActorContext ? ActorContext.taskContextOf(ctx) : ctx;
}

const contexts = new WeakMap<HandlerContext, ActorContext>();

/** The context of the actors that run in the task of `ctx`, acting for `actor`. */
export function actorContext(ctx: HandlerContext, actor: ActorReference): ActorContext {
  let found = contexts.get(ctx);
  if (found === undefined) {
    found = new ActorContext(ctx);
    contexts.set(ctx, found);
  }
  ActorContext.actFor(found, actor);
  return found;
}
