import { PortalsError } from '../contracts/errors.ts';
import { Batch, batchFrom } from '../values/batch.ts';

/** Produces a generator's atoms one after the other; `undefined` at the end. */
export interface AtomSource {
  next(): Batch | undefined;
}

/** An iterator that never ends is cut into atoms of so many events, since an atom is finite. */
const ITERATOR_ATOM_EVENTS_MAX = 65_536;

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
  /** Says that there are fewer than events: one without a key would get another silently. */
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
        const item = values.next();
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
      const atom = atoms.next();
      if (atom.done) return undefined;
      const values = [...iterable(atom.value, 'the iterator of iterators')];
      if (keys === undefined) return batchFrom(values, undefined);
      const own = keys.of.next();
      if (own.done === true) throw keys.missing();
      const of = iterable(own.value, 'the keys')[Symbol.iterator]();
      return batchFrom(values, take({ ...keys, of }, values.length));
    },
  };
}

function take(keys: Keys | undefined, count: number): unknown[] | undefined {
  if (keys === undefined) return undefined;
  return Array.from({ length: count }, () => {
    const key = keys.of.next();
    if (key.done === true) throw keys.missing();
    return key.value;
  });
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
