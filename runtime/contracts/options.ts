import type { Fault } from './fault.ts';

/**
 * How the scheduler chooses among the enabled steps.
 * - `drain`: portals, then workflows, sequencers, splitters, generators; each in launch order.
 * - `random`: uniformly, by the seeded generator.
 * - `pct`: probabilistic concurrency testing, priorities with seeded change points.
 * - `manual`: as `drain` until a debugger chooses otherwise.
 */
export type Schedule = 'drain' | 'random' | 'pct' | 'manual';

/** What follows when a handler throws (portals-model: errors). */
export type HandlerErrorPolicy =
  /** The atom ends with an error marker, downstream `withOnError` handlers run, streams seal. */
  | { readonly kind: 'propagate' }
  /** Abort and process again, at most `attempts` more times, then `fail`. */
  | { readonly kind: 'retry'; readonly attempts: number }
  /** Abort, and stop that workflow with the error. */
  | { readonly kind: 'fail' };

/** Everything that, together with the program, determines a run to the bit. */
export interface RunOptions {
  /** Seeds the scheduler, `sequencers.random()` and the program's `Math.random`. */
  readonly seed: number;
  readonly schedule: Schedule;
  readonly faults: readonly Fault[];
  /** Atoms per epoch; 1 makes every atom its own snapshot. */
  readonly snapshotEvery: number;
  readonly onHandlerError: HandlerErrorPolicy;
  /** Stops the run after so many steps; a limit on programs that never come to rest. */
  readonly maxSteps?: number;
}

export const DEFAULT_OPTIONS: RunOptions = {
  seed: 0,
  schedule: 'drain',
  faults: [],
  snapshotEvery: 1,
  onHandlerError: { kind: 'propagate' },
};
