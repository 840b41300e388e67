import { executionOf, type TaskContext } from '../../tasks/context.ts';
import { SHARED } from '../../values/isolate.ts';
import { type ActorBehaviour, expectBehaviour } from './behaviour.ts';
import { Creation, Emission, Message } from './messages.ts';
import { ActorReference, expectActor } from './reference.ts';

/** The name under which a workflow counts the fresh references it has given out. */
const FRESH_STATE = '$references';

/**
 * What an actor gets as `ctx`. There is one for all actors of a workflow: it acts for whichever
 * actor is handling a message, so that behaviours may keep the one they were made with.
 */
export class ActorContext {
  get [SHARED](): true {
    return true;
  }
  readonly #ctx: TaskContext;
  #self: ActorReference | undefined;

  /** Writes a line to the application's log, under the path of the actors' task. */
  readonly log: { info(value: unknown): void };

  constructor(ctx: TaskContext) {
    this.#ctx = ctx;
    this.log = ctx.log;
  }

  static taskContextOf(ctx: ActorContext): TaskContext {
    return ctx.#ctx;
  }

  static actFor(ctx: ActorContext, actor: ActorReference): void {
    ctx.#self = actor;
  }

  /** The actor that is handling a message. */
  get self(): ActorReference {
    return this.#self ?? new ActorReference(this.#ctx.key);
  }

  /** Sends `message` to `actor`, who need not have been created yet. */
  send(actor: unknown, message: unknown): void {
    const { workflow } = executionOf(this.#ctx);
    this.#ctx.emit(new Message(expectActor(actor, 'ctx.send', workflow), message));
  }

  /** Creates an actor, known by a fresh reference or by the one given. */
  create(behaviour: ActorBehaviour, actor?: unknown): ActorReference {
    const first = expectBehaviour(behaviour, 'the first argument of ctx.create');
    const { workflow } = executionOf(this.#ctx);
    const to = actor === undefined ? this.#fresh() : expectActor(actor, 'ctx.create', workflow);
    this.#ctx.emit(new Creation(to, first));
    return to;
  }

  /** Emits `value` on the stream of the actor workflow, under the actor's key. */
  emit(value: unknown): void {
    this.#ctx.emit(new Emission(value));
  }

  #fresh(): ActorReference {
    const task = executionOf(this.#ctx);
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

const contexts = new WeakMap<TaskContext, ActorContext>();

/** The context of the actors that run in the task of `ctx`, acting for `actor`. */
export function actorContext(ctx: TaskContext, actor: ActorReference): ActorContext {
  let known = contexts.get(ctx);
  if (known === undefined) {
    known = new ActorContext(ctx);
    contexts.set(ctx, known);
  }
  ActorContext.actFor(known, actor);
  return known;
}
