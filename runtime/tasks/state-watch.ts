import type { StateAccess } from '../contracts/state-access.ts';
import { equalValues } from '../values/equal.ts';
import { isolate } from '../values/isolate.ts';
import { StateStore } from './state-store.ts';

const { get, set, delete: remove, settle, discard } = StateStore.prototype;

/**
 * Hears every access to one state. It puts itself in front of the methods of this one store, so
 * that a store nobody watches is as fast as if there were no watching.
 */
export class StateWatch {
  readonly #store: StateStore;
  readonly #hear: (access: StateAccess) => void;
  /** Copies of objects that handlers hold, as they were when they were last told of. */
  readonly #told = new Map<unknown, unknown>();

  constructor(store: StateStore, hear: (access: StateAccess) => void) {
    this.#store = store;
    this.#hear = hear;
    // What was changed before anybody watched is not told.
    for (const { key, working } of store.workingCopies()) this.#told.set(key, isolate(working));
    store.get = (key, initial) => this.#get(key, initial);
    store.set = (key, value) => this.#set(key, value);
    store.delete = (key) => this.#delete(key);
    store.settle = () => {
      this.checkInPlaceChanges();
      settle.call(store);
      this.#told.clear();
    };
    store.discard = () => {
      discard.call(store);
      this.#told.clear();
    };
  }

  /** Tells of objects that handlers have changed in place since they were last told of. */
  checkInPlaceChanges(): void {
    for (const { key, working, original } of [...this.#store.workingCopies()]) {
      const known = this.#told.has(key) ? { value: this.#told.get(key) } : original;
      if (known && equalValues(working, known.value)) continue;
      this.#told.set(key, isolate(working));
      if (!known) continue;
      this.#hear({ key, kind: 'write', how: 'in-place', old: known, now: { value: working } });
    }
  }

  /** Stops watching. */
  end(): void {
    const store: Partial<StateStore> = this.#store;
    for (const method of ['get', 'set', 'delete', 'settle', 'discard'] as const) {
      delete store[method];
    }
  }

  #get(key: unknown, initial: unknown): unknown {
    const value = get.call(this.#store, key, initial);
    this.#hear({ key, kind: 'read', how: 'call', now: { value } });
    return value;
  }

  #set(key: unknown, value: unknown): void {
    const old = this.#last(key);
    set.call(this.#store, key, value);
    this.#told.set(key, isolate(value));
    this.#hear({ key, kind: 'write', how: 'call', now: { value }, ...(old && { old }) });
  }

  #delete(key: unknown): void {
    const old = this.#last(key);
    remove.call(this.#store, key);
    this.#told.delete(key);
    if (old) this.#hear({ key, kind: 'delete', how: 'call', old });
  }

  /** The value as it was last told of, whatever a handler has done to it in place since. */
  #last(key: unknown): { readonly value: unknown } | undefined {
    if (this.#told.has(key)) return { value: this.#told.get(key) };
    return this.#store.unmodified(key);
  }
}
