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
  readonly #parts: Recoverable[] = [];

  /** Whether no part has changed since the last commit. */
  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  enter(part: Recoverable): void {
    this.#parts.push(part);
  }

  // Popping costs a few instructions, where setting the length of an array is a call into V8.

  commit(): void {
    for (let part = this.#parts.pop(); part !== undefined; part = this.#parts.pop()) part.commit();
  }

  rollback(): void {
    for (let part = this.#parts.pop(); part !== undefined; part = this.#parts.pop()) {
      part.rollback();
      if (!part.isCommitted) throw new Error('internal: a part keeps changes after a rollback');
    }
  }
}
