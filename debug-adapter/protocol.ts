/**
 * The contract between the debug adapter and its clients beyond the Debug Adapter Protocol: launch
 * attributes, custom requests and the custom event. Other tools rely on these names: extend them,
 * do not rename them. Steps are 0-based indexes of committed steps; lines and columns are 1-based;
 * every `site.url` is an absolute file path of the author's source.
 */
import type {
  Choice,
  Continuation,
  Density,
  HistoryEntry,
  Page,
  RunOptions,
  StateEntry,
  StateName,
  Status,
  Topology,
} from '../runtime/index.ts';

/**
 * The attributes of a `launch` request, and of a launch configuration of type `portals`.
 * @public Clients read it.
 */
export interface LaunchArguments {
  /** The portal app: an absolute path to a `.js`, `.mjs`, `.cjs`, `.ts` or `.mts` file. */
  readonly program: string;
  readonly seed?: number;
  readonly schedule?: 'drain' | 'random' | 'pct' | 'manual';
  readonly stopOnEntry?: boolean;
  /** Fault specifications, `crash:TARGET@POINT#N`. */
  readonly faults?: readonly string[];
  /** Atoms per epoch; default 1. */
  readonly snapshotEvery?: number;
  /** `propagate` (default), `retry(n)` or `fail`. */
  readonly onHandlerError?: string;
  readonly maxSteps?: number;
  /** Records a trace to this file. */
  readonly trace?: string;
  /** Runs a recorded trace instead of choosing. */
  readonly replay?: string;
  /** An absolute path: every message of the Debug Adapter Protocol is appended to this file. */
  readonly logFile?: string;
  readonly runtimeExecutable?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly noDebug?: boolean;
}

/** The body of `portals/diagnostics`. */
export interface DiagnosticsBody {
  readonly node: string;
  readonly v8: string;
  readonly platform: string;
  readonly phase: 'created' | 'starting' | 'running' | 'stopped' | 'ended';
  /** Absent before the first launch. */
  readonly program?: string;
  readonly options?: RunOptions;
  /** The latest protocol messages as JSON, oldest first, without the values of `env`. */
  readonly messages: readonly {
    readonly time: string;
    readonly from: 'client' | 'adapter';
    readonly text: string;
  }[];
}

/** Why the session stands still; absent while it runs. */
export interface StoppedState {
  readonly reason: string;
  readonly description: string;
}

/** One course that the run has taken. Inputs in its past make it leave a course for a new one. */
export interface BranchBody {
  readonly id: number;
  /** The branch it left; absent for the first one. */
  readonly parent?: number;
  /** The step before which it left its parent. */
  readonly at: number;
  /** How many steps are known of it. */
  readonly steps: number;
  /** What made it leave, in words. */
  readonly reason: string;
}

/** `portals/status`, and the body of the `portals/changed` event. */
export interface StatusBody extends Status {
  readonly seed: number;
  readonly schedule: string;
  readonly snapshotEvery: number;
  readonly stopped?: StoppedState;
  /** How many steps are known of the branch: more than `step` when the run is in its past. */
  readonly recorded: number;
  /** The id of the present branch. */
  readonly branch: number;
  readonly branches: readonly BranchBody[];
  /** Between two atoms: the step that comes next, unless the client chooses otherwise. */
  readonly next?: Choice;
  /** The latest crash and how it was recovered, for the panel's marks. */
  readonly lastCrash?: {
    readonly unit: string;
    readonly point: string;
    readonly step: number;
    readonly outcome: 'back' | 'forward';
    readonly recovered: boolean;
  };
}

/** `portals/topology`. `hash` changes exactly when the shape does: a key for layout caches. */
export interface TopologyBody {
  readonly topology: Topology;
  readonly hash: string;
}

/** A value shown to a client: a preview text, and JSON where the value survives it. */
export interface ShownValue {
  readonly preview: string;
  readonly json?: unknown;
}

/** `portals/inject`: `at` defaults to `process`, `occurrence` to the next passing. */
export interface InjectArguments {
  readonly kind: 'crash';
  readonly target: string;
  readonly at?: string;
  readonly occurrence?: number;
}

/** `portals/density`: `count` steps from `start` on, in at most {@link BINS_MAX} bins. */
export interface DensityArguments {
  readonly start: number;
  readonly count: number;
  /** Steps to a bin. */
  readonly binSize: number;
}

export const BINS_MAX = 4096;

/** `portals/density`: how the steps of the history are spread, where it is too long to list. */
export type DensityBody = Density;

/** Capabilities in the response to `initialize` beyond DAP's own. */
export interface PortalsCapabilities {
  /** `portals/reload` is supported. */
  readonly supportsReload?: boolean;
}

/** `portals/reload`: the program was bundled again and run up to the same step. */
export interface ReloadBody {
  /** Where the app stands now. */
  readonly step: number;
  /** The first step that the changed program takes otherwise; absent if there is none. */
  readonly diverged?: {
    readonly step: number;
    /** What the step did, and what it does now, as labels of choices. */
    readonly was: string;
    readonly is: string;
  };
}

/** One state by name. `key` is its text; without it, the state is the task's own. */
export interface StateByName {
  readonly task: string;
  readonly state: string;
  readonly key?: string;
}

/** One state as a row of Variables: where the row stands, and what it is called there. */
export interface StateByVariable {
  readonly variablesReference: number;
  readonly name: string;
}

type Shown<Item> = {
  readonly [Field in keyof Item]: Field extends 'value' | 'key' | 'request'
    ? ShownValue
    : Item[Field];
};

/** Each custom request's arguments and response body. */
export interface PortalsRequests {
  'portals/stepAtom': { arguments: { readonly threadId?: number }; body: undefined };
  'portals/stepBackAtom': { arguments: { readonly threadId?: number }; body: undefined };
  'portals/stepEvent': { arguments: { readonly threadId?: number }; body: undefined };
  'portals/stepBackEvent': { arguments: { readonly threadId?: number }; body: undefined };
  /** To the boundary before `step`, of another branch if one is given; then a `stopped` event. */
  'portals/seek': {
    arguments: { readonly step: number; readonly branch?: number };
    body: undefined;
  };
  'portals/status': { arguments: undefined; body: StatusBody };
  'portals/topology': { arguments: undefined; body: TopologyBody };
  'portals/state': {
    arguments: {
      readonly task?: string;
      readonly state?: string;
      readonly key?: unknown;
      /** A part of the text of a key or of a value; looks through all of the task's state. */
      readonly match?: string;
      readonly start?: number;
      readonly count?: number;
    };
    body: Page<Shown<StateEntry>>;
  };
  'portals/continuations': {
    arguments: undefined;
    body: { readonly continuations: readonly Omit<Shown<Continuation>, 'callback'>[] };
  };
  /**
   * `start`, `count` and `total` count atoms; the items are the events of these atoms. Old atoms
   * that everybody has taken are dropped: the page begins with the first that is kept, if later.
   */
  'portals/stream': {
    arguments: { readonly path: string; readonly start: number; readonly count: number };
    body: Page<{ readonly atom: number; readonly key: ShownValue; readonly value: ShownValue }>;
  };
  /** Every state that holds anything. */
  'portals/stateNames': { arguments: undefined; body: { readonly names: readonly StateName[] } };
  /** Sets one state to the value of an expression; without one it is deleted. */
  'portals/setState': {
    arguments: (StateByName | StateByVariable) & { readonly expression?: string };
    body: undefined;
  };
  'portals/history': {
    arguments: { readonly start: number; readonly count: number };
    body: Page<HistoryEntry>;
  };
  'portals/density': { arguments: DensityArguments; body: DensityBody };
  'portals/enabled': { arguments: undefined; body: { readonly choices: readonly Choice[] } };
  'portals/choose': { arguments: { readonly choice: string }; body: undefined };
  'portals/inject': { arguments: InjectArguments; body: { readonly fault: string } };
  /** As `seek`, and what was known after `step` is left to a branch of the past. */
  'portals/rollback': { arguments: { readonly step: number }; body: undefined };
  /** What a bug report attaches: versions, options, and the latest protocol messages. */
  'portals/diagnostics': { arguments: undefined; body: DiagnosticsBody };
  /** The absolute paths of the program's files; `loadedSources` as VS Code does not rewrite it. */
  'portals/sources': { arguments: undefined; body: { readonly paths: readonly string[] } };
  /** Only with {@link PortalsCapabilities.supportsReload}. */
  'portals/reload': { arguments: undefined; body: ReloadBody };
  /** Not in this version: it is answered with an error that says so. */
  'portals/export': { arguments: { readonly path: string }; body: undefined };
}

/** Sent, coalesced, when anything that `portals/status` shows may have changed. */
export const CHANGED_EVENT = 'portals/changed';
