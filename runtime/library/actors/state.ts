import type { StateHandle } from '../../tasks/state-handle.ts';

/** A named map of an actor, kept under the actor's key. */
export class MapState {
  readonly #handle: StateHandle;

  constructor(handle: StateHandle) {
    this.#handle = handle;
  }

  /** The value under `key`, or `undefined`. */
  get(key: unknown): unknown {
    return this.#map().get(key);
  }

  set(key: unknown, value: unknown): void {
    this.#handle.set(this.#map().set(key, value));
  }

  del(key: unknown): void {
    const map = this.#map();
    if (map.delete(key)) this.#handle.set(map);
  }

  has(key: unknown): boolean {
    return this.#map().has(key);
  }

  size(): number {
    return this.#map().size;
  }

  /** Keys and values in order of first setting, as an array of pairs. */
  entries(): [key: unknown, value: unknown][] {
    return [...this.#map()];
  }

  #map(): Map<unknown, unknown> {
    return this.#handle.get() as Map<unknown, unknown>;
  }
}
