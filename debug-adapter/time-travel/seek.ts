import { AdapterError } from '../dap/errors.ts';
import type { Frame } from '../inspection/frames.ts';
import type { Navigation } from './navigation.ts';
import type { Navigator } from './navigator.ts';

/** Leads to the boundary before `step`, on the current branch or on another. */
export function seek({ timeline }: Navigator, step: number, branch?: number): Navigation {
  const target = { kind: 'step', step } as const;
  const announced = { reason: 'goto' };
  if (branch === undefined || branch === timeline.branchId) return { target, announced };
  const known = timeline.branches.map(({ id }) => id);
  if (!known.includes(branch)) {
    const branches = `known are ${known.join(', ')}`;
    throw new AdapterError('UNKNOWN_TARGET', `there is no branch ${branch}; ${branches}`);
  }
  return { target, branch, announced };
}

/** Leads to the boundary before `step`. The steps after it become a branch of their own. */
export function rollBackTo({ timeline }: Navigator, step: number): Navigation {
  if (step > timeline.steps) {
    const known = `${timeline.steps} steps are known`;
    throw new AdapterError('BAD_REQUEST', `the run has not come to step ${step} yet; ${known}`);
  }
  const description = `Rolled back to step ${step}`;
  return {
    target: { kind: 'step', step },
    leavesBranch: `rolled back to step ${step}`,
    announced: { reason: 'goto', description },
  };
}

/** Leads to the start of a frame: its handler's first line, its event, or its atom. */
export async function restartFrame(navigator: Navigator, { restarts }: Frame): Promise<Navigation> {
  const at = navigator.positions.latest?.moment;
  if (!navigator.run.debuggee || !at || restarts === undefined) {
    throw new AdapterError('UNSUPPORTED', 'this frame cannot be restarted: it has not begun');
  }
  const announced = { reason: 'restart' } as const;
  if (restarts === 'handler') {
    const path = { anchor: { kind: 'entry' }, steps: [] } as const;
    return { target: { kind: 'moment', moment: at }, path, announced };
  }
  const { agentClient } = navigator.debuggee;
  const event = restarts === 'event' ? await agentClient.call('startOf', 'event') : null;
  const moment = event ?? { boundary: at.boundary, notice: 1 };
  return { target: { kind: 'moment', moment }, announced };
}
