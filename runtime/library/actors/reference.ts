import type * as api from '../../contracts/authors-api.ts';
import { PortalsError } from '../../contracts/errors.ts';
import type { Path } from '../../contracts/paths.ts';
import { SHARED } from '../../values/isolate.ts';

/** Only for the compiler: the property by which the authors' types know an actor's messages. */
declare const MESSAGE: Exclude<keyof api.ActorReference<never>, string>;

/**
 * The name of an actor: data that can be sent, kept in state and compared by `key`. A fresh one
 * has the next key of its workflow, `$1`, `$2`, …; one that the author makes has the author's key.
 */
export class ActorReference<Message = unknown> implements api.ActorReference<Message> {
  declare readonly [MESSAGE]: (message: Message) => void;
  get [SHARED](): true {
    return true;
  }
  /** What the actor's messages are keyed by; its state lives under this key. */
  readonly key: api.Key;
  /** The workflow of a fresh reference, which means nothing in another one. */
  readonly #workflow: Path | undefined;

  constructor(key: api.Key, workflow?: Path) {
    this.key = key;
    this.#workflow = workflow;
    Object.freeze(this);
  }

  static workflowOf(actor: ActorReference): Path | undefined {
    return actor.#workflow;
  }

  toString(): string {
    return String(this.key);
  }
}

/** The actor that goes by `key`, in whichever actor workflow the reference is used. */
export function reference<Message>(key: unknown): ActorReference<Message> {
  if (typeof key === 'string' || typeof key === 'number' || typeof key === 'bigint') {
    return new ActorReference<Message>(key);
  }
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    'Actors.ref expects a key: a text, a number or a bigint',
  );
}

/**
 * Checks that `value` is a reference that means something in `workflow`.
 *
 * @throws PortalsError PORTALS_WRONG_KIND
 */
export function expectActor(value: unknown, method: string, workflow?: Path): ActorReference {
  if (!(value instanceof ActorReference)) {
    throw new PortalsError(
      'PORTALS_WRONG_KIND',
      `${method} expects an actor; pass ctx.self, what ctx.create returned, or Actors.ref(key)`,
    );
  }
  const own = ActorReference.workflowOf(value);
  if (workflow === undefined || own === undefined || own === workflow) return value;
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    `${method} got the actor ${value} of ${own}, which ${workflow} does not know; ` +
      'emit Actors.message(ref, message) on a stream connected to that workflow instead',
    { path: workflow },
  );
}
