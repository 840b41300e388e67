import { isSameMoment, type Moment, type RecordedInput } from '../../runtime/index.ts';
import type { BreakpointGate } from './breakpoints/breakpoint-gate.ts';

/** The `nth` input of a run, an assignment, to be made at its moment at the place `at`. */
export interface PendingAssignment extends Moment {
  readonly at: string;
  readonly arrival: number;
  readonly nth: number;
}

/** Whether the run, at `moment` and at the place, has come to where it is to be made. */
export function isAssignmentDue(
  asked: PendingAssignment,
  moment: Moment,
  inputs: readonly RecordedInput[],
  gate: BreakpointGate,
): boolean {
  if (!isSameMoment(moment, asked)) return false;
  if (gate.countHit(assignmentName(asked)) !== asked.arrival) return false;
  // What was assigned when the run went another way is none of its inputs any longer.
  const { at: then, input } = inputs[asked.nth] ?? {};
  const isIt = input?.kind === 'assign' && input.at === asked.at;
  return isIt && input.arrival === asked.arrival && then !== undefined && isSameMoment(then, asked);
}

/** Under which the arrivals at the place are counted. */
export function assignmentName({ at, nth }: Pick<PendingAssignment, 'at' | 'nth'>): string {
  return `${at} to assign ${nth}`;
}
