/** A part of the simulated world that can forget what was done to it since the last commit. */
export interface Recoverable {
  commit(): void;
  rollback(): void;
}

/**
 * The epoch under way: everything changed since the last completed snapshot. A part enters itself
 * before its first change; commit and rollback then reach exactly the parts that changed.
 */
export class Epoch {
  readonly #parts: Recoverable[] = [];

  enter(part: Recoverable): void {
    this.#parts.push(part);
  }

  commit(): void {
    for (const part of this.#parts) part.commit();
    this.#parts.length = 0;
  }

  rollback(): void {
    for (const part of this.#parts) part.rollback();
    this.#parts.length = 0;
  }
}
