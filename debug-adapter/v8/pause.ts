import type { Protocol } from 'devtools-protocol';
import { PROGRAM_URL } from '../../program/index.ts';
import { RUNTIME_URL } from '../../runtime/index.ts';
import { HALT_NAME, HALT_URL, type ModelStop, type PauseSnapshot } from '../agent/index.ts';

export type CallFrame = Protocol.Debugger.CallFrame;

/** Why the program is paused. */
export type PauseCause =
  | { readonly kind: 'model'; readonly stop: ModelStop }
  | { readonly kind: 'breakpoint'; readonly ids: readonly string[] }
  | { readonly kind: 'exception'; readonly thrown: Protocol.Runtime.RemoteObject }
  /** V8 stops before the heap is full, while there is still room to look around. */
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'step' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'debugger-statement' };

/** A pause of the program that the user sees. */
export interface Pause {
  readonly cause: PauseCause;
  readonly snapshot: PauseSnapshot;
  /** The breakpoints by name that have been hit here. */
  readonly hits: readonly number[];
  /** The author's frames of the handler that is running, innermost first. */
  readonly handler: readonly CallFrame[];
  /** The author's frames that drive the simulator, or load the program. */
  readonly driver: readonly CallFrame[];
}

export type FrameOrigin = 'author' | 'runtime' | 'halt' | 'host';

/** Whose code a frame runs. */
export function originOf(frame: CallFrame | undefined): FrameOrigin {
  const url = frame?.url ?? '';
  if (url.endsWith(PROGRAM_URL)) return 'author';
  if (url.endsWith(RUNTIME_URL)) return 'runtime';
  return url === HALT_URL && frame?.functionName === HALT_NAME ? 'halt' : 'host';
}

/** The frames V8 steps over and does not pause in. */
export const BLACKBOXED = [
  `${RUNTIME_URL.replaceAll('.', '\\.')}$`,
  '[/\\\\]worker\\.js$',
  '^node:',
];

/**
 * Splits a stack at the runtime: what the author wrote above it is a handler at work, what is
 * below drives the simulator. Without the runtime in between, everything is the program itself.
 */
export function splitFrames(frames: readonly CallFrame[]): Pick<Pause, 'handler' | 'driver'> {
  const author = (part: readonly CallFrame[]) => part.filter((each) => originOf(each) === 'author');
  const border = frames.findLastIndex((frame) => originOf(frame) === 'runtime');
  return { handler: author(frames.slice(0, border + 1)), driver: author(frames.slice(border + 1)) };
}

/** Whether V8 has paused where an error is thrown. */
export function isException({ reason }: Protocol.Debugger.PausedEvent): boolean {
  return reason === 'exception' || reason === 'promiseRejection';
}

/** What was thrown where V8 has paused at an exception. */
export function thrownBy({ data }: Protocol.Debugger.PausedEvent): Protocol.Runtime.RemoteObject {
  return (data as Protocol.Runtime.RemoteObject | undefined) ?? { type: 'undefined' };
}

/** Why V8 has paused by itself, if it says so. */
export function causeOfV8Pause(paused: Protocol.Debugger.PausedEvent): PauseCause | undefined {
  if (paused.reason === 'OOM') return { kind: 'out-of-memory' };
  if (isException(paused)) return { kind: 'exception', thrown: thrownBy(paused) };
  const { hitBreakpoints: ids = [] } = paused;
  return ids.length > 0 ? { kind: 'breakpoint', ids } : undefined;
}

/** Whether the program stands at a stop of the model of that kind. */
export function isAt({ cause }: Pause, kind: ModelStop['kind']): boolean {
  return cause.kind === 'model' && cause.stop.kind === kind;
}

/** A stop for no other reason than that someone wanted one. */
export function isOrdinary(pause: Pause): boolean {
  return pause.cause.kind === 'pause' || isAt(pause, 'pause');
}

/** The author's frame that runs. */
export function innermost({ handler, driver }: Pause): CallFrame | undefined {
  return handler[0] ?? driver[0];
}

/** The author's frames, innermost first. */
export function framesOf({ handler, driver }: Pause): readonly CallFrame[] {
  return [...handler, ...driver];
}

/** How many frames of the author there are. */
export function depthOf({ handler, driver }: Pick<Pause, 'handler' | 'driver'>): number {
  return handler.length + driver.length;
}

/** Whether a handler has reached for a state that the user watches. */
export function isAccess(cause: PauseCause): boolean {
  return cause.kind === 'model' && cause.stop.kind === 'state-access';
}

/** Whether a line of a handler is under way, which may have called the runtime. */
export function isInHandler({ cause, handler }: Pause): boolean {
  if (handler.length === 0) return false;
  return cause.kind !== 'model' || cause.stop.kind === 'state-access';
}
