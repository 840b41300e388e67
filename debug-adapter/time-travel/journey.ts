import type { Target } from '../../host/index.ts';
import type { StopReason } from '../stop-reason.ts';
import type { Trail } from './place.ts';

/** Where a session is to go, and how the stop there is announced if not as what it is. */
export interface Journey {
  /** Absent to stay. */
  readonly target?: Target;
  readonly trail?: Trail;
  /** Not by the run that stands here: its course is another one. */
  readonly byAnother?: true;
  /** The run leaves its known future there, for this reason. */
  readonly leaves?: string;
  readonly announced?: Partial<StopReason>;
}
