import type { AtomSource } from '../application/atom-source.ts';
import { ProducerReference, StreamReference } from '../application/references.ts';
import type * as api from '../contracts/authors-api.ts';
import { PortalsError } from '../contracts/errors.ts';
import { streamOf } from '../contracts/paths.ts';
import { iterable, iteratorSource, type Keys, nestedSource, rangeSource } from './atom-sources.ts';
import type { Registration } from './registration.ts';

type Claim = ReturnType<Registration['claim']>;
type GeneratorReference<Event> = ProducerReference<'generator', Event>;

/** `builder.generators`: atomic streams made from data; each ends with a seal. */
export class Generators implements api.Generators {
  readonly #elements: Registration;
  readonly #name: string | undefined;

  constructor(elements: Registration, name: string | undefined) {
    this.#elements = elements;
    this.#name = name;
  }

  /** One atom of all the iterator's values. */
  fromIterator<Event>(values: unknown, keys?: unknown): GeneratorReference<Event> {
    const items = iterable(values, 'fromIterator');
    const own = keys === undefined ? undefined : iterable(keys, 'the keys of fromIterator');
    return this.#add((at) =>
      iteratorSource(items[Symbol.iterator](), keysOf(own, 'fromIterator', at)),
    );
  }

  /** One atom for each inner iterator. */
  fromIteratorOfIterators<Event>(atoms: unknown, keys?: unknown): GeneratorReference<Event> {
    const method = 'fromIteratorOfIterators';
    const items = iterable(atoms, method) as Iterable<Iterable<unknown>>;
    const own = keys === undefined ? undefined : iterable(keys, `the keys of ${method}`);
    return this.#add((at) => nestedSource(items[Symbol.iterator](), keysOf(own, method, at)));
  }

  /** One atom of all the array's values. */
  fromArray<Event>(values: unknown, keys?: unknown): GeneratorReference<Event> {
    const items = [...expectArray(values, 'fromArray')];
    const own = keys === undefined ? undefined : [...expectArray(keys, 'the keys of fromArray')];
    if (own !== undefined) expectKeyForEach(items, own, 'fromArray');
    return this.#add((at) =>
      iteratorSource(items.values(), keysOf(own, 'fromArray', at), Infinity),
    );
  }

  /** One atom for each inner array. */
  fromArrayOfArrays<Event>(atoms: unknown, keys?: unknown): GeneratorReference<Event> {
    const items = expectArray(atoms, 'fromArrayOfArrays').map((atom) => [
      ...expectArray(atom, 'fromArrayOfArrays'),
    ]);
    const own =
      keys === undefined
        ? undefined
        : expectArray(keys, 'the keys of fromArrayOfArrays').map((atom) => [
            ...expectArray(atom, 'the keys of fromArrayOfArrays'),
          ]);
    if (own !== undefined) {
      expectKeyForEach(items, own, 'fromArrayOfArrays');
      for (const [at, atom] of items.entries()) {
        expectKeyForEach(atom, own[at] ?? [], 'fromArrayOfArrays');
      }
    }
    return this.#add((at) => nestedSource(items.values(), keysOf(own, 'fromArrayOfArrays', at)));
  }

  /** The numbers from `start` to `end` (exclusive) in atoms of `step` events. */
  fromRange(start: number, end: number, step = 1): GeneratorReference<number> {
    if (![start, end].every(Number.isFinite) || !(Number.isInteger(step) && step >= 1)) {
      throw new PortalsError(
        'PORTALS_WRONG_KIND',
        'fromRange expects numbers start and end, and a whole atom size of at least 1',
      );
    }
    return this.#add(() => rangeSource(start, end, step));
  }

  /** The iterator's values at a rate: atoms of `events` events, the last one of the rest. */
  throttle<Event>(values: unknown, events: number, keys?: unknown): GeneratorReference<Event> {
    const items = iterable(values, 'throttle');
    const own = keys === undefined ? undefined : iterable(keys, 'the keys of throttle');
    if (!(Number.isInteger(events) && events >= 1)) {
      throw new PortalsError(
        'PORTALS_WRONG_KIND',
        'throttle expects how many events an atom has: a whole number of at least 1',
      );
    }
    return this.#add((at) =>
      iteratorSource(items[Symbol.iterator](), keysOf(own, 'throttle', at), events),
    );
  }

  /** One atom of the one event `value`. */
  signal<Event>(value: unknown): GeneratorReference<Event> {
    return this.#add(() => iteratorSource([value].values()));
  }

  /** No atom at all, only the seal. */
  empty<Event = never>(): GeneratorReference<Event> {
    return this.#add(() => ({ next: () => undefined }));
  }

  #add<Event>(open: (at: Claim) => AtomSource): GeneratorReference<Event> {
    const at = this.#elements.claim('generators', this.#elements.nameOr(this.#name));
    this.#elements.generators.push({ ...at, open: () => open(at) });
    const stream = new StreamReference<Event>(streamOf(at.path));
    return new ProducerReference('generator', at.path, stream);
  }
}

function keysOf(
  keys: Iterable<unknown> | undefined,
  method: string,
  { path, site }: Claim,
): Keys | undefined {
  if (keys === undefined) return undefined;
  const missing = () =>
    new PortalsError(
      'PORTALS_WRONG_KIND',
      `the keys of ${method} end before its values do; give each event its key`,
      { path, ...(site && { site }) },
    );
  return { of: keys[Symbol.iterator](), missing };
}

/** The keys are as many as what they are for: an event without one would get another silently. */
function expectKeyForEach(
  values: readonly unknown[],
  keys: readonly unknown[],
  method: string,
): void {
  if (values.length === keys.length) return;
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    `${method} got ${keys.length} keys for ${values.length} values; give each event its key`,
  );
}

function expectArray(value: unknown, method: string): readonly unknown[] {
  if (Array.isArray(value)) {
    return value;
  }
  throw new PortalsError('PORTALS_WRONG_KIND', `${method} expects an array`);
}
