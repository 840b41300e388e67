import type { HandlerContext } from '../../application/handlers.ts';
import { Operator } from '../../application/operator.ts';
import { PortalsError } from '../../contracts/errors.ts';
import { taskOf } from '../../tasks/context.ts';
import { ActorBehaviour, expectBehaviour } from './behaviour.ts';
import { type ActorContext, actorContext } from './context.ts';
import { Creation, Emission, Message } from './messages.ts';
import { expectActor } from './reference.ts';

/** The names under which an actor's own state is kept, visible in the debugger. */
const BEHAVIOUR_STATE = '$behaviour';
const STASH_STATE = '$stash';

/** An `init` may give another `init`, but not without end. */
const INITS_MAX = 1000;

/**
 * The task in which all actors of a workflow run, each under its key. Creations and messages are
 * its events; a message that comes before its actor is stashed, one that comes after it is dropped.
 */
export const actorTask = new Operator('actor', {
  kind: 'handlers',
  output: 'ignored',
  onNext: (ctx) => (event) => {
    if (event instanceof Emission) return;
    if (!(event instanceof Message || event instanceof Creation)) throw notForActors(ctx);
    expectActor(event.to, 'a message', taskOf(ctx).workflow);
    if (event instanceof Message) deliver(ctx, event);
    else create(ctx, event);
  },
});

function create(ctx: HandlerContext, { to, behaviour }: Creation): void {
  const kind = current(ctx)?.kind;
  if (kind !== undefined && kind !== 'stopped') {
    const { workflow } = taskOf(ctx);
    throw new PortalsError(
      'PORTALS_ACTOR_EXISTS',
      `the actor ${to} of ${workflow} exists already; create each actor once, or leave out the ` +
        'second argument of ctx.create to get a fresh one',
      { path: workflow },
    );
  }
  const actor = actorContext(ctx, to);
  become(ctx, actor, behaviour, `the behaviour of ${to}`);
  const stash = taskOf(ctx).keyState(STASH_STATE, []);
  const messages = stash.get() as unknown[];
  stash.del();
  for (const message of messages) handle(ctx, actor, message);
}

function deliver(ctx: HandlerContext, { to, message }: Message): void {
  if (current(ctx) !== undefined) {
    handle(ctx, actorContext(ctx, to), message);
    return;
  }
  const stash = taskOf(ctx).keyState(STASH_STATE, []);
  stash.set([...(stash.get() as unknown[]), message]);
}

function handle(ctx: HandlerContext, actor: ActorContext, message: unknown): void {
  // A stopped actor has no handler: what is still sent to it is dropped.
  const handler = current(ctx)?.handler;
  if (handler === undefined) return;
  const next = handler(actor)(message);
  if (next !== undefined) become(ctx, actor, next, `the handler of ${actor.self}`);
}

/** Makes `next` the actor's behaviour. */
function become(ctx: HandlerContext, actor: ActorContext, next: unknown, source: string): void {
  let behaviour = expectBehaviour(next, source);
  for (let inits = 0; behaviour.factory !== undefined; inits++) {
    if (inits === INITS_MAX) {
      throw new PortalsError(
        'PORTALS_WRONG_KIND',
        `${source} gives Actors.init again and again; let a factory return Actors.receive(…)`,
      );
    }
    behaviour = expectBehaviour(behaviour.factory(actor), source);
  }
  if (behaviour.kind === 'same') {
    if (current(ctx)?.handler !== undefined) return;
    throw new PortalsError(
      'PORTALS_WRONG_KIND',
      `${source} is Actors.same, but the actor has no behaviour yet; begin with Actors.receive(…)`,
    );
  }
  if (behaviour.kind === 'stopped') taskOf(ctx).deleteKey();
  taskOf(ctx).keyState(BEHAVIOUR_STATE).set(behaviour);
}

function current(ctx: HandlerContext): ActorBehaviour | undefined {
  const behaviour = taskOf(ctx).keyState(BEHAVIOUR_STATE).get();
  return behaviour instanceof ActorBehaviour ? behaviour : undefined;
}

function notForActors(ctx: HandlerContext): PortalsError {
  const { workflow } = taskOf(ctx);
  return new PortalsError(
    'PORTALS_WRONG_KIND',
    `${workflow} got an event that is no message to an actor; ` +
      'map the events of streams connected to it to Actors.message(ref, message)',
    { path: workflow },
  );
}
