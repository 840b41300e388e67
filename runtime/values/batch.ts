import { isolate } from './isolate.ts';
import { impliedKey, keyFrom } from './key.ts';

/**
 * A sequence of events in columns: `values[i]` is under the key of `marks[i]`. While no event has
 * been given a key, `keyed` is false and a mark is the value the event had when it was generated,
 * whose hash is its key: most events never need it, so it is computed only when read.
 */
export class Batch {
  readonly values: unknown[];
  readonly keySources: unknown[];
  keyed: boolean;
  /** Whether any value is an object, and so must be copied for each consumer. */
  hasObjects: boolean;

  constructor(values: unknown[] = [], marks: unknown[] = values, keyed = false, objects = false) {
    this.values = values;
    this.keySources = marks;
    this.keyed = keyed;
    this.hasObjects = objects;
  }

  get length(): number {
    return this.values.length;
  }

  key(index: number): unknown {
    const mark = this.keySources[index];
    return this.keyed ? mark : impliedKey(mark);
  }

  /** The same events, sharing no mutable object with this batch. */
  copy(): Batch {
    if (!this.hasObjects) return this;
    return new Batch(this.values.map(isolate), this.keySources, this.keyed, true);
  }
}

/** The batch of a workflow's asks or markers: none of these, so it is never written to. */
export const EMPTY_BATCH = new Batch();

/** Gives every event its own key, where they were still implied by the values. */
function withKeys(batch: Batch): Batch {
  if (batch.keyed) return batch;
  return new Batch(batch.values, batch.keySources.map(impliedKey), true, batch.hasObjects);
}

/** The events of `first` and then those of `second`. */
export function concatBatches(first: Batch, second: Batch): Batch {
  if (second.length === 0) return first;
  if (first.length === 0) return second;
  const keyed = first.keyed || second.keyed;
  const [one, other] = keyed ? [withKeys(first), withKeys(second)] : [first, second];
  return new Batch(
    one.values.concat(other.values),
    one.keySources.concat(other.keySources),
    keyed,
    first.hasObjects || second.hasObjects,
  );
}

/** The batch of events just taken from outside: isolated, keyed by hash or by `keys`. */
export function batchFrom(values: readonly unknown[], keys?: readonly unknown[]): Batch {
  const objects = values.some((value) => typeof value === 'object' && value !== null);
  const own = objects ? values.map(isolate) : [...values];
  if (keys !== undefined) {
    const given = own.map((value, at) => keyFrom(keys[at] ?? impliedKey(value)));
    return new Batch(own, given, true, objects);
  }
  // An object may be changed in place by the first handler, so its hash is taken now.
  return objects ? new Batch(own, own.map(impliedKey), true, true) : new Batch(own);
}
