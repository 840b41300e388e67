import type {
  AppError,
  CallSite,
  EventSite,
  Notice,
  Path,
  RunOptions,
  Status,
  Topology,
} from '../runtime/index.ts';

/** What the worker is started with. */
export interface WorkerInput {
  /** The bundled program, as one script. */
  readonly code: string;
  /** The name under which the program's script is evaluated. */
  readonly url: string;
  readonly options: RunOptions;
  /** Whether a debugger is attached, so that stopping makes sense. */
  readonly debug: boolean;
  readonly signals: SharedArrayBuffer;
}

/** An {@link EventSite} without its values, which need not survive a message. */
export type EventPlace = Omit<EventSite, 'key' | 'value'>;

/** An {@link AppError} as text. */
export type ErrorText = Omit<AppError, 'thrown'>;

type Kept = 'log' | 'output' | 'crashed' | 'aborted' | 'recovered';

/** What the user reads in the console, in order. Plain data. */
export type Told =
  | Extract<Notice, { kind: Kept }>
  | {
      readonly kind: 'handler-error';
      readonly step: number;
      readonly place: EventPlace;
      readonly error: ErrorText;
    };

/** How a run came to its end. */
export type Ending =
  | { readonly kind: 'complete'; readonly step: number }
  | { readonly kind: 'max-steps'; readonly step: number }
  /** The program loaded, but launched nothing and exports no application. */
  | { readonly kind: 'no-application' }
  /** The program itself threw, outside any handler. */
  | { readonly kind: 'threw'; readonly error: ProgramError };

/** An error that left the program; positions are those of the bundled script. */
export interface ProgramError {
  readonly code?: string;
  readonly message: string;
  readonly path?: Path;
  readonly site?: CallSite;
  readonly stack?: string;
}

/** Messages of the worker, in order. */
export type FromWorker =
  | { readonly kind: 'told'; readonly items: readonly Told[] }
  | { readonly kind: 'status'; readonly status: Status; readonly topology?: Topology }
  | { readonly kind: 'loaded' }
  | { readonly kind: 'ended'; readonly ending: Ending; readonly status?: Status };
