import type { Choice } from '../contracts/choice.ts';
import type { HistoryEntry } from '../contracts/inspection.ts';
import type { RuntimeOptions } from '../contracts/simulator.ts';

/** Numbers kept of one step: its choice, its output events and messages, its lines, its crashes. */
export const STEP_COLUMNS = 4;

/** The latest steps are kept, 16 bytes each; a longer history is what running again is for. */
const STEPS_RETAINED_MAX = 2 ** 22;

const STEPS_FIRST = 1024;

/** The memory that a log shared between threads needs. It is touched only as the log grows. */
export const SHARED_LOG_BYTES = STEPS_RETAINED_MAX * STEP_COLUMNS * Uint32Array.BYTES_PER_ELEMENT;

/**
 * The decision log of a run: which choice each step took, and how much it did. It lives in plain
 * memory, a few numbers a step, so that it costs a run next to nothing, and a debugger on another
 * thread can read it while the run continues.
 */
export class DecisionLog {
  #memory: Uint32Array;
  readonly #choices: Choice[];
  readonly #numbers = new Map<Choice, number>();
  #length = 0;

  /**
   * With `memory` the log is shared: {@link SHARED_LOG_BYTES} of it, and what a run before it has
   * written there stays. Its `choices` are then those the earlier run has met.
   */
  constructor(memory?: Uint32Array, choices: readonly Choice[] = []) {
    this.#memory = memory ?? new Uint32Array(STEPS_FIRST * STEP_COLUMNS);
    this.#choices = [...choices];
  }

  /** The log of a run: kept if the options ask for it or a listener needs it. */
  static of({ history, probe }: RuntimeOptions): DecisionLog | undefined {
    if (history !== undefined) return new DecisionLog(history.memory, history.choices);
    return probe === undefined ? undefined : new DecisionLog();
  }

  /** The number of steps this run has committed. */
  get length(): number {
    return this.#length;
  }

  /** Every choice met so far; the log names them by their places here. */
  get choices(): readonly Choice[] {
    return this.#choices;
  }

  add(choice: Choice, events: number, logs: number, crashes: number): void {
    const step = this.#length;
    const at = (step % STEPS_RETAINED_MAX) * STEP_COLUMNS;
    if (at >= this.#memory.length) this.#grow();
    const memory = this.#memory;
    memory[at] = this.#numberOf(choice);
    memory[at + 1] = events;
    memory[at + 2] = logs;
    memory[at + 3] = crashes;
    this.#length = step + 1;
  }

  /** The entries of steps `start` to `start + count - 1`, as far as they are kept. */
  slice(start: number, count: number): HistoryEntry[] {
    return entriesOf(this.#memory, this.#choices, this.#length, start, count);
  }

  #numberOf(choice: Choice): number {
    const known = this.#numbers.get(choice);
    if (known !== undefined) return known;
    const same = this.#choices.findIndex((each) => isSame(each, choice));
    const number = same >= 0 ? same : this.#choices.push(choice) - 1;
    this.#numbers.set(choice, number);
    return number;
  }

  #grow(): void {
    const larger = new Uint32Array(this.#memory.length * 2);
    larger.set(this.#memory);
    this.#memory = larger;
  }
}

/** Reads a log of `length` steps from its memory, which may be another thread's. */
export function entriesOf(
  memory: Uint32Array,
  choices: readonly Choice[],
  length: number,
  start: number,
  count: number,
): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  const end = Math.min(length, start + count);
  for (let step = Math.max(0, start, length - STEPS_RETAINED_MAX); step < end; step++) {
    const at = (step % STEPS_RETAINED_MAX) * STEP_COLUMNS;
    const [number = 0, events = 0, logs = 0, crashes = 0] = memory.subarray(at, at + STEP_COLUMNS);
    const choice = choices[number];
    if (choice !== undefined) entries.push({ step, choice, events, logs, crashes });
  }
  return entries;
}

function isSame(one: Choice, other: Choice): boolean {
  return one.label === other.label && one.peer === other.peer;
}
