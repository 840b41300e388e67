import * as fc from 'fast-check';
import type { Settings } from '../run-program.ts';

/**
 * How many applications each property is tried on. `PROPERTY_RUNS=10000` in the environment makes a
 * long search, and `PROPERTY_SEED=…` tries others, or those of a failure again.
 */
export const RUNS: fc.Parameters<unknown> = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 150),
  // The same applications in every run, so that a failure is a failure of the change under test.
  seed: Number(process.env['PROPERTY_SEED'] ?? 1),
};

/** Schedules, seeds and lengths of epochs. */
export const settings: fc.Arbitrary<Settings> = fc.record({
  seed: fc.nat(1000),
  schedule: fc.constantFrom('drain', 'random', 'random', 'pct'),
  snapshotEvery: fc.constantFrom(1, 2, 7),
});
