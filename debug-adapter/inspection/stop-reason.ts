import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ModelStop } from '../agent/index.ts';
import type { Pause } from '../v8/pause.ts';
import { eventLabel } from './event-label.ts';
import { stepLabel } from './labels.ts';

/** How a stop is announced, beside the name of the thread, where there is little room. */
export interface StopReason {
  /** DAP's words where it has one. */
  readonly reason: string;
  readonly description: string;
  readonly text?: string;
}

/** Why the program stands at `pause`; `named` are the breakpoints by name that are hit there. */
export function stopReasonOf(
  { cause, snapshot: standing }: Pause,
  named: readonly string[],
): StopReason {
  const known = standing.poison ? poisonReason(causeReason(cause)) : causeReason(cause);
  if (named.length === 0 || SPECIFIC.has(known.reason)) return known;
  const where = cause.kind === 'model' ? { text: known.description } : {};
  return { reason: 'function breakpoint', description: `Paused on ${named.join(', ')}`, ...where };
}

/** These say more than that a breakpoint is hit. */
const SPECIFIC = new Set(['exception', 'data breakpoint']);

function causeReason(cause: Pause['cause']): StopReason {
  switch (cause.kind) {
    case 'model':
      return modelReason(cause.stop);
    case 'breakpoint':
      return { reason: 'breakpoint', description: 'Paused on breakpoint' };
    case 'exception': {
      const [first = 'an error'] = cause.thrown.description?.split('\n') ?? [];
      return { reason: 'exception', description: ON_ERROR, text: first };
    }
    case 'out-of-memory':
      return {
        reason: 'exception',
        description: 'Paused before the heap is full',
        text: 'The program is about to run out of memory; continuing ends it',
      };
    case 'step':
      return { reason: 'step', description: 'Paused on step' };
    case 'pause':
      return { reason: 'pause', description: 'Paused' };
    case 'debugger-statement':
      return { reason: 'debugger statement', description: 'Paused on debugger statement' };
  }
}

function modelReason(stop: ModelStop): StopReason {
  switch (stop.kind) {
    case 'entry':
      return { reason: 'entry', description: 'Before the first atom' };
    case 'boundary':
      return { reason: 'step', description: `Before the atom of step ${stop.step}` };
    case 'before-event':
      return {
        reason: 'step',
        description: `Before ${eventLabel(stop.place)}`,
      };
    case 'after-event':
      return {
        reason: 'step',
        description: `At the end of ${eventLabel(stop.place)}`,
      };
    case 'before-atom':
      return { reason: 'step', description: `Before ${stepLabel(stop.choice)}` };
    case 'orphaned':
      return orphanReason(stop);
    case 'invariant':
      return {
        reason: 'exception',
        description: `Invariant violated by step ${stop.step}`,
        text: `After step ${stop.step}, of ${stop.unit}, this no longer holds: ${stop.condition}`,
      };
    case 'diverged':
      return {
        reason: 'exception',
        description: 'Paused on state outside the model',
        text: stop.error.message,
      };
    case 'state-access':
      return stateReason(stop);
    case 'committed':
      return { reason: 'step', description: `Step ${stop.step} is committed` };
    case 'aborted':
      return {
        reason: 'rolled back',
        description:
          stop.step === stop.toStep
            ? `Step ${stop.step} is rolled back`
            : `Rolled back to step ${stop.toStep}`,
      };
    case 'crashed':
      return {
        reason: 'exception',
        description: `Crash at ${stop.fault.point}`,
        text: `Crash at ${stop.fault.point} in step ${stop.step}; it rolls ${stop.outcome}`,
      };
    case 'recovered':
      return { reason: 'recovered', description: `Recovered, before step ${stop.step}` };
    case 'handler-error':
      return { reason: 'exception', description: ON_ERROR, text: stop.error.message };
    case 'rested':
      return {
        reason: 'complete',
        description:
          stop.reason === 'complete'
            ? `Complete after ${stop.step} steps`
            : `Stopped after ${stop.step} steps, as 'maxSteps' says`,
      };
    case 'pause':
      return { reason: 'pause', description: `Paused in step ${stop.step}` };
    case 'ready':
    case 'bound':
    case 'enter-handler':
      return { reason: 'step', description: 'Paused' };
  }
}

/** An error that comes again although its atom was rolled back in between. */
function poisonReason(known: StopReason): StopReason {
  if (known.reason !== 'exception' || known.description !== ON_ERROR) return known;
  return { ...known, description: 'Paused on error of a poison atom' };
}

const ON_ERROR = 'Paused on error';

function orphanReason({
  count,
  step,
  task,
  portal,
}: Extract<ModelStop, { kind: 'orphaned' }>): StopReason {
  const waiting = `${count} continuation${count === 1 ? '' : 's'}`;
  const text = `At rest after ${step} steps, but ${task} still waits for a reply of ${portal}`;
  return { reason: 'exception', description: `${waiting} left over`, text };
}

/** What has become of a state: `items[1]: [] → [0]`. */
function stateReason(stop: Extract<ModelStop, { kind: 'state-access' }>): StopReason {
  const { access, state, task, how, old = 'no value', now = 'no value' } = stop;
  const change = access === 'read' ? `${state} is read: ${now}` : `${state}: ${old} → ${now}`;
  const late = how === 'in-place' ? ', changed in place' : '';
  const text = `${change} in ${task}${late}`;
  return { reason: 'data breakpoint', description: `${shortened(change)}${late}`, text };
}

/** There is little room beside the name of a thread. */
const DESCRIPTION_MAX = 60;

function shortened(text: string): string {
  return text.length <= DESCRIPTION_MAX ? text : `${text.slice(0, DESCRIPTION_MAX - 1)}…`;
}

/** The body of the event that announces a stop. */
export function stoppedBody(
  { reason, description, text }: StopReason,
  threadId: number,
  hitBreakpointIds: readonly number[],
): DebugProtocol.StoppedEvent['body'] {
  return {
    reason,
    description,
    threadId,
    allThreadsStopped: true,
    preserveFocusHint: false,
    ...(text !== undefined && { text }),
    ...(hitBreakpointIds.length > 0 && { hitBreakpointIds: [...hitBreakpointIds] }),
  };
}
