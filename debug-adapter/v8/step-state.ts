import type { RunMode } from '../agent/index.ts';
import { depthOf, isInHandler, type Pause } from './pause.ts';
import { locationName } from './script/script-location.ts';

/** How V8 is to go on from where it is paused. */
export type V8Command = 'resume' | 'stepOver' | 'stepInto' | 'stepOut';

/** One way to go on: the model's part and V8's part. */
export interface ResumeAction {
  readonly mode: RunMode;
  readonly command: V8Command;
}

/** Goes on without steps. */
export const CONTINUE: ResumeAction = { mode: { kind: 'continue' }, command: 'resume' };

/**
 * A line step under way. V8 forgets its step when it pauses for anything else in between (an
 * exception that the author catches, a look at the state); the depth says how to take it up again.
 */
export interface StepState extends ResumeAction {
  /** How many frames of the author there were when the step began. */
  readonly startDepth: number;
  /** The place in the script where the step began, if it began in the author's code. */
  readonly from?: string;
  /** V8 has forgotten the step since. */
  readonly interrupted?: true;
  /** The line that called the runtime, where the step began within that call. */
  readonly callingLine?: number;
}

/**
 * How a step goes on from a pause at `depth` frames of the author, at `line` of the script;
 * 'interrupted' when it has to be taken up again, `undefined` when it has arrived. `isWithin` tells
 * whether the pause is within the statement of a place.
 */
export function nextAction(
  steering: StepState,
  depth: number,
  line: number,
  isWithin: (place: string) => boolean,
): StepState | 'interrupted' | undefined {
  if (isAfterCall(steering, depth, line)) {
    const { callingLine: _left, ...rest } = steering;
    return rest;
  }
  if (!hasArrived(steering, depth)) return 'interrupted';
  const { command, startDepth: from, interrupted } = steering;
  // Back from the call in which V8 forgot it, the step is within a line, as no other one is.
  const isBack = interrupted && command === 'stepOver' && depth === from;
  return isBack && steering.from && isWithin(steering.from) ? steering : undefined;
}

/**
 * Whether a step that began within a call of the runtime, and is back at `line` of the author's, is
 * to go on: it has arrived if the call was the last thing on its line.
 */
function isAfterCall(
  { command, startDepth: from, callingLine }: StepState,
  depth: number,
  line: number,
) {
  if (callingLine === undefined || depth !== from) return false;
  return command === 'stepOut' || line === callingLine;
}

/** Whether a step that was taken up again has arrived at `depth` frames of the author. */
function hasArrived({ command, startDepth: from }: StepState, depth: number): boolean {
  switch (command) {
    case 'stepOver':
      return depth <= from;
    case 'stepOut':
      return depth < from;
    default:
      return true;
  }
}

/**
 * The command that takes up a forgotten step at `depth` frames of the author; `atHalt` when the
 * pause is at a boundary of the model, from where a step over would end in the next handler.
 */
export function resumeStep(
  { command, startDepth: from }: StepState,
  depth: number,
  atHalt: boolean,
): V8Command {
  return command === 'stepOver' && (atHalt || depth > from) ? 'stepOut' : command;
}

/** What a step that begins at `pause` has to remember. */
export function stepStateFrom(
  pause: Pause | undefined,
  course: ResumeAction,
): StepState | undefined {
  if (course.command === 'resume') return undefined;
  if (!pause) return { ...course, startDepth: 0 };
  const depth = depthOf(pause);
  if (pause.cause.kind !== 'model')
    return { ...course, startDepth: depth, from: locationOfPause(pause) };
  const [caller] = pause.handler;
  if (isInHandler(pause) && caller) {
    return { ...course, startDepth: depth, callingLine: caller.location.lineNumber };
  }
  // A stop of the model is one call deeper than what the author sees of the stack.
  return { ...course, startDepth: depth + 1 };
}

/** The name of the place where the author's innermost frame stands. */
export function locationOfPause({ handler, driver }: Pick<Pause, 'handler' | 'driver'>): string {
  const { lineNumber: line = 0, columnNumber: column = 0 } =
    [...handler, ...driver][0]?.location ?? {};
  return locationName({ line, column });
}
