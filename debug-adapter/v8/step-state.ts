import type { RunMode } from '../agent/index.ts';
import { depthOf, isInHandler, type Pause } from './pause.ts';
import { locationName } from './script/script-location.ts';

/** V8's commands that end a pause. */
export type V8Command = 'resume' | 'stepOver' | 'stepInto' | 'stepOut';

/** How a run resumes: the model's mode and V8's command. */
export interface ResumeAction {
  readonly mode: RunMode;
  readonly command: V8Command;
}

/** Resumes without stepping. */
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
 * How a step continues from a pause at `depth` frames of the author, at `line` of the script:
 * 'interrupted' when it must be resumed, `undefined` when it has ended. `isWithin` says
 * whether the pause is within the statement of a place.
 */
export function nextAction(
  step: StepState,
  depth: number,
  line: number,
  isWithin: (place: string) => boolean,
): StepState | 'interrupted' | undefined {
  if (isAfterCall(step, depth, line)) {
    const { callingLine: _callingLine, ...rest } = step;
    return rest;
  }
  if (!hasEnded(step, depth)) return 'interrupted';
  const { command, startDepth: from, interrupted } = step;
  // Back from the call in which V8 forgot it, the step is within a line, as no other one is.
  const isBack = interrupted && command === 'stepOver' && depth === from;
  return isBack && step.from && isWithin(step.from) ? step : undefined;
}

/**
 * Whether a step that began within a call of the runtime, and is back at `line` of the author's, is
 * continues: it has ended if the call was the last thing on its line.
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
function hasEnded({ command, startDepth: from }: StepState, depth: number): boolean {
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
