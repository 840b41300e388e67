/**
 * The Portals model and its deterministic simulator. Pure TypeScript: no Node, no DOM, no vscode.
 * Hosts evaluate this module inside the realm of the author's program and call `createRuntime`.
 */
export { createRuntime, isApplication } from './api.ts';
export { type CallSite, parseCallSite, RUNTIME_URL } from './call-site.ts';
export {
  Environment,
  type EnvironmentOptions,
  type EnvironmentState,
  GLOBAL_RULES,
  installGlobals,
} from './determinism/index.ts';
export { PortalsError } from './errors.ts';
export { formatFault, parseFault } from './fault-spec.ts';
export type * from './inspection.ts';
export {
  DEFAULT_OPTIONS,
  type HandlerErrorPolicy,
  type RunOptions,
  type Schedule,
} from './options.ts';
export { type Path, path, streamOf } from './paths.ts';
export type * from './probe.ts';
export { type Choice, type Fault, PROTOCOL_POINTS, type ProtocolPoint } from './protocol.ts';
export {
  type EditTarget,
  type Input,
  isBefore,
  isSameMoment,
  type Moment,
  type RecordedInput,
} from './recording.ts';
export { DEFAULT_LIMITS, type Json, type PreviewLimits, preview, toJson } from './show.ts';
export { entriesOf, SHARED_LOG_BYTES, STEP_COLUMNS } from './simulator/step-log.ts';
export type * from './simulator.ts';
export * from './topology.ts';
