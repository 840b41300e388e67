import type { Moment, Status } from '../../runtime/index.ts';
import type { OutputRecord } from './messages.ts';
import type { ModelStop } from './stop-rules.ts';

/** What the debugger reads in one call whenever the program pauses. */
export interface PauseSnapshot {
  /** The stop of the model; absent when V8 paused at a line of the author. */
  readonly stop?: ModelStop;
  /** The handler runs in a re-execution, in which nothing stops. */
  readonly isReExecuting?: true;
  /** The ids of the model breakpoints that were hit. */
  readonly hits?: readonly number[];
  /** Absent until the program is loaded. */
  readonly status?: Status;
  /** A preview of the current event's key. */
  readonly eventKey?: string;
  /** The position in the run; absent until the program is loaded. */
  readonly moment?: Moment;
  /** Hit counts of the locations with breakpoints since {@link moment}. */
  readonly hitCounts: Readonly<Record<string, number>>;
  /** The run has reached the target it was sent to. */
  readonly reachedTarget?: true;
  /** A handler threw in an earlier attempt of this step. */
  readonly poison?: boolean;
  /** Counts changes of the topology: it is read only when this has changed. */
  readonly topologyVersion: number;
  /** Output that has not been sent yet. */
  readonly output: readonly OutputRecord[];
}
