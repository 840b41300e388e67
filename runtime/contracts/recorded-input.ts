import type { Fault } from './fault.ts';
import type { Path } from './paths.ts';

/**
 * Where a run stands between two of its notices: after the `notice`-th one (0: none yet) that
 * follows the `boundary`-th boundary between steps (0: none yet). Lines that the program writes,
 * and launches, do not count. Boundaries are counted, not steps, because a step that is given up
 * leaves its number to the next one.
 */
export interface Moment {
  readonly boundary: number;
  readonly notice: number;
}

/** Whether `one` is earlier than `other`. */
export function isBefore(one: Moment, other: Moment): boolean {
  if (one.boundary !== other.boundary) return one.boundary < other.boundary;
  return one.notice < other.notice;
}

export function isSameMoment(one: Moment, other: Moment): boolean {
  return one.boundary === other.boundary && one.notice === other.notice;
}

/** One state of a task: that of a key, given as an expression, or without `key` the task's own. */
export interface EditTarget {
  readonly task: Path;
  readonly name: string;
  readonly key?: string;
}

/** Something done to a run from outside, by a person or by a debugger for them. Survives JSON. */
export type Input =
  /** The next step is the choice of that label. */
  | { readonly kind: 'choose'; readonly label: string }
  /** A fault triggers at its `occurrence`-th passing from now on. */
  | { readonly kind: 'inject'; readonly fault: Fault }
  /**
   * A variable of the author's code gets another value by `assignment`, an expression, when the
   * place `at` of the script (`LINE:COLUMN`) is reached for the `arrival`-th time since the moment.
   * It is the host that repeats it.
   */
  | {
      readonly kind: 'assign';
      readonly at: string;
      readonly arrival: number;
      readonly assignment: string;
    }
  /** The state becomes the value of an expression; without one it is deleted. */
  | { readonly kind: 'edit'; readonly target: EditTarget; readonly expression?: string };

/** An input with its place; with the program and its options these determine a run to the bit. */
export interface RecordedInput {
  readonly at: Moment;
  readonly input: Input;
}
