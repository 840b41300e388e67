/**
 * The contract between the debug adapter and its clients beyond the Debug Adapter Protocol: launch
 * attributes, custom requests and the custom event. Other tools rely on these names: extend them,
 * do not rename them. Steps are 0-based indexes of committed steps; lines and columns are 1-based;
 * every `site.url` is an absolute file path of the author's source.
 *
 * `protocol/` has the only schemas of these messages, and the types are inferred from them. Each
 * process validates a message once, on arrival: the other side may be of another version. A
 * receiver picks the fields that it reads.
 */
import type * as z from 'zod/mini';
import type {
  Continuation,
  Density,
  HistoryEntry,
  Page,
  RunOptions,
  StateEntry,
  Topology,
} from '../runtime/index.ts';
import type * as requests from './protocol/arguments.ts';
import type * as bodies from './protocol/bodies.ts';
import type { densityBody, historyBody } from './protocol/history.ts';
import type { Immutable } from './protocol/immutable.ts';
import type { launchArguments } from './protocol/launch.ts';
import type { StatusBody } from './protocol/status.ts';

export * from './protocol/arguments.ts';
export * from './protocol/bodies.ts';
export { formatFault, parseFault } from './protocol/fault.ts';
export { densityBody, historyBody, historyEntry } from './protocol/history.ts';
export { launchArguments } from './protocol/launch.ts';
export {
  type BranchBody,
  type branch,
  choice,
  type StatusBody,
  type StoppedState,
  statusBody,
} from './protocol/status.ts';

/** @public Clients read it. */
export type LaunchArguments = Input<typeof launchArguments>;

/** Sent, coalesced, when anything that `portals/status` shows may have changed. */
export const CHANGED_EVENT = 'portals/changed';

/** The largest number of bins of `portals/density`. */
export const BINS_MAX = 4096;

/** Capabilities in the response to `initialize` beyond DAP's own. */
export interface PortalsCapabilities {
  /** `portals/reload` is supported. */
  readonly supportsReload?: boolean;
}

/** The body of `portals/diagnostics`. */
export interface DiagnosticsBody {
  /** The version of the extension that the adapter belongs to. */
  readonly adapter: string;
  readonly node: string;
  readonly v8: string;
  readonly platform: string;
  readonly phase: 'created' | 'starting' | 'running' | 'stopped' | 'ended';
  /** Absent before the first launch. */
  readonly program?: string;
  readonly options?: RunOptions;
  /**
   * The latest messages as JSON, oldest first, cut, without the values of `env`: of the Debug
   * Adapter Protocol (`client`, `adapter`), to and from V8 (`debugger`, `v8`), and errors of the
   * adapter.
   */
  readonly messages: readonly {
    readonly time: string;
    readonly from: 'client' | 'adapter' | 'debugger' | 'v8' | 'error';
    readonly text: string;
  }[];
}

/** `portals/topology`. `hash` changes exactly when the shape does: a key for layout caches. */
export interface TopologyBody {
  readonly topology: Topology;
  readonly hash: string;
}

type Input<Schema extends z.ZodMiniType> = Immutable<z.input<Schema>>;
type Output<Schema extends z.ZodMiniType> = Immutable<z.infer<Schema>>;
type Shown<Item> = {
  readonly [Field in keyof Item]: Field extends 'value' | 'key' | 'request'
    ? bodies.ShownValue
    : Item[Field];
};

export type InjectArguments = Input<typeof requests.injectArguments>;
export type DensityArguments = Input<typeof requests.densityArguments>;

/** Each custom request's arguments and response body. */
export interface PortalsRequests {
  'portals/stepAtom': { arguments: Input<typeof requests.threadArguments>; body: undefined };
  'portals/stepBackAtom': { arguments: Input<typeof requests.threadArguments>; body: undefined };
  'portals/stepEvent': { arguments: Input<typeof requests.threadArguments>; body: undefined };
  'portals/stepBackEvent': { arguments: Input<typeof requests.threadArguments>; body: undefined };
  /** Then a `stopped` event. */
  'portals/seek': { arguments: Input<typeof requests.seekArguments>; body: undefined };
  'portals/status': { arguments: undefined; body: StatusBody };
  'portals/topology': { arguments: undefined; body: TopologyBody };
  'portals/state': {
    arguments: Input<typeof requests.stateArguments>;
    body: Page<Shown<StateEntry>>;
  };
  'portals/continuations': {
    arguments: undefined;
    body: { readonly continuations: readonly Omit<Shown<Continuation>, 'callback'>[] };
  };
  /**
   * `start`, `count` and `total` count atoms; the items are the events of these atoms. Old atoms
   * that every consumer has taken are dropped: the page begins with the first that is kept, if
   * later.
   */
  'portals/stream': {
    arguments: Input<typeof requests.streamArguments>;
    body: Page<{
      readonly atom: number;
      readonly key: bodies.ShownValue;
      readonly value: bodies.ShownValue;
    }>;
  };
  'portals/stateNames': { arguments: undefined; body: Output<typeof bodies.stateNamesBody> };
  /** Sets one state to the value of an expression; without one it is deleted. */
  'portals/setState': {
    arguments: Input<typeof requests.stateByName> | Input<typeof requests.stateByVariable>;
    body: undefined;
  };
  'portals/history': {
    arguments: Input<typeof requests.historyArguments>;
    body: Page<HistoryEntry>;
  };
  /** How the steps of the history are spread, where it is too long to list. */
  'portals/density': { arguments: DensityArguments; body: Density };
  'portals/enabled': { arguments: undefined; body: Output<typeof bodies.enabledBody> };
  'portals/choose': { arguments: Input<typeof requests.chooseArguments>; body: undefined };
  'portals/inject': { arguments: InjectArguments; body: Output<typeof bodies.injectBody> };
  /** As `seek`, and what was known after `step` is left to a branch of the past. */
  'portals/rollback': { arguments: Input<typeof requests.rollbackArguments>; body: undefined };
  /** What a bug report attaches: versions, options, and the latest protocol messages. */
  'portals/diagnostics': { arguments: undefined; body: DiagnosticsBody };
  /** `loadedSources` as VS Code does not rewrite it. */
  'portals/sources': { arguments: undefined; body: Output<typeof bodies.sourcesBody> };
  /** Only with {@link PortalsCapabilities.supportsReload}. */
  'portals/reload': { arguments: undefined; body: bodies.ReloadBody };
  /** Not in this version: it is answered with an error that says so. */
  'portals/export': { arguments: Input<typeof requests.exportArguments>; body: undefined };
}

/** Fails to compile when the runtime reports something that these schemas do not describe. */
type Covers<Sent extends Read, Read> = Sent;
/** @public The compiler reads it. */
export type ContractCheck = [
  Covers<PortalsRequests['portals/history']['body'], Output<typeof historyBody>>,
  Covers<PortalsRequests['portals/density']['body'], Output<typeof densityBody>>,
  Covers<PortalsRequests['portals/continuations']['body'], Output<typeof bodies.continuationsBody>>,
  Covers<TopologyBody, Output<typeof bodies.topologyUnits>>,
  Covers<PortalsRequests['portals/state']['body'], Output<typeof bodies.stateValues>>,
];
