import { expectFunction } from '../../application/references.ts';
import { PortalsError } from '../../contracts/errors.ts';
import { SHARED } from '../../values/isolate.ts';
import type { ActorContext } from './context.ts';

/** The author's handler of one message; what it returns is the behaviour for the next. */
export type MessageHandler = (ctx: ActorContext) => (message: unknown) => unknown;
/** Makes the behaviour of an actor, once, when it is created or turns to it. */
export type BehaviourFactory = (ctx: ActorContext) => unknown;

/** What an actor does with its next message. Immutable; kept in the actor's state. */
export class ActorBehaviour {
  get [SHARED](): true {
    return true;
  }
  readonly kind: 'receive' | 'init' | 'same' | 'stopped';
  /** Of `receive`. */
  declare readonly handler?: MessageHandler;
  /** Of `init`. */
  declare readonly factory?: BehaviourFactory;

  constructor(
    kind: ActorBehaviour['kind'],
    does: { readonly handler?: MessageHandler; readonly factory?: BehaviourFactory } = {},
  ) {
    this.kind = kind;
    Object.freeze(Object.assign(this, does));
  }
}

/** Handles each message by `handler`. */
export function receive(handler: MessageHandler): ActorBehaviour {
  expectFunction(handler, 'Actors.receive', 'ctx => message => behaviour');
  return new ActorBehaviour('receive', { handler });
}

/** Makes the behaviour when the actor begins it. */
export function init(factory: BehaviourFactory): ActorBehaviour {
  expectFunction(factory, 'Actors.init', 'ctx => behaviour');
  return new ActorBehaviour('init', { factory });
}

/** Keeps the behaviour; a handler that returns nothing means the same. */
export const same = new ActorBehaviour('same');

/** Ends the actor: its state is deleted, and what is sent to it from now on is dropped. */
export const stopped = new ActorBehaviour('stopped');

/**
 * Checks that `value`, got from `source`, is a behaviour.
 *
 * @throws PortalsError PORTALS_WRONG_KIND, PORTALS_HANDLER_ASYNC
 */
export function expectBehaviour(value: unknown, source: string): ActorBehaviour {
  if (value instanceof ActorBehaviour) return value;
  if (typeof (value as { then?: unknown } | null | undefined)?.then === 'function') {
    throw new PortalsError(
      'PORTALS_HANDLER_ASYNC',
      `${source} returned a promise, but actors are synchronous; ` +
        'send a message and go on when the answer is received instead of using async',
    );
  }
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    `${source} is to give a behaviour: Actors.receive(ctx => message => …), Actors.init(…), ` +
      'Actors.same or Actors.stopped',
  );
}
