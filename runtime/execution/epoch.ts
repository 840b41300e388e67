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
  #parts: Recoverable[] = [];

  enter(part: Recoverable): void {
    this.#parts.push(part);
  }

  commit(): void {
    const parts = this.#parts;
    this.#parts = [];
    for (const part of parts) part.commit();
  }

  rollback(): void {
    const parts = this.#parts;
    this.#parts = [];
    for (const part of parts) part.rollback();
  }
}

/** An undo log for rarely changed parts: what to do, in reverse order, to take changes back. */
export class UndoLog implements Recoverable {
  readonly #epoch: Epoch;
  #undo: (() => void)[] = [];

  constructor(epoch: Epoch) {
    this.#epoch = epoch;
  }

  add(undo: () => void): void {
    if (this.#undo.length === 0) this.#epoch.enter(this);
    this.#undo.push(undo);
  }

  commit(): void {
    this.#undo.length = 0;
  }

  rollback(): void {
    for (let undo = this.#undo.pop(); undo !== undefined; undo = this.#undo.pop()) undo();
  }
}
