import { isBefore, type Moment } from '../../runtime/index.ts';
import { locationOf } from '../v8/script/script-location.ts';

/** A step of V8's through the author's lines. */
export type LineStep = 'stepOver' | 'stepInto' | 'stepOut';

/** From where on lines are stepped: the first stop in the author's code after a moment. */
export type Anchor =
  /** The first line of the handler that is entered there. */
  | { readonly kind: 'entry' }
  /** The `arrival`-th time since the moment (from 1) that this place of the script is reached. */
  | {
      readonly kind: 'hit';
      readonly line: number;
      readonly column: number;
      readonly hitCount: number;
    }
  /** The `nth` exception since the moment (from 1) that the user stops for. */
  | { readonly kind: 'exception'; readonly nth: number }
  /** The `nth` access since the moment (from 1) to a state that the user watches. */
  | { readonly kind: 'access'; readonly nth: number };

/** The way from a moment to a line of the author: a base, and the steps made from there. */
export interface StepPath {
  readonly anchor: Anchor;
  readonly steps: readonly LineStep[];
}

/** Any place of a run where one can stand, in a form that another run can be brought to. */
export interface StopPosition {
  readonly moment: Moment;
  /** Absent at a stop of the model, and where the way to a line is not known. */
  readonly path?: StepPath;
}

/** The `arrival`-th time at the place of that name. */
export function anchorAt(name: string, arrival: number): Extract<Anchor, { kind: 'hit' }> {
  const { lineNumber: line, columnNumber: column } = locationOf(name);
  return { kind: 'hit', line, column, hitCount: arrival };
}

/** Whether `one`, a stop for its own sake, comes before `other` in the run. */
export function isEarlier(one: StopPosition, other: StopPosition): boolean {
  if (isBefore(one.moment, other.moment)) return true;
  if (isBefore(other.moment, one.moment) || other.path === undefined) return false;
  if (one.path === undefined) return true;
  const { anchor: base, steps } = other.path;
  // Every stop resets the base, so that there was none between the entry and here.
  if (base.kind === 'entry') return false;
  return !isSame(one.path.anchor, base) || steps.length > 0;
}

/** Whether nothing at or after `one` comes before `other`. */
export function isAtOrAfter(one: StopPosition, other: StopPosition): boolean {
  if (isBefore(one.moment, other.moment)) return false;
  if (isBefore(other.moment, one.moment) || other.path === undefined) return true;
  if (one.path === undefined) return false;
  return other.path.anchor.kind === 'entry' || isSame(one.path.anchor, other.path.anchor);
}

/** Whether both lead to the same stop by the same way. */
export function isSamePath(one: StepPath, other: StepPath): boolean {
  if (
    one.anchor.kind === 'entry' ? other.anchor.kind !== 'entry' : !isSame(one.anchor, other.anchor)
  ) {
    return false;
  }
  const agrees = (step: LineStep, at: number) => step === other.steps[at];
  return one.steps.length === other.steps.length && one.steps.every(agrees);
}

function isSame(one: Anchor, other: Anchor): boolean {
  if (one.kind === 'hit' && other.kind === 'hit') {
    const { line, column, hitCount: arrival } = other;
    return one.line === line && one.column === column && one.hitCount === arrival;
  }
  if (one.kind !== other.kind || one.kind === 'entry' || one.kind === 'hit') return false;
  return 'nth' in other && one.nth === other.nth;
}
