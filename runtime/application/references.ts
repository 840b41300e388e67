import type * as api from '../contracts/authors-api.ts';
import { PortalsError } from '../contracts/errors.ts';
import type { Path } from '../contracts/paths.ts';
import { SHARED } from '../values/isolate.ts';

/** Only for the compiler: the properties by which the authors' types know what flows. */
declare const EVENT: Exclude<keyof api.AtomicStream<unknown>, string>;
declare const ACCEPTED: Exclude<keyof api.Sequencer<unknown>, string>;
declare const REQUEST: KeyOf<api.Portal<never, number>, (request: never) => void>;
declare const REPLY: KeyOf<api.Portal<never, number>, number>;

/** The key of the property of `Type` that has a `Value`. */
export type KeyOf<Type, Value> = keyof {
  [Key in keyof Type as Type[Key] extends Value ? Key : never]: Key;
};

/**
 * References are what builders return and accept: immutable names of elements, resolved when the
 * application is launched. A reference may be held in state and sent through streams.
 */
abstract class Reference {
  get [SHARED](): true {
    return true;
  }
  readonly path: Path;

  constructor(path: Path) {
    this.path = path;
  }
}

/** An atomic stream. */
export class StreamReference<Event = unknown> extends Reference implements api.AtomicStream<Event> {
  declare readonly [EVENT]: Event;
  readonly kind = 'stream';
}

/** A processing unit that produces one stream: a generator, workflow or sequencer. */
export class ProducerReference<
  Kind extends 'generator' | 'workflow' | 'sequencer',
  Event = unknown,
> extends Reference {
  declare readonly [ACCEPTED]: (event: Event) => void;
  readonly kind: Kind;
  readonly stream: StreamReference<Event>;

  constructor(kind: Kind, path: Path, stream: StreamReference<Event>) {
    super(path);
    this.kind = kind;
    this.stream = stream;
    Object.freeze(this);
  }
}

export type SequencerReference<Event = unknown> = ProducerReference<'sequencer', Event>;

export class SplitterReference<Event = unknown> extends Reference implements api.Splitter<Event> {
  declare readonly [EVENT]: Event;
  readonly kind = 'splitter';
}

export class PortalReference<Request = never, Reply = unknown>
  extends Reference
  implements api.Portal<Request, Reply>
{
  declare readonly [REQUEST]: (request: Request) => void;
  declare readonly [REPLY]: Reply;
  readonly kind = 'portal';
}

interface Kinds {
  stream: StreamReference;
  sequencer: SequencerReference;
  splitter: SplitterReference;
  portal: PortalReference;
}

const REMEDIES: Record<keyof Kinds, string> = {
  stream:
    'pass the .stream of a generator, workflow or sequencer, a split, or registry.streams.get',
  sequencer: 'pass what builder.sequencers.random() or registry.sequencers.get returned',
  splitter: 'pass what builder.splitters.empty(stream) or registry.splitters.get returned',
  portal: 'pass what builder.portal.portal(name) or registry.portals.get returned',
};

/**
 * Checks that `value` is a reference of `kind`, for the argument of `method`.
 *
 * @throws PortalsError PORTALS_WRONG_KIND
 */
export function expectReference<Kind extends keyof Kinds>(
  kind: Kind,
  value: unknown,
  method: string,
): Kinds[Kind] {
  if (value instanceof Reference && (value as unknown as { kind: string }).kind === kind) {
    return value as Kinds[Kind];
  }
  const found = value instanceof Reference ? `the ${kindOf(value)} ${value.path}` : describe(value);
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    `${method} expects a ${kind} but got ${found}; ${REMEDIES[kind]}`,
  );
}

/** Checks that `value` is a function, for the argument `what` of `method`. */
export function expectFunction(value: unknown, method: string, what: string): void {
  if (typeof value === 'function') return;
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    `${method} expects a function ${what} but got ${describe(value)}`,
  );
}

/**
 * The author's function `value`, as a handler of the form `what`: what is written in JavaScript has
 * no type until it is checked, and the types of its parameters are the author's to keep.
 *
 * @throws PortalsError PORTALS_WRONG_KIND
 */
export function expectHandler<Form>(value: unknown, method: string, what: string): Form {
  expectFunction(value, method, what);
  return value as Form;
}

/** Checks that `value` can be one part of a path, for the name that `method` gives. */
export function expectName(value: unknown, method: string): string {
  if (typeof value === 'string' && value !== '' && !value.includes('/')) return value;
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    `${method} expects a name: a text that is not empty and has no slash`,
  );
}

function kindOf(reference: Reference): string {
  return (reference as unknown as { kind: string }).kind;
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  const type = typeof value;
  return type === 'object' ? 'an object' : type === 'undefined' ? 'nothing' : `a ${type}`;
}
