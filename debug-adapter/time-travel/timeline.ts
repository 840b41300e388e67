import {
  type Choice,
  entriesOf,
  type HistoryEntry,
  type Page,
  type RecordedInput,
  SHARED_LOG_BYTES,
  STEP_COLUMNS,
} from '../../runtime/index.ts';
import type { BranchBody } from '../protocol.ts';
import { OutputLog } from './output-log.ts';

/** One course that the run has taken, as far as it went. */
interface Branch {
  readonly id: number;
  readonly parent?: number;
  /** The step before which it left its parent. */
  readonly at: number;
  /** What made it leave, in words. */
  readonly reason: string;
  /** How many steps are known of it. */
  steps: number;
  inputs: readonly RecordedInput[];
  choices: readonly Choice[];
  /** The output of its runs. */
  readonly emitted: OutputLog;
  /** Its steps while it is not the present branch, whose steps are in the shared memory. */
  kept?: Uint32Array;
}

/** Where a run stands that has got an input, and all that it has had. */
export interface TimelineChange {
  readonly step: number;
  readonly inputs: readonly RecordedInput[];
}

/**
 * All that is known of a session's runs: the steps of the present course, past and future, and
 * the courses left behind. Together with the program, its options and a course's inputs, that is
 * enough to go to any place of it again.
 */
export class Timeline {
  /** Where each run of the present branch writes its steps; equal runs write equal steps. */
  readonly memory = new SharedArrayBuffer(SHARED_LOG_BYTES);
  private readonly log = new Uint32Array(this.memory);
  private branch: Branch = {
    id: 0,
    at: 0,
    reason: 'start',
    steps: 0,
    inputs: [],
    choices: [],
    emitted: new OutputLog(),
  };
  private readonly all: Branch[] = [this.branch];

  /** The number of steps known of the present branch. */
  get steps(): number {
    return this.branch.steps;
  }

  /** What has been done to the run from outside on the present branch. */
  get inputs(): readonly RecordedInput[] {
    return this.branch.inputs;
  }

  /** The choices that the log of the present branch names. */
  get choices(): readonly Choice[] {
    return this.branch.choices;
  }

  /** The output of the current branch. */
  get outputLog(): OutputLog {
    return this.branch.emitted;
  }

  get branchId(): number {
    return this.branch.id;
  }

  /** The branches, for clients. */
  get branches(): readonly BranchBody[] {
    return this.all.map(({ id, parent, at, steps, reason }) => {
      return { id, ...(parent !== undefined && { parent }), at, steps, reason };
    });
  }

  /** The run has committed so many steps. */
  reached(step: number): void {
    this.branch.steps = Math.max(this.branch.steps, step);
  }

  /** The run names these choices by now. */
  learnChoices(choices: readonly Choice[]): void {
    if (choices.length > this.branch.choices.length) this.branch.choices = choices;
  }

  history(start: number, count: number): Page<HistoryEntry> {
    const { steps, choices } = this.branch;
    return { start, total: steps, items: entriesOf(this.log, choices, steps, start, count) };
  }

  /**
   * The run has got an input. If it stood in its past, or had inputs still to come, it leaves the
   * present branch for a new one.
   */
  change({ step, inputs }: TimelineChange, reason: string): void {
    const { branch } = this;
    if (branch.steps > step || inputs.length <= branch.inputs.length) this.fork(step, reason);
    this.branch.inputs = inputs;
  }

  /** Makes another branch the present one; no run may be writing to the memory. */
  switchTo(id: number): void {
    const other = this.all.find((branch) => branch.id === id);
    if (other === undefined || other === this.branch) return;
    this.branch.kept = this.copyOfSteps();
    this.branch.emitted.leave();
    this.log.set(other.kept ?? []);
    delete other.kept;
    this.branch = other;
  }

  private fork(step: number, reason: string): void {
    const parent = this.branch;
    parent.kept = this.copyOfSteps();
    const { id, choices } = parent;
    const emitted = parent.emitted.fork();
    parent.emitted.leave();
    this.branch = {
      id: this.all.length,
      parent: id,
      at: step,
      reason,
      steps: step,
      inputs: [],
      choices,
      emitted,
    };
    this.all.push(this.branch);
  }

  /** A copy of the present branch's steps. */
  private copyOfSteps(): Uint32Array {
    return this.log.slice(0, this.branch.steps * STEP_COLUMNS);
  }
}
