import type { AtomSource } from '../application/atom-source.ts';
import { PortalsError } from '../contracts/errors.ts';
import { Batch, batchFrom } from '../values/batch.ts';

/** An iterator without end is cut into atoms of so many events, since an atom is finite. */
const ITERATOR_ATOM_EVENTS_MAX = 65_536;

/** An inner iterator is one atom, which cannot be cut: a longer one is taken for endless. */
const INNER_EVENTS_MAX = 16_777_216;

/** The numbers from `start` to `end` (exclusive) in atoms of `size`. */
export function rangeSource(start: number, end: number, size: number): AtomSource {
  let next = start;
  return {
    next() {
      if (next >= end) return undefined;
      const count = Math.min(size, Math.ceil(end - next));
      const values: number[] = new Array(count);
      for (let index = 0; index < count; index++) values[index] = next + index;
      next += count;
      return new Batch(values);
    },
  };
}

/** The keys of a generator's events. */
export interface Keys {
  readonly of: Iterator<unknown>;
  /** The error of keys that end before the values: an event would silently get another key. */
  missing(): PortalsError;
}

/** All values in one atom, or in atoms of `eventsMax` events if there are more. */
export function iteratorSource(
  values: Iterator<unknown>,
  keys?: Keys,
  eventsMax = ITERATOR_ATOM_EVENTS_MAX,
): AtomSource {
  let ended = false;
  return {
    next() {
      if (ended) return undefined;
      const atom: unknown[] = [];
      while (atom.length < eventsMax) {
        const item = nextOf(values);
        ended = item.done === true;
        if (ended) break;
        atom.push(item.value);
      }
      return ended && atom.length === 0 ? undefined : batchFrom(atom, take(keys, atom.length));
    },
  };
}

/** One atom for each inner iterator. */
export function nestedSource(
  atoms: Iterator<Iterable<unknown> | Iterator<unknown>>,
  keys?: Keys,
): AtomSource {
  return {
    next() {
      const atom = nextOf(atoms);
      if (atom.done) return undefined;
      const values = allOf(atom.value, 'the iterator of iterators');
      if (keys === undefined) return batchFrom(values, undefined);
      const own = nextOf(keys.of);
      if (own.done === true) throw keys.missing();
      const of = iterable(own.value, 'the keys')[Symbol.iterator]();
      return batchFrom(values, take({ ...keys, of }, values.length));
    },
  };
}

/** All values of one inner iterator. */
function allOf(value: unknown, what: string): unknown[] {
  const iterator = iterable(value, what)[Symbol.iterator]();
  const values: unknown[] = [];
  for (let item = nextOf(iterator); item.done !== true; item = nextOf(iterator)) {
    if (values.length === INNER_EVENTS_MAX) {
      throw new PortalsError(
        'PORTALS_WRONG_KIND',
        `${what} gives an iterator of more than ${INNER_EVENTS_MAX} values, which are one atom; ` +
          'end it, or pass its values to fromIterator, which cuts them into atoms',
      );
    }
    values.push(item.value);
  }
  return values;
}

function take(keys: Keys | undefined, count: number): unknown[] | undefined {
  if (keys === undefined) return undefined;
  return Array.from({ length: count }, () => {
    const key = nextOf(keys.of);
    if (key.done === true) throw keys.missing();
    return key.value;
  });
}

/**
 * The iterator's next result, if it is one: an object with `done` or `value`. Anything else would
 * read as one more `undefined`, for ever.
 */
function nextOf<Item>(iterator: Iterator<Item>): IteratorResult<Item, unknown> {
  const result: unknown = iterator.next();
  if (typeof result === 'object' && result !== null && ('done' in result || 'value' in result)) {
    return result as IteratorResult<Item, unknown>;
  }
  const isPromise = typeof (result as { then?: unknown } | null | undefined)?.then === 'function';
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    isPromise
      ? "an iterator's next() returned a promise; generators are synchronous: pass an iterator " +
          'whose next() returns { value, done }'
      : "an iterator's next() returned neither `done` nor `value`; let it return { value, done }",
  );
}

/** Accepts an array, another iterable, or a bare iterator. */
export function iterable(value: unknown, what: string): Iterable<unknown> {
  const candidate = value as Partial<Iterable<unknown> & Iterator<unknown>> | null | undefined;
  if (typeof candidate?.[Symbol.iterator] === 'function') return candidate as Iterable<unknown>;
  if (typeof candidate?.next === 'function') {
    return { [Symbol.iterator]: () => candidate as Iterator<unknown> };
  }
  throw new PortalsError('PORTALS_WRONG_KIND', `${what} must be an array or an iterator`);
}
