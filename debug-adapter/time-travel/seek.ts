import { AdapterError } from '../dap/errors.ts';
import type { Frame } from '../inspection/frames.ts';
import type { Execution } from '../session/execution.ts';
import type { Navigation } from './navigation.ts';

/** To the boundary before `step`, of the present branch or of another. */
export async function seek(
  execution: Execution,
  step: number,
  branch = execution.timeline.branchId,
): Promise<Navigation> {
  const { timeline: recording } = execution;
  const target = { kind: 'step', step } as const;
  if (branch === recording.branchId) return { target, announced: { reason: 'goto' } };
  const known = recording.branches.map(({ id }) => id);
  if (!known.includes(branch)) {
    const branches = `known are ${known.join(', ')}`;
    throw new AdapterError('UNKNOWN_TARGET', `there is no branch ${branch}; ${branches}`);
  }
  return { target, branch, announced: { reason: 'goto' } };
}

/** To the boundary before `step`, leaving what is known to follow it. */
export function rollBackTo({ timeline: recording }: Execution, step: number): Navigation {
  if (step > recording.steps) {
    const known = `${recording.steps} steps are known`;
    throw new AdapterError('BAD_REQUEST', `the run has not come to step ${step} yet; ${known}`);
  }
  const description = `Rolled back to step ${step}`;
  return {
    target: { kind: 'step', step },
    leavesBranch: `rolled back to step ${step}`,
    announced: { reason: 'goto', description },
  };
}

/** To where a frame began: its handler's first line, its event, or its atom. */
export async function restartFrame(execution: Execution, { restarts }: Frame): Promise<Navigation> {
  const { debuggee, positions: whereabouts } = execution;
  const at = whereabouts.latest?.moment;
  if (!debuggee || !at || restarts === undefined) {
    throw new AdapterError('UNSUPPORTED', 'this frame cannot be restarted: it has not begun');
  }
  const announced = { reason: 'restart' } as const;
  if (restarts === 'handler') {
    const trail = { anchor: { kind: 'entry' }, steps: [] } as const;
    return { target: { kind: 'moment', moment: at }, path: trail, announced };
  }
  const event = restarts === 'event' ? await debuggee.agentClient.call('startOf', 'event') : null;
  const moment = event ?? { boundary: at.boundary, notice: 1 };
  return { target: { kind: 'moment', moment }, announced };
}
