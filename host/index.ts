/** Brings a portal app to life on Node: bundles it, and runs it in a realm of its own. */
export { type Bundle, bundle, PROGRAM_URL } from './bundle.ts';
export {
  type Diagnostic,
  formatDiagnostic,
  formatPosition,
  ProgramError,
  type SourcePosition,
} from './diagnostic.ts';
export { type GeneratedPosition, Positions, type SourceMap } from './positions.ts';
export { Program, type ProgramOptions, type RuntimeModule } from './program.ts';
export { createRealm, type Realm } from './realm.ts';
export { loadRuntimeCode } from './runtime-code.ts';
export { diagnoseThrown } from './thrown.ts';
