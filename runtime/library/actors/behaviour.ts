import { expectHandler, type KeyOf } from '../../application/references.ts';
import type * as api from '../../contracts/authors-api.ts';
import { PortalsError } from '../../contracts/errors.ts';
import { SHARED } from '../../values/isolate.ts';

/** The author's handler of one message; what it returns is the behaviour for the next. */
export type MessageHandler = (ctx: api.ActorContext) => (message: unknown) => unknown;
/** Makes the behaviour of an actor, once, when it is created or turns to it. */
export type BehaviourFactory = (ctx: api.ActorContext) => unknown;

/** Only for the compiler: the property by which the authors' types know an actor's messages. */
declare const MESSAGE: KeyOf<api.ActorBehaviour<never>, (message: never) => void>;

/** What an actor does with its next message. Immutable; kept in the actor's state. */
export class ActorBehaviour<Message = unknown> implements api.ActorBehaviour<Message> {
  declare readonly [MESSAGE]: (message: Message) => void;
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
export function receive<Message>(handler: unknown): ActorBehaviour<Message> {
  const form = 'ctx => message => behaviour';
  const checked: MessageHandler = expectHandler(handler, 'Actors.receive', form);
  return new ActorBehaviour<Message>('receive', { handler: checked });
}

/** Makes the behaviour when the actor begins it. */
export function init<Message>(factory: unknown): ActorBehaviour<Message> {
  const checked: BehaviourFactory = expectHandler(factory, 'Actors.init', 'ctx => behaviour');
  return new ActorBehaviour<Message>('init', { factory: checked });
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
        'send a message, and continue when its answer is received, instead of using async',
    );
  }
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    `${source} must return a behaviour: Actors.receive(ctx => message => …), Actors.init(…), ` +
      'Actors.same or Actors.stopped',
  );
}
