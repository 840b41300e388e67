import {
  type AppError,
  type Choice,
  type EventSite,
  isBefore,
  type Moment,
  type Notice,
  type Path,
} from '../../runtime/index.ts';
import type { ErrorText, EventPlace } from './messages.ts';

/** How the program runs until it stops again. */
export type RunMode =
  /** At the latest, stop at the first notice at or after `until`. */
  | { readonly kind: 'continue'; readonly until?: Moment }
  /** To the next boundary between atoms. */
  | { readonly kind: 'atom' }
  /** To the next event, or to the next boundary between atoms. */
  | { readonly kind: 'event' }
  /** To where the next handler of the author is about to be entered. */
  | { readonly kind: 'enter' }
  /** V8 steps through the program's own lines; when it has been loaded, as `atom`. */
  | { readonly kind: 'program' }
  /** V8 steps line by line; the end of this event, or of this atom, ends the stepping. */
  | { readonly kind: 'line' };

/** What stops the program whatever its {@link RunMode}. */
export interface StopFilters {
  readonly crash: boolean;
  readonly recovery: boolean;
  readonly rollback: boolean;
  readonly handlerError: boolean;
  /** Nothing is left to do, or no more steps are wanted. */
  readonly completion: boolean;
}

/** Where in the model the program stands still. Plain data. */
export type ModelStop =
  /** Before the program is evaluated: never shown, the debugger prepares itself. */
  | { readonly kind: 'ready' }
  /** Never shown: it ends a reverse search. */
  | { readonly kind: 'bound' }
  | { readonly kind: 'entry'; readonly step: number; readonly next?: Choice }
  | { readonly kind: 'boundary'; readonly step: number; readonly next?: Choice }
  | { readonly kind: 'before-event'; readonly place: EventPlace }
  /** Never shown: the debugger steps from here into the handler. */
  | { readonly kind: 'enter-handler'; readonly place: EventPlace }
  | { readonly kind: 'after-event'; readonly place: EventPlace }
  | {
      readonly kind: 'handler-error';
      readonly step: number;
      readonly place: EventPlace;
      readonly error: ErrorText;
    }
  /** A unit is about to process the atom it has been chosen for. */
  | { readonly kind: 'before-atom'; readonly step: number; readonly choice: Choice }
  /** A handler reaches for a watched state; with its values as text, where there are any. */
  | {
      readonly kind: 'state-access';
      readonly access: 'read' | 'write' | 'delete';
      readonly how: 'call' | 'in-place';
      readonly step: number;
      readonly task: string;
      readonly state: string;
      readonly old?: string;
      readonly now?: string;
      readonly place?: EventPlace;
    }
  /** Nothing is enabled, and continuations still wait; this is the first one. */
  | {
      readonly kind: 'orphaned';
      readonly step: number;
      readonly count: number;
      readonly task: Path;
      readonly portal: Path;
    }
  /** Since this commit an invariant of the user's no longer holds. */
  | {
      readonly kind: 'invariant';
      readonly step: number;
      readonly unit: Path;
      readonly condition: string;
    }
  /** A step does something else than before, when it is processed again. */
  | {
      readonly kind: 'diverged';
      readonly step: number;
      readonly unit: Path;
      readonly error: ErrorText;
    }
  | { readonly kind: 'committed'; readonly step: number; readonly unit: Path }
  | Extract<Notice, { kind: 'crashed' | 'aborted' | 'recovered' | 'rested' }>
  | { readonly kind: 'pause'; readonly step: number; readonly next?: Choice };

/**
 * Whether the program stops at `notice`, and how that stop is called. Pausing and the entry are
 * decided elsewhere, for they do not depend on the mode.
 */
export function stopAt(notice: Notice, mode: RunMode, filters: StopFilters): ModelStop | undefined {
  return isWanted(notice, mode, filters) ? stopOf(notice) : undefined;
}

function isWanted(notice: Notice, { kind: mode }: RunMode, filters: StopFilters): boolean {
  const stepping = mode !== 'continue';
  switch (notice.kind) {
    case 'boundary':
      return stepping;
    case 'rested':
      return stepping || filters.completion;
    case 'before-event':
      return mode === 'event';
    case 'enter-handler':
      return mode === 'enter';
    case 'after-event':
      return mode === 'line';
    case 'crashed':
      return stepping || filters.crash;
    case 'recovered':
      return stepping || filters.recovery;
    case 'aborted':
      return filters.rollback;
    case 'handler-error':
      return filters.handlerError;
    default:
      return false;
  }
}

/** The stop of a run at the bound of its mode, if `moment` has reached it. */
export function stopAtBound(mode: RunMode, moment: Moment): ModelStop | undefined {
  if (mode.kind !== 'continue' || mode.until === undefined) return undefined;
  return isBefore(moment, mode.until) ? undefined : { kind: 'bound' };
}

/** The stop at `notice`, if it is a place where one stops. */
export function stopOf(notice: Notice): ModelStop | undefined {
  switch (notice.kind) {
    case 'boundary':
    case 'rested':
    case 'crashed':
    case 'aborted':
    case 'recovered':
      return notice;
    case 'before-event':
    case 'enter-handler':
    case 'after-event':
      return { kind: notice.kind, place: placeOf(notice.site) };
    case 'handler-error':
      return handlerErrorStop(notice);
    default:
      return undefined;
  }
}

/** How a stop at `notice` is called that a breakpoint by name has asked for. */
export function stopForBreakpoint(notice: Notice, hasCode: boolean): ModelStop | undefined {
  switch (notice.kind) {
    case 'started':
      return { kind: 'before-atom', step: notice.step, choice: notice.choice };
    case 'enter-handler':
      return { kind: hasCode ? 'enter-handler' : 'before-event', place: placeOf(notice.site) };
    case 'committed':
      return { kind: 'committed', step: notice.step, unit: notice.unit };
    case 'crashed':
    case 'aborted':
    case 'recovered':
      return notice;
    default:
      return undefined;
  }
}

function handlerErrorStop(notice: Extract<Notice, { kind: 'handler-error' }>): ModelStop {
  const { kind, step, site, error } = notice;
  return { kind, step, place: placeOf(site), error: textOf(error) };
}

/** A handler invocation without the values it was given. */
function placeOf(site: EventSite): EventPlace {
  const { key: _key, value: _value, ...place } = site;
  return place;
}

/** An error as text: what was thrown need not survive a message. */
export function textOf(error: AppError): ErrorText {
  const { thrown: _thrown, ...text } = error;
  return text;
}
