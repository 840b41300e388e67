/** Keeps the built-ins that the runtime and the program share as the language defines them. */
export { BuiltinWatch } from './builtin-watch.ts';
export { type ImportRewriter, safeEvaluation } from './evaluation.ts';
export { lockBuiltins } from './lock.ts';
