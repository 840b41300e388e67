/**
 * The Portals model and its deterministic simulator. Pure TypeScript: no Node, no DOM, no vscode.
 * Hosts evaluate this module inside the realm of the author's program and call `createRuntime`.
 */
export { createRuntime, isApplication } from './api.ts';
export { type CallSite, parseCallSite, RUNTIME_URL } from './contracts/call-site.ts';
export type { Choice } from './contracts/choice.ts';
export type * from './contracts/environment.ts';
export { PortalsError } from './contracts/errors.ts';
export type { Fault } from './contracts/fault.ts';
export { crashAt, formatFault, isFault, parseFault } from './contracts/fault.ts';
export type * from './contracts/inspection.ts';
export type * from './contracts/leftovers.ts';
export type * from './contracts/notices.ts';
export {
  DEFAULT_OPTIONS,
  type HandlerErrorPolicy,
  type RunOptions,
  type Schedule,
} from './contracts/options.ts';
export { type Path, path, streamOf } from './contracts/paths.ts';
export { PROTOCOL_POINTS, type ProtocolPoint } from './contracts/protocol-points.ts';
export {
  type EditTarget,
  type Input,
  isBefore,
  isSameMoment,
  type Moment,
  type RecordedInput,
} from './contracts/recorded-input.ts';
export type * from './contracts/simulator.ts';
export type * from './contracts/state-access.ts';
export * from './contracts/topology.ts';
export {
  BuiltinWatch,
  Environment,
  type EnvironmentOptions,
  GLOBAL_RULES,
  type ImportRewriter,
  installGlobals,
  lockBuiltins,
  safeEvaluation,
} from './determinism/index.ts';
export {
  DEFAULT_LIMITS,
  innerErrorsOf,
  type Json,
  type PreviewLimits,
  preview,
  toJson,
} from './format/index.ts';
export { entriesOf, SHARED_LOG_BYTES, STEP_COLUMNS } from './simulator/decision-log.ts';
export { expectOddProperties, type OddProperties } from './values/plain.ts';
export { type ProxyParts, proxyParts, proxyRegistry, shareProxies } from './values/proxies.ts';
