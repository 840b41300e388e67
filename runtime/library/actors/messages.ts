import type { ActorBehaviour } from './behaviour.ts';
import { type ActorReference, expectActor } from './reference.ts';

/** Events of the stream that an actor workflow consumes, most of which it has produced itself. */

/** Delivers `message` to the actor `to`. */
export class Message {
  readonly to: ActorReference;
  readonly message: unknown;

  constructor(to: ActorReference, message: unknown) {
    this.to = to;
    this.message = message;
  }
}

/** Creates the actor `to`. */
export class Creation {
  readonly to: ActorReference;
  readonly behaviour: ActorBehaviour;

  constructor(to: ActorReference, behaviour: ActorBehaviour) {
    this.to = to;
    this.behaviour = behaviour;
  }
}

/** What an actor emits for the outside. It comes round with the rest and is not looked at again. */
export class Emission {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** The event that brings `message` to `actor`, for a stream connected to an actor workflow. */
export function message(actor: unknown, content: unknown): Message {
  return new Message(expectActor(actor, 'Actors.message'), content);
}
