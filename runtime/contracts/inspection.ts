import type { CallSite } from './call-site.ts';
import type { Choice } from './choice.ts';
import type { Fault } from './fault.ts';
import type { Leftover } from './leftovers.ts';
import type { AppError, EventRecord, EventSite } from './notices.ts';
import type { Path } from './paths.ts';
import type { ProtocolPoint } from './protocol-points.ts';
import type { Topology } from './topology.ts';

/** The state of a processing unit, as the topology panel colours it. */
export type UnitState = 'idle' | 'running' | 'crashed' | 'recovering' | 'sealed' | 'failed';

/** Counters since launch, of committed work only. */
export interface Totals {
  readonly atoms: number;
  readonly events: number;
  readonly requests: number;
  readonly replies: number;
  readonly crashes: number;
  readonly recoveries: number;
}

/** Where the simulator stands. Plain data: it survives JSON. */
export interface Status {
  /** The number of committed steps; the next step has this number. */
  readonly step: number;
  readonly phase: 'boundary' | 'processing' | 'committing' | 'recovering' | 'complete';
  /** The step under way, if one is. */
  readonly choice?: Choice;
  readonly attempt: number;
  readonly point?: ProtocolPoint;
  /** The handler invocation under way, without its key and value. */
  readonly event?: Omit<EventSite, 'key' | 'value'>;
  readonly totals: Totals;
  readonly units: Readonly<Record<string, UnitState>>;
  /** Atoms waiting, by the id of the `stream` edge they wait at. */
  readonly queues: Readonly<Record<string, number>>;
  /** Batches of requests and of replies waiting, by portal path. */
  readonly portals: Readonly<
    Record<string, { readonly requests: number; readonly replies: number }>
  >;
  /** Pending continuations, by task path; tasks without any are left out. */
  readonly continuations: Readonly<Record<string, number>>;
  /** Committed atoms, by stream path. */
  readonly streams: Readonly<Record<string, number>>;
  readonly failures: Readonly<Record<string, string>>;
  /** The faults that have not triggered, their occurrences counted from now on. */
  readonly armed: readonly Fault[];
}

/** One entry of a task's state. `key` is absent for `PerTaskState`. */
export interface StateEntry {
  readonly task: Path;
  readonly name: string;
  readonly scope: 'key' | 'task';
  readonly key?: unknown;
  readonly value: unknown;
  /** Changed by the step under way and not yet committed. */
  readonly uncommitted: boolean;
  /** What it was at the last commit, where it has been changed since and there was a value. */
  readonly committed?: { readonly value: unknown };
  /** It has been deleted since the last commit; see {@link StateQuery.deleted}. */
  readonly deleted?: true;
}

/** A continuation that waits for its reply. */
export interface Continuation {
  readonly id: number;
  readonly task: Path;
  readonly portal: Path;
  readonly key: unknown;
  readonly request: unknown;
  /** The step whose atom registered it. */
  readonly step: number;
  readonly callback: (ctx: never) => unknown;
  readonly site?: CallSite;
  readonly uncommitted: boolean;
}

/** A window of a larger list: `items` are those from `start` on, of `total`. */
export interface Page<Item> {
  readonly start: number;
  readonly total: number;
  readonly items: readonly Item[];
}

/** One step of the committed history. */
export interface HistoryEntry {
  readonly step: number;
  readonly choice: Choice;
  /** Output events, requests and replies it published. */
  readonly events: number;
  readonly logs: number;
  /** Crashes survived while it was processed. */
  readonly crashes: number;
}

/** How the steps of a history are spread, for a picture too small to show each of them. */
export interface Density {
  readonly start: number;
  readonly binSize: number;
  /** Steps of each unit by bin of `binSize` steps; a unit that made none is left out. */
  readonly lanes: Readonly<Record<string, readonly number[]>>;
  /** Crashes survived, by bin. */
  readonly crashes: readonly number[];
}

/** A state's name in a task, and how many keys it is kept for (1 for `PerTaskState`). */
export interface StateName {
  readonly task: Path;
  readonly name: string;
  readonly scope: 'key' | 'task';
  readonly count: number;
}

/** Entries come in order of task, name and first insertion of the key. */
export interface StateQuery {
  readonly task?: Path;
  readonly name?: string;
  readonly scope?: 'key' | 'task';
  /** Only this key's entries; compared as `Map` compares. */
  readonly key?: unknown;
  /** Lists also what of this `key` has been deleted since the last commit. */
  readonly deleted?: boolean;
  readonly start?: number;
  readonly count?: number;
}

/** Reads the simulator without changing it; safe to call while a handler is paused. */
export interface Inspector {
  status(): Status;
  /**
   * Whether handlers run once more only to rebuild continuations, after an aborted attempt: it
   * is no part of any step, and nothing to stop for.
   */
  isReExecuting(): boolean;
  topology(): Topology;
  enabled(): readonly Choice[];
  state(query: StateQuery): Page<StateEntry>;
  /** What the handle of a state stands for under the key under way; `undefined` for all else. */
  stateOf(value: object): { readonly scope: string; readonly value: unknown } | undefined;
  /** Every state kept, in order of task and name. */
  stateNames(): readonly StateName[];
  continuations(): readonly Continuation[];
  /** The first `count` of what the run leaves undone so far, and how many there are. */
  leftovers(count: number): Page<Leftover>;
  stream(path: Path, start: number, count: number): Page<EventRecord & { readonly atom: number }>;
  /** The committed steps, as far as a history is kept. */
  history(start: number, count: number): Page<HistoryEntry>;
  /** Every choice that the history names so far, in order of their first occurrence. */
  choices(): readonly Choice[];
  /** The handler invocation under way, with its key and value. */
  event(): EventSite | undefined;
  /** What the step under way has emitted, asked and replied so far, not yet committed. */
  uncommitted(): {
    readonly task: Path;
    readonly kind: 'emit' | 'ask' | 'reply';
    readonly value: unknown;
  }[];
  errors(): readonly AppError[];
  /** A hash of all committed state, streams' lengths, queues and continuations. */
  stateHash(): string;
}
