import type { RunMode } from '../host/index.ts';
import { depthOf, isInHandler, type Pause } from './pause.ts';

/** How V8 is to go on from where it is paused. */
export type V8Command = 'resume' | 'stepOver' | 'stepInto' | 'stepOut';

/** One way to go on: the model's part and V8's part. */
export interface Course {
  readonly mode: RunMode;
  readonly command: V8Command;
}

/** Goes on without steps. */
export const ON: Course = { mode: { kind: 'continue' }, command: 'resume' };

/**
 * A line step under way. V8 forgets its step when it pauses for anything else in between (an
 * exception that the author catches, a look at the state); the depth says how to take it up again.
 */
export interface Steering extends Course {
  /** How many frames of the author there were when the step began. */
  readonly depth: number;
  /** The place in the script where the step began, if it began in the author's code. */
  readonly from?: string;
  /** The line that called the runtime, where the step began within that call. */
  readonly callingLine?: number;
}

/**
 * How a step that began within a call of the runtime goes on when it is back at `line` of the
 * author's; `undefined` when it has arrived, because the call was the last thing on its line.
 */
export function afterCall(
  { command, depth: from, callingLine }: Steering,
  depth: number,
  line: number,
): V8Command | undefined {
  if (callingLine === undefined || depth !== from) return undefined;
  return command === 'stepOut' || line === callingLine ? command : undefined;
}

/**
 * The command that takes up a forgotten step at `depth` frames of the author; `atHalt` when the
 * pause is at a boundary of the model, from where a step over would end in the next handler.
 */
export function resumeStep(
  { command, depth: from }: Steering,
  depth: number,
  atHalt: boolean,
): V8Command {
  return command === 'stepOver' && (atHalt || depth > from) ? 'stepOut' : command;
}

/** Whether a step that was taken up again has arrived at `depth` frames of the author. */
export function hasArrived({ command, depth: from }: Steering, depth: number): boolean {
  switch (command) {
    case 'stepOver':
      return depth <= from;
    case 'stepOut':
      return depth < from;
    default:
      return true;
  }
}

/** What a step that begins at `pause` has to remember. */
export function steeringFrom(pause: Pause | undefined, course: Course): Steering | undefined {
  if (course.command === 'resume') return undefined;
  if (!pause) return { ...course, depth: 0 };
  const depth = depthOf(pause);
  if (pause.cause.kind !== 'model') return { ...course, depth, from: placeOf(pause) };
  const [caller] = pause.handler;
  if (isInHandler(pause) && caller) {
    return { ...course, depth, callingLine: caller.location.lineNumber };
  }
  // A stop of the model is one call deeper than what the author sees of the stack.
  return { ...course, depth: depth + 1 };
}

/** Where the author's innermost frame stands. */
export function placeOf({ handler, driver }: Pause): string {
  const { lineNumber = 0, columnNumber = 0 } = [...handler, ...driver][0]?.location ?? {};
  return `${lineNumber}:${columnNumber}`;
}
