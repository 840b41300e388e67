import type * as api from '../../contracts/authors-api.ts';
import type { StateHandle } from '../../tasks/state-handle.ts';

/** A named map of an actor, kept under the actor's key. */
export class MapState<Key = unknown, Value = unknown> implements api.MapState<Key, Value> {
  readonly #handle: StateHandle<Map<Key, Value>>;

  constructor(handle: StateHandle<Map<Key, Value>>) {
    this.#handle = handle;
  }

  /** The value under `key`, or `undefined`. */
  get(key: Key): Value | undefined {
    return this.#map().get(key);
  }

  set(key: Key, value: Value): void {
    this.#handle.set(this.#map().set(key, value));
  }

  del(key: Key): void {
    const map = this.#map();
    if (map.delete(key)) this.#handle.set(map);
  }

  has(key: Key): boolean {
    return this.#map().has(key);
  }

  size(): number {
    return this.#map().size;
  }

  /** Keys and values in order of first setting, as an array of pairs. */
  entries(): [key: Key, value: Value][] {
    return [...this.#map()];
  }

  #map(): Map<Key, Value> {
    return this.#handle.get();
  }
}
