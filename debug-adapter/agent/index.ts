/** The debugger inside the program's thread, as far as the main thread knows it. */

export type { GatedBreakpoint, HitCondition } from './breakpoints/breakpoint-gate.ts';
export type { DataBreakpoint, StateTarget } from './breakpoints/data-breakpoints.ts';
export type { ExceptionKind, ExceptionRule } from './breakpoints/exception-rules.ts';
export {
  MODEL_EVENTS,
  type ModelBreakpoint,
  type ModelEvent,
} from './breakpoints/model-breakpoints.ts';
export type { DebugAgent } from './debug-agent.ts';
export { TRACED_LINES_MAX, type TracedLine } from './line-trace.ts';
export type {
  Ending,
  ErrorText,
  EventPlace,
  FromWorker,
  OutputRecord,
  WorkerInput,
} from './messages.ts';
export type { PauseSnapshot } from './pause-snapshot.ts';
export type { PendingAssignment } from './pending-assignment.ts';
export { mutedUntil, type RunTarget } from './run-target.ts';
export { type LastSeen, Signals } from './signals.ts';
export type { BackStep } from './stop-history.ts';
export type { ModelStop, RunMode } from './stop-rules.ts';
export { AGENT_EXPRESSION, HALT_AGENT, HALT_NAME, HALT_URL } from './stop-script.ts';
export type { PackedRows, RowLabel, ViewRef, Window } from './views/index.ts';
export type { PageQuery, ShownPage } from './views/pages.ts';
