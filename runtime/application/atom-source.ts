import type { Batch } from '../values/batch.ts';

/** Produces a generator's atoms one after the other; `undefined` at the end. */
export interface AtomSource {
  next(): Batch | undefined;
}
