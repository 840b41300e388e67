/**
 * The Portals model and its deterministic simulator. Pure TypeScript: no Node, no DOM, no vscode.
 * Hosts evaluate this module inside the realm of the author's program and call `createRuntime`.
 */
export { createRuntime, isApplication } from './api.ts';
export { type CallSite, parseCallSite, RUNTIME_URL } from './contracts/call-site.ts';
export { PortalsError } from './contracts/errors.ts';
export { formatFault, parseFault } from './contracts/fault-spec.ts';
export type * from './contracts/inspection.ts';
export type * from './contracts/notices.ts';
export {
  DEFAULT_OPTIONS,
  type HandlerErrorPolicy,
  type RunOptions,
  type Schedule,
} from './contracts/options.ts';
export { type Path, path, streamOf } from './contracts/paths.ts';
export {
  type Choice,
  type Fault,
  PROTOCOL_POINTS,
  type ProtocolPoint,
} from './contracts/protocol.ts';
export {
  type EditTarget,
  type Input,
  isBefore,
  isSameMoment,
  type Moment,
  type RecordedInput,
} from './contracts/recorded-input.ts';
export type * from './contracts/simulator.ts';
export * from './contracts/topology.ts';
export {
  Environment,
  type EnvironmentOptions,
  type EnvironmentState,
  GLOBAL_RULES,
  installGlobals,
} from './determinism/index.ts';
export { DEFAULT_LIMITS, type Json, type PreviewLimits, preview, toJson } from './format/index.ts';
export { entriesOf, SHARED_LOG_BYTES, STEP_COLUMNS } from './simulator/decision-log.ts';
