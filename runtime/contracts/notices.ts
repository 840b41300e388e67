import type { CallSite } from './call-site.ts';
import type { Choice } from './choice.ts';
import type { Fault } from './fault.ts';
import type { Path } from './paths.ts';
import type { ProtocolPoint } from './protocol-points.ts';

/** What a handler is being run for. */
export type EventCause =
  | 'event'
  | 'request'
  | 'reply'
  | 'atomComplete'
  | 'complete'
  | 'error'
  | 'init';

/** One handler invocation: the event with 0-based `index` in the batch that `task` consumes. */
export interface EventSite {
  readonly step: number;
  readonly unit: Path;
  readonly task: Path;
  readonly cause: EventCause;
  readonly index: number;
  readonly count: number;
  readonly key: unknown;
  readonly value: unknown;
}

/** A handler's exception, or any other error of the running app. */
export interface AppError {
  /** Stable, e.g. `PORTALS_HANDLER_THREW`. */
  readonly code: string;
  readonly message: string;
  readonly path?: Path;
  readonly site?: CallSite;
  /** What was thrown. */
  readonly thrown?: unknown;
  readonly stack?: string;
  readonly inner?: readonly InnerError[];
}

/** An error that another one names as its cause, or contains. Plain data. */
export interface InnerError {
  /** What it is to the other: `cause`, `errors[0]`, `suppressed`; `…` for those left out. */
  readonly relation: string;
  /** `NAME: MESSAGE`, or a preview of what is not an error. */
  readonly message: string;
  readonly stack?: string;
  readonly inner?: readonly InnerError[];
}

/**
 * What happens while the simulator runs, in order, emitted synchronously inside the simulator's
 * realm. A debugger stops by pausing the thread within the call. `attempt` counts the tries of one
 * step from 1; a step tried again after a crash repeats its notices with a higher `attempt`.
 * Notices of an attempt become history only with `committed`; `aborted` withdraws them.
 */
export type Notice =
  /**
   * Step `step` is about to begin, with `next` unless another is chosen meanwhile. Without `next`
   * nothing is enabled, and the notice `rested` follows unless it was emitted before. `ordinal`
   * counts boundaries from 1.
   */
  | {
      readonly kind: 'boundary';
      readonly step: number;
      readonly ordinal: number;
      readonly next?: Choice;
    }
  | { readonly kind: 'launched'; readonly application: Path }
  | {
      readonly kind: 'started';
      readonly step: number;
      readonly choice: Choice;
      readonly attempt: number;
    }
  | { readonly kind: 'before-event'; readonly site: EventSite }
  /** The handler factory has run; the very next call enters the author's handler. */
  | { readonly kind: 'enter-handler'; readonly site: EventSite }
  | { readonly kind: 'after-event'; readonly site: EventSite }
  /** A task uses a state for the first time. */
  | {
      readonly kind: 'state-made';
      readonly task: Path;
      readonly scope: 'key' | 'task';
      readonly state: string;
    }
  | {
      readonly kind: 'point';
      readonly step: number;
      readonly unit: Path;
      readonly point: ProtocolPoint;
    }
  | {
      readonly kind: 'log';
      readonly step: number;
      readonly path: Path;
      readonly message: string;
      readonly attempt: number;
      readonly site?: CallSite;
    }
  | {
      readonly kind: 'output';
      readonly step: number;
      readonly text: string;
      /** Present when it was written as an error or a warning. */
      readonly level?: 'stderr';
      readonly attempt: number;
      /** Written by the program outside any step: final at once, part of no commit. */
      readonly outside?: true;
      readonly site?: CallSite;
    }
  | {
      readonly kind: 'handler-error';
      readonly step: number;
      readonly site: EventSite;
      readonly error: AppError;
    }
  | {
      readonly kind: 'crashed';
      readonly step: number;
      readonly unit: Path;
      readonly fault: Fault;
      readonly outcome: 'back' | 'forward';
    }
  | {
      readonly kind: 'aborted';
      readonly step: number;
      readonly unit: Path;
      readonly toStep: number;
    }
  /** A handler threw, and the step is processed again: `retry` of at most `of` times. */
  | {
      readonly kind: 'retried';
      readonly step: number;
      readonly unit: Path;
      readonly error: AppError;
      readonly retry: number;
      readonly of: number;
    }
  | {
      readonly kind: 'recovered';
      readonly step: number;
      readonly unit: Path;
      readonly outcome: 'back' | 'forward';
    }
  /**
   * After a rollback the step has been processed again, and has published something else: it
   * depends on what the program keeps outside the model.
   */
  | {
      readonly kind: 'diverged';
      readonly step: number;
      readonly unit: Path;
      readonly error: AppError;
    }
  | {
      readonly kind: 'committed';
      readonly step: number;
      readonly unit: Path;
      readonly effects: readonly Effect[];
      /** The only notice of a muted step: the lines it wrote. */
      readonly linesOnly?: true;
    }
  /** The workflow is stopped for good, as `onHandlerError` says. */
  | {
      readonly kind: 'failed';
      readonly step: number;
      readonly unit: Path;
      readonly error: AppError;
    }
  /** Nothing is enabled any more, or `maxSteps` is reached. */
  | { readonly kind: 'rested'; readonly step: number; readonly reason: 'complete' | 'max-steps' };

/** One part of what a committed step published. */
export type Effect =
  | {
      readonly kind: 'atom';
      readonly stream: Path;
      readonly index: number;
      readonly events: readonly EventRecord[];
      /** Whether it is the stream's end. */
      readonly seal: boolean;
      /** The handler's exception that ended it. */
      readonly error: string | undefined;
    }
  | {
      readonly kind: 'requests';
      readonly portal: Path;
      readonly from: Path;
      readonly count: number;
    }
  | { readonly kind: 'replies'; readonly portal: Path; readonly to: Path; readonly count: number }
  | {
      readonly kind: 'log';
      readonly path: Path;
      readonly message: string;
      /** A copy of what was logged, if it is one object that can be copied. */
      readonly value?: unknown;
      readonly site?: CallSite;
    }
  | {
      readonly kind: 'output';
      readonly text: string;
      readonly level?: 'stderr';
      readonly site?: CallSite;
    }
  /** A handler threw and the error was propagated as part of the atom. */
  | { readonly kind: 'error'; readonly error: AppError };

/** One event as kept in a stream. */
export interface EventRecord {
  readonly key: unknown;
  readonly value: unknown;
}

/** The host's ear. Without one the simulator runs at full speed. */
export type Probe = (notice: Notice) => void;
