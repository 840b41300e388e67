import type { BackStep } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import { stopReasonOf } from '../inspection/stop-reason.ts';
import type { Execution } from '../session/execution.ts';
import { isAccess, isAt, type Pause } from '../v8/pause.ts';
import { isLinePosition, type LinePosition, locationsAround } from './line-history.ts';
import type { Navigation } from './navigation.ts';

const AT_BEGINNING = { reason: 'step', description: 'At the beginning of the run' } as const;

/** To the stop before, as steps forward by events or atoms would have made it. */
export async function stepBackBy(by: BackStep, execution: Execution): Promise<Navigation> {
  const moment = await debuggeeOf(execution).agentClient.call('standBefore', by);
  return moment === null ? { announced: AT_BEGINNING } : { target: { kind: 'moment', moment } };
}

/** As Step Over goes on: by a line of a handler, by an event, or by an atom. */
export async function stepBack(execution: Execution, pause: Pause): Promise<Navigation> {
  const { cause } = pause;
  const place = execution.positions.latest;
  if (isAt(pause, 'after-event')) return stepBackInto(execution);
  if (cause.kind === 'model' && !isAccess(cause)) return stepBackBy(backStepAt(pause), execution);
  if (pause.handler.length === 0) return stepBackBy('atom', execution);
  if (!isLinePosition(place, pause)) return stepBackBy('event', execution);
  return toLine(
    execution,
    await execution.navigator.lineBefore(place, locationsAround(pause, execution)),
  );
}

/** What a step back undoes where the run stands at a stop of the model. */
export function backStepAt(pause: Pause): BackStep {
  return isAt(pause, 'before-event') || isAt(pause, 'handler-error') ? 'event' : 'atom';
}

/** Into the event that has just ended. */
async function stepBackInto(execution: Execution): Promise<Navigation> {
  const start = await debuggeeOf(execution).agentClient.call('startOf', 'handler');
  const around = (entry: Pause) => locationsAround(entry, execution);
  return toLine(execution, start ? await execution.navigator.lastLineOf(start, around) : undefined);
}

async function toLine(execution: Execution, line: LinePosition | undefined): Promise<Navigation> {
  if (!line) return stepBackBy('event', execution);
  const { moment, path: trail } = line;
  const announced = { reason: 'step', description: 'Paused on step' };
  return { target: { kind: 'moment', moment }, path: trail, announced };
}

/** To the last stop for which the user has asked, or to the beginning. */
export async function reverseContinue(execution: Execution, pause: Pause): Promise<Navigation> {
  const place = execution.positions.latest;
  if (!place) throw new AdapterError('NOT_STOPPED', 'the program has not stopped anywhere yet');
  const { breakpoints: wishes } = execution;
  const prepare = (debuggee: Parameters<Execution['enableBreakpoints']>[0]) =>
    execution.enableBreakpoints(debuggee);
  const stop = await execution.navigator.stopBefore(place, pause, prepare, wishes.lines.countHits);
  if (!stop) return { target: { kind: 'step', step: 0 }, announced: AT_BEGINNING };
  const { moment, path: trail } = stop.position;
  const announced = stopReasonOf(stop.pause, wishes.namesAt(stop.pause));
  return { target: { kind: 'moment', moment }, ...(trail && { path: trail }), announced };
}

function debuggeeOf({ debuggee }: Execution) {
  if (debuggee) return debuggee;
  throw new AdapterError('NOT_DEBUGGING', 'the program was started without debugging');
}
