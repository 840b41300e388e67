import type { BackStep } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import { stopReasonOf } from '../inspection/stop-reason.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import { isAccess, isAt, type Pause } from '../v8/pause.ts';
import { backStepAt } from './back-step.ts';
import { isLinePosition, type LinePosition } from './line-history.ts';
import type { Navigation } from './navigation.ts';
import type { Navigator } from './navigator.ts';

const AT_BEGINNING = { reason: 'step', description: 'At the beginning of the run' } as const;

/** Leads to the previous stop of stepping by events or atoms. */
export async function stepBackBy(by: BackStep, { debuggee }: Navigator): Promise<Navigation> {
  const moment = await debuggee.agentClient.call('previousStop', by);
  return moment === null ? { announced: AT_BEGINNING } : { target: { kind: 'moment', moment } };
}

/** The reverse of Step Over: leads back by a line of a handler, an event, or an atom. */
export async function stepBack(navigator: Navigator, pause: Pause): Promise<Navigation> {
  const { cause } = pause;
  const position = navigator.positions.latest;
  if (isAt(pause, 'after-event')) return stepBackInto(navigator);
  if (cause.kind === 'model' && !isAccess(cause)) return stepBackBy(backStepAt(pause), navigator);
  if (pause.handler.length === 0) return stepBackBy('atom', navigator);
  if (!isLinePosition(position, pause)) return stepBackBy('event', navigator);
  const around = navigator.run.locationsAround(pause);
  return toLine(navigator, await navigator.replayer.lineBefore(position, around));
}

/** Leads into the event that has just ended. */
async function stepBackInto(navigator: Navigator): Promise<Navigation> {
  const { debuggee, replayer, run } = navigator;
  const start = await debuggee.agentClient.call('startOf', 'handler');
  if (!start) return stepBackBy('event', navigator);
  const around = (entry: Pause) => run.locationsAround(entry);
  return toLine(navigator, await replayer.lastLineOf(start, around));
}

async function toLine(navigator: Navigator, line: LinePosition | undefined): Promise<Navigation> {
  if (!line) return stepBackBy('event', navigator);
  const { moment, path } = line;
  const announced = { reason: 'step', description: 'Paused on step' };
  return { target: { kind: 'moment', moment }, path, announced };
}

/** Leads to the previous stop that the user's breakpoints ask for, or to the beginning. */
export async function reverseContinue(navigator: Navigator, pause: Pause): Promise<Navigation> {
  const { run, replayer } = navigator;
  const position = navigator.positions.latest;
  if (!position) throw new AdapterError('NOT_STOPPED', 'the program has not stopped anywhere yet');
  const { breakpoints } = run;
  const prepare = (debuggee: Debuggee) => run.enableBreakpoints(debuggee);
  const { countHits } = breakpoints.lines;
  const stop = await replayer.stopBefore(position, pause, prepare, countHits);
  if (!stop) return { target: { kind: 'step', step: 0 }, announced: AT_BEGINNING };
  const { moment, path } = stop.position;
  const announced = stopReasonOf(stop.pause, breakpoints.namesAt(stop.pause));
  return { target: { kind: 'moment', moment }, ...(path && { path }), announced };
}
