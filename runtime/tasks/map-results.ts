import { Batch } from '../values/batch.ts';

/**
 * What a map's handler returns for each event of a batch. The results have the keys of the batch
 * and are emitted as a batch that shares them, unless the handler also emits by itself: then all
 * events move to the task's output, in order.
 */
export class MapResults {
  readonly results: unknown[];
  readonly #batch: Batch;
  #moved = 0;

  constructor(batch: Batch) {
    this.results = new Array(batch.length);
    this.#batch = batch;
  }

  /** Moves the results there are to `output`, which was opened for the batch. */
  moveTo(output: Batch): void {
    const { results } = this;
    output.hasObjects = true;
    for (; this.#moved < results.length && this.#moved in results; this.#moved++) {
      output.values.push(results[this.#moved]);
      output.keySources.push(this.#batch.keySources[this.#moved]);
    }
  }

  /** All events that the map emits, once it has handled its batch. */
  finish(output: Batch, objects: boolean): Batch {
    const { keySources: marks, keyed } = this.#batch;
    if (output.length === 0) return new Batch(this.results, marks, keyed, objects);
    this.moveTo(output);
    return output;
  }
}
