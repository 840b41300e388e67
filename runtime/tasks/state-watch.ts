import { PortalsError } from '../contracts/errors.ts';
import type { StateAccess } from '../contracts/state-access.ts';
import { equalValues } from '../values/equal.ts';
import { isolate } from '../values/isolate.ts';
import { StateStore } from './state-store.ts';

const { get, set, delete: remove, saveWorkingCopies, dropWorkingCopies } = StateStore.prototype;

/**
 * Observes every access to one state. It replaces the methods of this one store, so that a store
 * without a watch costs nothing.
 */
export class StateWatch {
  readonly #store: StateStore;
  readonly #listener: (access: StateAccess) => void;
  /** Copies of objects that handlers hold, as they were last reported. */
  readonly #reported = new Map<unknown, unknown>();

  constructor(store: StateStore, listener: (access: StateAccess) => void) {
    this.#store = store;
    this.#listener = listener;
    // Changes made before the watch began are not reported.
    for (const { key, working } of store.workingCopies()) {
      const now = copyIfPossible(working);
      if (now !== undefined) this.#reported.set(key, now.value);
    }
    store.get = (key, initial) => this.#get(key, initial);
    store.set = (key, value) => this.#set(key, value);
    store.delete = (key) => this.#delete(key);
    store.saveWorkingCopies = () => {
      this.checkInPlaceChanges();
      const refused = saveWorkingCopies.call(store);
      this.#reported.clear();
      return refused;
    };
    store.dropWorkingCopies = () => {
      dropWorkingCopies.call(store);
      this.#reported.clear();
    };
  }

  /** Reports objects that handlers have changed in place since they were last reported. */
  checkInPlaceChanges(): void {
    for (const { key, working, original } of [...this.#store.workingCopies()]) {
      const reported = this.#reported.has(key) ? { value: this.#reported.get(key) } : original;
      if (reported && equalValues(working, reported.value)) continue;
      const now = copyIfPossible(working);
      if (now === undefined) continue;
      this.#reported.set(key, now.value);
      if (!reported) continue;
      this.#listener({
        key,
        kind: 'write',
        how: 'in-place',
        old: reported,
        now: { value: working },
      });
    }
  }

  /** Stops watching. */
  end(): void {
    const store: Partial<StateStore> = this.#store;
    for (const method of [
      'get',
      'set',
      'delete',
      'saveWorkingCopies',
      'dropWorkingCopies',
    ] as const) {
      delete store[method];
    }
  }

  #get(key: unknown, initial: unknown): unknown {
    const value = get.call(this.#store, key, initial);
    this.#listener({ key, kind: 'read', how: 'call', now: { value } });
    return value;
  }

  #set(key: unknown, value: unknown): void {
    const old = this.#last(key);
    set.call(this.#store, key, value);
    this.#reported.set(key, isolate(value));
    this.#listener({ key, kind: 'write', how: 'call', now: { value }, ...(old && { old }) });
  }

  #delete(key: unknown): void {
    const old = this.#last(key);
    remove.call(this.#store, key);
    this.#reported.delete(key);
    if (old) this.#listener({ key, kind: 'delete', how: 'call', old });
  }

  /** The value as it was last reported, whatever a handler did to it in place since. */
  #last(key: unknown): { readonly value: unknown } | undefined {
    if (this.#reported.has(key)) return { value: this.#reported.get(key) };
    return this.#store.unmodified(key);
  }
}

/** The store itself reports, when it saves it, an object that a handler made impossible to copy. */
function copyIfPossible(value: unknown): { readonly value: unknown } | undefined {
  try {
    return { value: isolate(value) };
  } catch (thrown) {
    if (thrown instanceof PortalsError) return undefined;
    throw thrown;
  }
}
