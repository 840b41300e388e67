import type { Status, Topology } from '../../runtime/index.ts';
import type { Ending, LastSeen, OutputRecord } from '../agent/index.ts';
import type { Pause } from './pause.ts';

/** How a run is over: as the program ended, or because its thread died or was ended. */
export type RunOutcome =
  | { readonly kind: 'ended'; readonly ending: Ending }
  | { readonly kind: 'out-of-memory'; readonly lastSeen: LastSeen | undefined }
  | { readonly kind: 'broken'; readonly error: Error }
  | { readonly kind: 'terminated' };

/** Why earlier output is invalid. */
export type ClearReason = 'back' | 'reloaded';

/**
 * The events of a run, in order. The thread's side emits them; the execution brings the history up
 * to date, passes those of the active run on to the session, and adds those of going back.
 */
export interface RunEvents {
  onOutput(records: readonly OutputRecord[]): void;
  /** All output so far is invalid; what is still valid follows. */
  onOutputCleared(why: ClearReason): void;
  /** Workflows may have been added. */
  onTopology(topology: Topology): void;
  onStatus(status: Status): void;
  /** The program has been evaluated. */
  onLoaded(): void;
  /** The program is paused where the user may see it; resolves when that has been handled. */
  onPaused(pause: Pause): void | Promise<void>;
  onEnded(outcome: RunOutcome): void;
}

/** Ignores the events of a run. */
export const IGNORED_EVENTS: RunEvents = {
  onOutput: () => {},
  onOutputCleared: () => {},
  onTopology: () => {},
  onStatus: () => {},
  onLoaded: () => {},
  onPaused: () => {},
  onEnded: () => {},
};
