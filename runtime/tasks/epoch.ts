/** A part of the simulation that can forget what was done to it since the last commit. */
export interface Recoverable {
  commit(): void;
  rollback(): void;
  /** Whether nothing has changed since the last commit. */
  readonly isCommitted: boolean;
}

/**
 * The epoch under way: everything changed since the last completed snapshot. A part enters itself
 * before its first change; commit and rollback then reach exactly the parts that changed.
 */
export class Epoch {
  /** The first `#count` are the parts that have changed; the rest is of earlier epochs. */
  readonly #parts: Recoverable[] = [];
  #count = 0;

  /** Whether no part has changed since the last commit. */
  get isEmpty(): boolean {
    return this.#count === 0;
  }

  // Counting costs a few instructions, where changing the length of an array is a call into V8.

  enter(part: Recoverable): void {
    this.#parts[this.#count] = part;
    this.#count += 1;
  }

  commit(): void {
    const parts = this.#parts;
    for (let at = this.#count - 1; at >= 0; at--) (parts[at] as Recoverable).commit();
    this.#count = 0;
  }

  rollback(): void {
    for (const part of this.#parts.slice(0, this.#count).reverse()) {
      part.rollback();
      if (!part.isCommitted) throw new Error('internal: a part keeps changes after a rollback');
    }
    this.#count = 0;
  }
}
