import type { MessagePort } from 'node:worker_threads';
import type { Activity, Bundle, Diagnostic, LeftoverReport } from '../../program/index.ts';
import type {
  AppError,
  Choice,
  EventSite,
  Moment,
  Notice,
  Path,
  RunOptions,
  Status,
  Topology,
} from '../../runtime/index.ts';

/** What the worker is started with. */
export interface WorkerInput {
  readonly bundle: Bundle;
  readonly runtimeCode: string;
  readonly options: RunOptions;
  readonly env: Readonly<Record<string, string>>;
  /** Whether a debugger is attached, so that stopping makes sense. */
  readonly debug: boolean;
  /** The variable of the realm that is to hold the agent if a debugger is attached. */
  readonly agentName: string;
  readonly signals: SharedArrayBuffer;
  /** Where each run of a session keeps the history, and the choices that it names so far. */
  readonly log: { readonly memory: SharedArrayBuffer; readonly choices: readonly Choice[] };
  /** Where the worker posts {@link FromWorker}; a port, so that it can be read synchronously. */
  readonly port: MessagePort;
}

/** An {@link EventSite} without its values, which need not survive a message. */
export type EventPlace = Omit<EventSite, 'key' | 'value'>;

/** An {@link AppError} as text. */
export type ErrorText = Omit<AppError, 'thrown'>;

type Kept = 'log' | 'output' | 'crashed' | 'aborted' | 'recovered';

/** What the user reads in the console, and when in the run it was written. Plain data. */
export type OutputRecord = Item & { readonly at: Moment };

/** One thing to read, without its place. */
export type Item =
  | Extract<Notice, { kind: Kept }>
  | {
      readonly kind: 'handler-error';
      readonly step: number;
      readonly error: ErrorText;
    }
  | {
      readonly kind: 'retried';
      readonly step: number;
      readonly unit: Path;
      readonly error: ErrorText;
      readonly retry: number;
      readonly of: number;
    }
  | {
      readonly kind: 'failed' | 'diverged';
      readonly step: number;
      readonly unit: Path;
      readonly error: ErrorText;
    }
  | {
      readonly kind: 'logpoint' | 'condition-failed';
      /** The number the debugger gave the breakpoint. */
      readonly breakpoint: number;
      readonly text: string;
    }
  /** A promise that an expression of the user created was rejected, and nothing handled it. */
  | { readonly kind: 'evaluation-rejected'; readonly text: string };

/** How a run came to its end. */
export type Ending =
  | {
      /** `program-ended`: the program drives the simulator itself, and stopped doing so. */
      readonly kind: 'complete' | 'max-steps' | 'program-ended';
      readonly step: number;
      readonly left: LeftoverReport;
      /** What keeps a run going that was stopped at its limit of steps. */
      readonly activity?: Activity;
    }
  /** The program did not load, or threw outside any handler. */
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** Messages of the worker, in order. */
export type FromWorker =
  | { readonly kind: 'output'; readonly items: readonly OutputRecord[] }
  | { readonly kind: 'status'; readonly status: Status; readonly topology?: Topology }
  /** The program has been evaluated; what it exports is launched. */
  | { readonly kind: 'loaded' }
  | { readonly kind: 'ended'; readonly ending: Ending };
