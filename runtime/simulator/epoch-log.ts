import type { Fault } from '../contracts/fault.ts';
import type { Path } from '../contracts/paths.ts';
import type { Edit } from './edit.ts';
import type { Step } from './journal.ts';
import type { StepStart } from './processors/step-start.ts';

/**
 * The steps and edits of the current epoch, and what a rollback has left to replay: the same
 * transitions in the same order, with the edits made between them.
 */
export class EpochLog {
  #steps: Step[] = [];
  /** Each before the step of the epoch with this index. */
  #edits: { readonly before: number; readonly edit: Edit }[] = [];
  #replay: readonly (StepStart | Edit)[] = [];
  #committed = 0;
  #stepIndex = 0;

  /** The number of the step under way, which may be under commit, or of the next one. */
  get stepIndex(): number {
    return this.#stepIndex;
  }

  /** The steps processed but not committed. */
  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** Whether a rollback has left something to replay. */
  get isReplaying(): boolean {
    return this.#replay.length > 0;
  }

  /** Whether no epoch is open. */
  get isEmpty(): boolean {
    return this.#steps.length === 0 && this.#edits.length === 0 && this.#replay.length === 0;
  }

  add(step: Step): void {
    this.#steps.push(step);
    this.#stepIndex += 1;
  }

  addEdit(edit: Edit): void {
    this.#edits.push({ before: this.#steps.length, edit });
  }

  /** Takes all that was done back, to be replayed, and after it the step that was `underWay`. */
  rollback(underWay: StepStart | undefined): void {
    const last = underWay === undefined ? [] : [underWay];
    this.#replay = [...this.#done(), ...last, ...this.#replay];
    this.#steps = [];
    this.#edits = [];
    this.#stepIndex = this.#committed;
  }

  /** What is to be replayed next. */
  nextReplay(): StepStart | Edit | undefined {
    const [next, ...rest] = this.#replay;
    this.#replay = rest;
    return next;
  }

  /** The last step of the epoch is under commit, up to `commit` or to a rollback. */
  beginCommit(): void {
    this.#stepIndex -= 1;
  }

  /** Counts a step that committed at once and never was in the log. */
  skip(): void {
    this.#committed += 1;
    this.#stepIndex = this.#committed;
  }

  /** Closes the epoch once it is committed. */
  commit(): void {
    this.#committed += this.#steps.length;
    this.#stepIndex = this.#committed;
    while (this.#steps.length > 0) this.#steps.pop();
    if (this.#edits.length > 0) this.#edits = [];
  }

  /** The unit of the epoch in which `fault` has triggered. */
  unitOf({ target }: Fault): Path {
    return this.units.find((unit) => `${target}/`.startsWith(`${unit}/`)) ?? target;
  }

  /** The units that took part in the epoch, in order of their first steps. */
  get units(): readonly Path[] {
    return [...new Set(this.#steps.map(({ transition }) => transition.unit))];
  }

  #done(): (StepStart | Edit)[] {
    const editsBefore = (index: number) =>
      this.#edits.filter(({ before }) => before === index).map(({ edit }) => edit);
    const done = this.#steps.flatMap((step, index) => [...editsBefore(index), step]);
    return [...done, ...editsBefore(this.#steps.length)];
  }
}
