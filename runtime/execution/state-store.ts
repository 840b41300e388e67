import { equalValues } from '../values/equal.ts';
import { isolate } from '../values/isolate.ts';
import type { Epoch, Recoverable } from './epoch.ts';

/** In the undo log: there was no entry. */
const ABSENT = Symbol('absent');

/** An object of the state as handed to handlers, who may change it in place. */
interface Working {
  readonly value: object;
  /** What the store holds, or `ABSENT` when the handler itself set the value. */
  readonly original: unknown;
}

/**
 * The state of one task under one name: a value for each key. Values in the store are shared with
 * nobody. A handler gets a working copy of an object and may change it in place; when the task has
 * consumed its batch, {@link settle} takes over what changed. Primitives are never copied.
 */
export class StateStore implements Recoverable {
  readonly entries = new Map<unknown, unknown>();
  readonly #working = new Map<unknown, Working>();
  readonly #epoch: Epoch;
  #entered = false;
  #undoKeys: unknown[] = [];
  #undoValues: unknown[] = [];

  constructor(epoch: Epoch) {
    this.#epoch = epoch;
  }

  /** The value under `key`, or `initial` if there is none. */
  get(key: unknown, initial?: unknown): unknown {
    if (this.#working.size > 0) {
      const working = this.#working.get(key);
      if (working !== undefined) return working.value;
    }
    let value = this.entries.get(key);
    if (value === undefined && !this.entries.has(key)) value = initial;
    if (typeof value !== 'object' || value === null) return value;
    const copy = isolate(value);
    if (copy !== value) this.#working.set(key, { value: copy, original: value });
    return copy;
  }

  set(key: unknown, value: unknown): void {
    this.#remember(key);
    this.entries.set(key, value);
    if (typeof value === 'object' && value !== null) {
      this.#working.set(key, { value, original: ABSENT });
    } else if (this.#working.size > 0) {
      this.#working.delete(key);
    }
  }

  delete(key: unknown): void {
    this.#remember(key);
    this.entries.delete(key);
    this.#working.delete(key);
  }

  /** Takes the changes that handlers made in place into the store. */
  settle(): void {
    if (this.#working.size === 0) return;
    for (const [key, { value, original }] of this.#working) {
      if (original !== ABSENT) {
        if (equalValues(value, original)) continue;
        this.#remember(key);
      }
      this.entries.set(key, isolate(value));
    }
    this.#working.clear();
  }

  /** The value under `key` as the handler under way sees it; for inspection, not for handlers. */
  peek(key: unknown): unknown {
    return this.#working.get(key)?.value ?? this.entries.get(key);
  }

  /** Whether the epoch under way has changed the value under `key`. */
  changed(key: unknown): boolean {
    return this.#undoKeys.includes(key);
  }

  commit(): void {
    this.#entered = false;
    this.#undoKeys.length = 0;
    this.#undoValues.length = 0;
  }

  rollback(): void {
    for (let at = this.#undoKeys.length - 1; at >= 0; at--) {
      const value = this.#undoValues[at];
      if (value === ABSENT) this.entries.delete(this.#undoKeys[at]);
      else this.entries.set(this.#undoKeys[at], value);
    }
    this.discard();
    this.commit();
  }

  /** Forgets the working copies, when the batch that made them is given up. */
  discard(): void {
    this.#working.clear();
  }

  #remember(key: unknown): void {
    if (!this.#entered) {
      this.#entered = true;
      this.#epoch.enter(this);
    }
    const old = this.entries.get(key);
    this.#undoKeys.push(key);
    this.#undoValues.push(old === undefined && !this.entries.has(key) ? ABSENT : old);
  }
}
