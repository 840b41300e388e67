import type { Fault } from '../contracts/fault.ts';
import type { Path } from '../contracts/paths.ts';
import type { Edit } from './edit.ts';
import type { Step } from './journal.ts';
import type { Transition } from './processors/transition.ts';

/**
 * What has been done in the epoch under way, and what of it a rollback has left to be done again:
 * the same moves in the same order, with the edits made between them.
 */
export class EpochLog {
  /** The steps processed but not committed. */
  steps: Step[] = [];
  /** Each before the step of the epoch with this index. */
  #edits: { readonly before: number; readonly edit: Edit }[] = [];
  #again: readonly (Transition | Edit)[] = [];

  /** Whether something is to be done again. */
  get isReplaying(): boolean {
    return this.#again.length > 0;
  }

  addEdit(edit: Edit): void {
    this.#edits.push({ before: this.steps.length, edit });
  }

  /** Leaves all that was done, and `further`, to be done again. */
  rollback(further: readonly Transition[]): void {
    this.#again = [...this.#done(), ...further, ...this.#again];
    this.steps = [];
    this.#edits = [];
  }

  /** What is to be done again next. */
  nextReplay(): Transition | Edit | undefined {
    const [next, ...rest] = this.#again;
    this.#again = rest;
    return next;
  }

  /** The epoch is committed. */
  commit(): void {
    while (this.steps.length > 0) this.steps.pop();
    if (this.#edits.length > 0) this.#edits = [];
  }

  /** The unit of the epoch that `fault` has struck. */
  unitOf({ target }: Fault): Path {
    const units = this.steps.map((step) => step.transition.unit);
    return units.find((unit) => `${target}/`.startsWith(`${unit}/`)) ?? target;
  }

  #done(): (Transition | Edit)[] {
    const editsBefore = (index: number) =>
      this.#edits.filter(({ before }) => before === index).map(({ edit }) => edit);
    const done = this.steps.flatMap(({ transition: move }, index) => [...editsBefore(index), move]);
    return [...done, ...editsBefore(this.steps.length)];
  }
}
