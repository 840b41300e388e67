/** Brings a portal app to life on Node: bundles it, and runs it in a realm of its own. */

export { quietUntil, type Target } from './arrival.ts';
export type { GatedBreakpoint, HitCondition } from './breakpoint-gate.ts';
export { type Bundle, bundle } from './bundle.ts';
export type { Control, Standing } from './control.ts';
export type { DataBreakpoint, StateTarget } from './data-breakpoints.ts';
export { type Comparison, compareRuns } from './determinism-check.ts';
export {
  type Diagnostic,
  formatDiagnostic,
  formatPosition,
  ProgramError,
  type SourcePosition,
} from './diagnostic.ts';
export type { ExceptionKind, ExceptionRule } from './exception-rules.ts';
export { FOOTSTEPS_MAX, type Footstep } from './footsteps.ts';
export type {
  Ending,
  ErrorText,
  EventPlace,
  FromWorker,
  Told,
  WorkerInput,
} from './messages.ts';
export { MODEL_EVENTS, type ModelBreakpoint, type ModelEvent } from './model-breakpoints.ts';
export type { PageQuery, ShownPage } from './pages.ts';
export { pathPattern } from './path-pattern.ts';
export { type GeneratedPosition, Positions, type SourceMap } from './positions.ts';
export { Program, type ProgramOptions, type RuntimeModule } from './program.ts';
export { PROGRAM_URL } from './program-url.ts';
export { createRealm, type Realm } from './realm.ts';
export { firstRejection } from './rejection.ts';
export { loadRuntimeCode } from './runtime-code.ts';
export { type LastSeen, Signals } from './signals.ts';
export type { BackStep } from './stands.ts';
export { CONTROL_EXPRESSION, HALT_NAME, HALT_URL } from './stop-script.ts';
export type { ModelStop, RunMode } from './stops.ts';
export { diagnoseThrown } from './thrown.ts';
export type { PackedRows, RowLabel, ViewRef, Window } from './views/index.ts';
