/** Brings a portal app to life on Node: bundles it, and runs it in a realm of its own. */

export { type Bundle, bundle } from './bundle.ts';
export { compareRuns } from './determinism-check.ts';
export {
  type Diagnostic,
  formatDiagnostic,
  formatPosition,
  ProgramError,
  type SourcePosition,
} from './diagnostic.ts';
export { type Activity, activityText, RecentSteps } from './ending/activity.ts';
export { locateFunctions } from './ending/function-locations.ts';
export { type LeftoverLine, type LeftoverReport, reportLeftovers } from './ending/leftovers.ts';
export { detailLines, innerDiagnostics } from './inner-diagnostics.ts';
export { pathPattern } from './path-pattern.ts';
export { Positions } from './positions.ts';
export { Program, type RuntimeModule } from './program.ts';
export { PROGRAM_URL } from './program-url.ts';
export { firstRejection } from './promises/rejection.ts';
export { createRealm } from './realm.ts';
export { loadRuntimeCode } from './runtime-code.ts';

export { scopesOf } from './scopes.ts';

export {
  formatTrace,
  parseTrace,
  TRACE_VERSION,
  type Trace,
  TraceError,
  type TraceRecord,
  TraceRecorder,
  TraceReplay,
} from './trace/index.ts';

export { unknownTarget, untriggeredFaults } from './untriggered-faults.ts';
