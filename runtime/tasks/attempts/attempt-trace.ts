import { CallTrace } from '../../contracts/call-site.ts';
import type { Path } from '../../contracts/paths.ts';
import { Batch } from '../../values/batch.ts';
import { isolate } from '../../values/isolate.ts';
import type { Continuation } from '../messages.ts';

/** What an attempt has written under one key of a state, as the store took it over. */
export interface StateWrite {
  readonly task: Path;
  readonly state: string;
  readonly key: unknown;
  /** Absent if the value was deleted. */
  readonly value?: unknown;
}

/**
 * What an attempt of a step does besides its effects, in order. It exists where attempts may be
 * aborted, so that the next attempt can be compared with this one.
 */
export class AttemptTrace {
  readonly emissions: { readonly task: Path; readonly batch: Batch }[] = [];
  /**
   * By store and key, in the order of the first write under each. Values that the attempt has
   * overwritten are not kept: a handler may write any number of times in one atom.
   */
  readonly #writes = new Map<object, Map<unknown, StateWrite>>();
  /**
   * The first write under each key of each store, in order: where the attempt was aborted, those of
   * the next attempt begin with these, while the last ones depend on when it was aborted.
   */
  readonly firstWrites: StateWrite[] = [];
  readonly continuations: { readonly continuation: Continuation; readonly trace: CallTrace }[] = [];

  /** Adds what a task has emitted. Objects are copied: tasks downstream may change them. */
  addEmissions(task: Path, batch: Batch): void {
    if (batch.length === 0) return;
    this.emissions.push({ task, batch: batch.hasObjects ? snapshotOf(batch) : batch });
  }

  /** Adds what was written into `store`, in place of what was written there under the same key. */
  addWrite(store: object, storeKey: unknown, write: StateWrite): void {
    const ofStore = this.#writes.get(store);
    if (ofStore?.has(storeKey) !== true) this.firstWrites.push(write);
    if (ofStore === undefined) this.#writes.set(store, new Map([[storeKey, write]]));
    else ofStore.set(storeKey, write);
  }

  /** The last write under each key of each store. */
  get lastWrites(): readonly StateWrite[] {
    return [...this.#writes.values()].flatMap((ofStore) => [...ofStore.values()]);
  }

  addContinuation(continuation: Continuation): void {
    this.continuations.push({ continuation, trace: new CallTrace() });
  }
}

/** The batch as it is now, with its keys: both could change with the objects. */
function snapshotOf(batch: Batch): Batch {
  const keys = batch.values.map((_, at) => batch.key(at));
  return new Batch(batch.values.map(isolate), keys, true, true);
}
