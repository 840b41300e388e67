import type { RunTarget } from '../agent/index.ts';
import type { StopReason } from '../inspection/stop-reason.ts';
import type { Pause } from '../v8/pause.ts';
import type { StepPath } from './position.ts';

/** Where a session is to go, and how the stop there is announced if not as what it is. */
export interface Navigation {
  /** Absent to stay. */
  readonly target?: RunTarget;
  readonly path?: StepPath;
  /** The branch to be on, if not the present one; the run that stands here is none of it. */
  readonly branch?: number;
  /** The run leaves its known future there, for this reason. */
  readonly leavesBranch?: string;
  readonly announced?: Partial<StopReason>;
}

/** The stop that a navigation led to. */
export interface NavigationStop {
  readonly pause: Pause;
  readonly announced: Partial<StopReason>;
}

/** The stop reason of a cancelled navigation. */
export function stoppedEarlyReason(target: RunTarget): Partial<StopReason> {
  const to = target.kind === 'step' ? ` on the way to step ${target.step}` : '';
  return { reason: 'pause', description: `Cancelled${to}` };
}
