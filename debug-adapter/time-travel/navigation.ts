import type { Target } from '../agent/index.ts';
import type { StopReason } from '../inspection/stop-reason.ts';
import type { Pause } from '../v8/pause.ts';
import type { Trail } from './position.ts';

/** Where a session is to go, and how the stop there is announced if not as what it is. */
export interface Journey {
  /** Absent to stay. */
  readonly target?: Target;
  readonly trail?: Trail;
  /** The branch to be on, if not the present one; the run that stands here is none of it. */
  readonly branch?: number;
  /** The run leaves its known future there, for this reason. */
  readonly leaves?: string;
  readonly announced?: Partial<StopReason>;
}

/** Where a journey has led to. */
export interface Stop {
  readonly pause: Pause;
  readonly announced: Partial<StopReason>;
}

/** How a stop is announced at which a journey was cancelled. */
export function cutShort(target: Target): Partial<StopReason> {
  const to = target.kind === 'step' ? ` on the way to step ${target.step}` : '';
  return { reason: 'pause', description: `Cancelled${to}` };
}
