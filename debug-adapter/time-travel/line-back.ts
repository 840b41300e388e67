import { isAccess, type Pause } from '../pause.ts';
import type { LineStep, Place, Trail } from './place.ts';
import { isStopOf, type Walker } from './walker.ts';

/** An event with more stops than this before the place is not walked through again. */
const STOPS_MAX = 10_000;

/** Further ways than this are gone by a breakpoint rather than step by step. */
const STEPS_MAX = 20;

/** One stop of the way through an event, in single steps. */
interface Stop {
  readonly line: number;
  readonly column: number;
  /** How many frames of the author there are. */
  readonly depth: number;
}

/**
 * Where a step back over a line ends: the stop before the place that `trail` leads to, in the same
 * function or in one that called it, as Step Over would have come by there. `walker` stands where
 * the handler is about to be entered, and goes through it again. `undefined` when the place is the
 * handler's first line.
 */
export async function lineBefore(walker: Walker, trail: Trail): Promise<Trail | undefined> {
  const stops = await walkTo(walker, trail);
  const here = stops.at(-1);
  if (here === undefined) return undefined;
  const isBefore = (stop: Stop, at: number) => at < stops.length - 1 && stop.depth <= here.depth;
  const target = stops.findLastIndex(isBefore);
  if (target < 0) return undefined;
  return trailTo(stops, target);
}

async function walkTo(walker: Walker, { base, steps }: Trail): Promise<readonly Stop[]> {
  const undo = await walker.stopAt(base);
  const stops: Stop[] = [];
  let pause = await walker.enter();
  let left = 'nth' in base ? base.nth : 1;
  while (pause && stops.length < STOPS_MAX) {
    // An access lies within a line, and is no stop on the way unless it is the end of it.
    if (!isAccess(pause.cause)) stops.push(stopOf(pause));
    if (base.kind === 'entry' || isStopOf(pause, base)) left -= 1;
    if (left === 0) break;
    pause = await walker.step('stepInto');
  }
  await undo();
  if (pause && base.kind === 'access' && steps.length === 0) stops.push(stopOf(pause));
  for (const step of steps) pause = pause && (await walkStep(walker, stops, step));
  return pause && stops.length < STOPS_MAX ? stops : [];
}

/** Makes `step` in single steps. */
async function walkStep(walker: Walker, stops: Stop[], step: LineStep): Promise<Pause | undefined> {
  const from = stops.at(-1)?.depth ?? 0;
  for (;;) {
    const pause = await walker.step('stepInto');
    if (!pause || stops.length >= STOPS_MAX) return undefined;
    const stop = stopOf(pause);
    stops.push(stop);
    const isOver = step === 'stepInto' || stop.depth < from;
    if (isOver || (step === 'stepOver' && stop.depth === from)) return pause;
  }
}

function stopOf({ handler, driver }: Pause): Stop {
  const [top] = [...handler, ...driver];
  const { lineNumber: line = 0, columnNumber: column = 0 } = top?.location ?? {};
  return { line, column, depth: handler.length + driver.length };
}

function trailTo(stops: readonly Stop[], index: number): Trail {
  const target = stops[index];
  if (index <= STEPS_MAX || !target) {
    return { base: { kind: 'entry' }, steps: new Array<LineStep>(index).fill('stepInto') };
  }
  const { line, column } = target;
  const isThere = (stop: Stop) => stop.line === line && stop.column === column;
  const arrival = stops.slice(0, index + 1).filter(isThere).length;
  return { base: { kind: 'arrival', line, column, arrival }, steps: [] };
}

/** Whether a step back from `place` is one over a line. */
export function isAtLine(
  place: Place | undefined,
  pause: Pause,
): place is Place & { trail: Trail } {
  return place?.trail !== undefined && pause.handler.length > 0;
}
