/**
 * What makes a program's surroundings repeatable: virtual time, seeded randomness, a console whose
 * output belongs to the atom, and clear refusals of everything else that differs from run to run.
 */
export {
  BuiltinWatch,
  type ImportRewriter,
  lockBuiltins,
  safeEvaluation,
} from './builtins/index.ts';
export { Environment, type EnvironmentOptions } from './environment.ts';
export { GLOBAL_RULES, installGlobals } from './globals.ts';
