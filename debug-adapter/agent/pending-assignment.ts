import { isSameMoment, type Moment, type RecordedInput } from '../../runtime/index.ts';
import type { BreakpointGate } from './breakpoints/breakpoint-gate.ts';

/** A recorded assignment, the run's `nth` input, to be repeated at a location of the script. */
export interface PendingAssignment extends Moment {
  readonly at: string;
  readonly hitCount: number;
  readonly nth: number;
}

/** Whether to repeat the assignment now: at its moment and at its hit of the location. */
export function isAssignmentDue(
  asked: PendingAssignment,
  moment: Moment,
  inputs: readonly RecordedInput[],
  gate: BreakpointGate,
): boolean {
  if (!isSameMoment(moment, asked)) return false;
  if (gate.countHit(assignmentName(asked)) !== asked.hitCount) return false;
  // After a change of the history the assignment may no longer be one of the run's inputs.
  const { at: position, input } = inputs[asked.nth] ?? {};
  const isIt = input?.kind === 'assign' && input.at === asked.at;
  return (
    isIt &&
    input.arrival === asked.hitCount &&
    position !== undefined &&
    isSameMoment(position, asked)
  );
}

/** The name under which the gate counts the location's hits. */
export function assignmentName({ at, nth }: Pick<PendingAssignment, 'at' | 'nth'>): string {
  return `${at} to assign ${nth}`;
}
