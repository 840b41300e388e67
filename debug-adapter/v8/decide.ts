import type { Protocol } from 'devtools-protocol';
import type { PauseSnapshot } from '../agent/index.ts';
import type { AgentClient } from './agent-client.ts';
import {
  type CallFrame,
  depthOf,
  type FrameOrigin,
  isAt,
  isOrdinary,
  type Pause,
  type PauseCause,
} from './pause.ts';
import { locationOfPause, nextAction, type StepState } from './step-state.ts';

/** Which frames are the author's, and which exceptions count. */
export interface PauseFilter {
  /** Whether V8 has paused for an exception that is nothing to stop for. */
  ignoresException(paused: Protocol.Debugger.PausedEvent, agent: AgentClient): Promise<boolean>;
  isDebuggerStatement(frame: CallFrame): boolean;
  /** Whether a frame of the program's script is in the author's sources. */
  isAuthored(frame: CallFrame): boolean;
  /** Whether a frame is still in the statement of `place`, `LINE:COLUMN` of the script. */
  isWithinStatement(place: string, frame: CallFrame): boolean;
}

/** What a thread still has to do when V8 pauses it: the debugger's intentions for the run. */
export interface Intent {
  /** The line step in progress. */
  readonly step?: StepState | undefined;
  /** On the way into the author's next handler, where these model breakpoints were hit. */
  readonly entering?: { readonly hits: readonly number[] } | undefined;
  /** Why V8 was asked to pause: for the user, or to read the simulator. */
  readonly pauseRequest?: 'by-user' | 'internal' | undefined;
}

/** What the author's sources say about the innermost frame of a pause. */
export interface TopFrame {
  readonly isAuthored: boolean;
  readonly line: number;
  /** Whether the frame is still in the statement at a `LINE:COLUMN` location of the script. */
  isWithinStatement(location: string): boolean;
}

/** What the debuggee does about a pause of V8. */
export type PauseAction =
  /** Shows the pause to the user. */
  | { readonly kind: 'show' }
  /** Not a stop for the user: continues what is in progress. */
  | { readonly kind: 'continue' }
  /** Enters the author's handler that the model is about to call. */
  | { readonly kind: 'enter-handler'; readonly hits: readonly number[] }
  /** The handler just entered was the runtime's own: enters the author's next one. */
  | { readonly kind: 'enter-next-handler' }
  /** Continues the step with this state. */
  | { readonly kind: 'step'; readonly step: StepState };

/**
 * Decides about a pause whose snapshot has been read, without asking or changing anything. The
 * order matters: an intention to enter a handler goes first, a request of the user second.
 */
export function decide(intent: Intent, pause: Pause, top: TopFrame): PauseAction {
  if (isAt(pause, 'enter-handler')) return { kind: 'enter-handler', hits: pause.hits };
  if (intent.entering?.hits.length === 0 && isAt(pause, 'after-event')) {
    return { kind: 'enter-next-handler' };
  }
  const isUnasked = isOrdinary(pause) || pause.snapshot.isReExecuting === true;
  if (isUnasked && intent.pauseRequest !== 'by-user') return { kind: 'continue' };
  if (pause.cause.kind !== 'step' || !intent.step) return { kind: 'show' };
  return decideStep(intent.step, intent, pause, top);
}

function decideStep(step: StepState, intent: Intent, pause: Pause, top: TopFrame): PauseAction {
  if (!top.isAuthored) return { kind: 'step', step };
  const isWithin = (location: string) => top.isWithinStatement(location);
  const next = nextAction(step, depthOf(pause), top.line, isWithin);
  if (next === 'interrupted') return { kind: 'continue' };
  if (next) return { kind: 'step', step: next };
  // An internal pause can come before the step has left its location.
  const isUnmoved = intent.pauseRequest === 'internal' && locationOfPause(pause) === step.from;
  return { kind: isUnmoved ? 'continue' : 'show' };
}

/** What the debuggee does about a pause on the way to a target; any other pause is passed. */
export type TargetAction =
  | { readonly kind: 'pass' }
  | { readonly kind: 'reached'; cause: PauseCause };

/**
 * Decides about a pause of a run that was sent to a target. `snapshot` is absent where it need not
 * be read; `stopsHere` when the next line of the author will do.
 */
export function decideAtTarget(
  origin: FrameOrigin,
  snapshot: PauseSnapshot | undefined,
  stopsHere: boolean,
): TargetAction {
  if (!snapshot) return { kind: 'pass' };
  const { reachedTarget, stop } = snapshot;
  if (reachedTarget && stop) return { kind: 'reached', cause: { kind: 'model', stop } };
  if (stopsHere && origin === 'author') return { kind: 'reached', cause: { kind: 'pause' } };
  return { kind: 'pass' };
}

/** Whether V8 paused in the runtime or the agent for no reason of the user's. */
export function isElsewhere(origin: FrameOrigin, reason: string): boolean {
  return (origin === 'runtime' || origin === 'host') && reason === 'other';
}

/** The cause of a pause that neither the model nor V8 names. */
export function unnamedCause(
  { step, pauseRequest }: Intent,
  top: CallFrame | undefined,
  isDebuggerStatement: (frame: CallFrame) => boolean,
): PauseCause {
  if (step && pauseRequest !== 'by-user') return { kind: 'step' };
  const isStatement = top !== undefined && !pauseRequest && isDebuggerStatement(top);
  return { kind: isStatement ? 'debugger-statement' : 'pause' };
}
