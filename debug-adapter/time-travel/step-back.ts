import type { BackStep } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import { reasonOf } from '../inspection/stop-reason.ts';
import type { Execution } from '../session/execution.ts';
import { isAccess, isAt, type Pause } from '../v8/pause.ts';
import { isAtLine, type LinePlace, placesAround } from './line-history.ts';
import type { Journey } from './navigation.ts';

const AT_BEGINNING = { reason: 'step', description: 'At the beginning of the run' } as const;

/** To the stop before, as steps forward by events or atoms would have made it. */
export async function stepBackBy(by: BackStep, execution: Execution): Promise<Journey> {
  const moment = await debuggeeOf(execution).control.call('standBefore', by);
  return moment === null ? { announced: AT_BEGINNING } : { target: { kind: 'moment', moment } };
}

/** As Step Over goes on: by a line of a handler, by an event, or by an atom. */
export async function stepBack(execution: Execution, pause: Pause): Promise<Journey> {
  const { cause } = pause;
  const place = execution.whereabouts.latest;
  if (isAt(pause, 'after-event')) return stepBackInto(execution);
  if (cause.kind === 'model' && !isAccess(cause)) return stepBackBy(backStepAt(pause), execution);
  if (pause.handler.length === 0) return stepBackBy('atom', execution);
  if (!isAtLine(place, pause)) return stepBackBy('event', execution);
  return toLine(
    execution,
    await execution.journeys.lineBefore(place, placesAround(pause, execution)),
  );
}

/** What a step back undoes where the run stands at a stop of the model. */
export function backStepAt(pause: Pause): BackStep {
  return isAt(pause, 'before-event') || isAt(pause, 'handler-error') ? 'event' : 'atom';
}

/** Into the event that has just ended. */
async function stepBackInto(execution: Execution): Promise<Journey> {
  const start = await debuggeeOf(execution).control.call('startOf', 'handler');
  const around = (entry: Pause) => placesAround(entry, execution);
  return toLine(execution, start ? await execution.journeys.lastLineOf(start, around) : undefined);
}

async function toLine(execution: Execution, line: LinePlace | undefined): Promise<Journey> {
  if (!line) return stepBackBy('event', execution);
  const { moment, trail } = line;
  const announced = { reason: 'step', description: 'Paused on step' };
  return { target: { kind: 'moment', moment }, trail, announced };
}

/** To the last stop for which the user has asked, or to the beginning. */
export async function reverseContinue(execution: Execution, pause: Pause): Promise<Journey> {
  const place = execution.whereabouts.latest;
  if (!place) throw new AdapterError('NOT_STOPPED', 'the program has not stopped anywhere yet');
  const { wishes } = execution;
  const prepare = (debuggee: Parameters<Execution['beWatchful']>[0]) =>
    execution.beWatchful(debuggee);
  const stop = await execution.journeys.stopBefore(place, pause, prepare, wishes.lines.countHits);
  if (!stop) return { target: { kind: 'step', step: 0 }, announced: AT_BEGINNING };
  const { moment, trail } = stop.place;
  const announced = reasonOf(stop.pause, wishes.namesAt(stop.pause));
  return { target: { kind: 'moment', moment }, ...(trail && { trail }), announced };
}

function debuggeeOf({ debuggee }: Execution) {
  if (debuggee) return debuggee;
  throw new AdapterError('NOT_DEBUGGING', 'the program was started without debugging');
}
