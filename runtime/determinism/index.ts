/**
 * What makes a program's surroundings repeatable: virtual time, seeded randomness, a console whose
 * output belongs to the atom, and clear refusals of everything else that differs from run to run.
 */
export {
  Environment,
  type EnvironmentOptions,
  EPOCH_MS,
  TICK_MS,
} from './environment.ts';
export { GLOBAL_RULES, type GlobalRule, installGlobals } from './globals.ts';
