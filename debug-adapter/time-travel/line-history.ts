import { isSameMoment, type Moment } from '../../runtime/index.ts';
import { type DebugAgent, TRACED_LINES_MAX, type TracedLine } from '../agent/index.ts';
import type { BreakLocation } from '../breakpoints/break-locations.ts';
import { depthOf, type Pause } from '../v8/pause.ts';
import { setProbe } from '../v8/probe.ts';
import { AGENT, callExpression, remoteFunction } from '../v8/remote-function.ts';
import { locationName } from '../v8/script/script-location.ts';
import { locationOfPause } from '../v8/step-state.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { LineReplayer } from './line-replayer.ts';
import { anchorAt, isSamePath, type StepPath, type StopPosition } from './position.ts';

/** The position of a line, with a path to it. */
export type LinePosition = StopPosition & { readonly path: StepPath };

/** At most this many further stops are recorded by stepping to an event's end. */
const FURTHER_STOPS_MAX = 100;

/**
 * The lines that led to a position, as Step Over would have stopped at them: in the same function
 * and in its callers. Step Back follows them in reverse.
 */
export class LineHistory {
  private readonly moment: Moment;
  /** The paths to the lines, earliest first. */
  private readonly paths: readonly StepPath[];

  private constructor(moment: Moment, paths: readonly StepPath[]) {
    this.moment = moment;
    this.paths = paths;
  }

  /** Traces a checkpoint, paused at the position's moment, up to the position. */
  static async to(
    { moment, path }: LinePosition,
    around: readonly BreakLocation[],
    checkpoint: Checkpoint,
    lines: LineReplayer,
  ): Promise<LineHistory> {
    await traceLines(checkpoint, around);
    const pause = await lines.follow(path);
    const { agentClient } = checkpoint.debuggee;
    const traced = await agentClient.call('tracedLinesFrom', depthOf(pause));
    const before = isPausedAt(pause, traced.at(-1)) ? traced.slice(0, -1) : traced;
    return new LineHistory(moment, [...before.map(pathTo), path]);
  }

  /**
   * Traces a checkpoint, paused before a handler, to the event's end; `undefined` when the handler
   * is not the author's. `around` gives the locations to trace in it.
   */
  static async throughEvent(
    around: (entry: Pause) => readonly BreakLocation[],
    checkpoint: Checkpoint,
    lines: LineReplayer,
  ): Promise<LineHistory | undefined> {
    const { position: moment } = checkpoint;
    const entry = await lines.enter();
    const [top] = entry?.handler ?? [];
    if (!entry || !top) return undefined;
    const locations = around(entry);
    await traceLines(checkpoint, locations);
    // The run is already past the probe of the first line.
    const first = locations.find((each) => locationName(each) === locationOfPause(entry));
    const { cdp, agentClient } = checkpoint.debuggee;
    const { callFrameId } = top;
    if (first) {
      await cdp.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: recording(first) });
    }
    await lines.go({ mode: { kind: 'line' }, command: 'resume' });
    const traced = await agentClient.call('tracedLinesFrom', depthOf(entry));
    return new LineHistory(moment, traced.map(pathTo));
  }

  /**
   * The same history, extended to the event's end: by stops in other functions of the event, such
   * as those of actors, and at the return of an arrow function without a block. `lines` replays a
   * run that is paused before the handler.
   */
  async toTheEnd(lines: LineReplayer): Promise<LineHistory> {
    const { last, paths } = this;
    if (!last || !(await lines.follow(last.path))) return this;
    const further: StepPath[] = [];
    for (let { anchor, steps } = last.path; further.length < FURTHER_STOPS_MAX; ) {
      if (!(await lines.step('stepOver'))) break;
      steps = [...steps, 'stepOver'];
      further.push({ anchor, steps });
    }
    return new LineHistory(this.moment, [...paths, ...further]);
  }

  /** The last line. */
  get last(): LinePosition | undefined {
    const path = this.paths.at(-1);
    return path && { moment: this.moment, path };
  }

  /** The line before a position: `null` at the first line, `undefined` if it is not recorded. */
  before({ moment, path }: LinePosition): LinePosition | null | undefined {
    if (!isSameMoment(moment, this.moment)) return undefined;
    const at = this.paths.findLastIndex((each) => isSamePath(each, path));
    const before = this.paths[at - 1];
    if (before) return { moment, path: before };
    // The trace keeps a limited number of lines: earlier ones may be missing.
    return at === 0 && this.paths.length < TRACED_LINES_MAX ? null : undefined;
  }
}

/** Records the lines that a run reaches, by a probe at each of `locations`. */
async function traceLines(
  { debuggee }: Checkpoint,
  locations: readonly BreakLocation[],
): Promise<void> {
  const { cdp } = debuggee;
  await Promise.all(
    locations.map((each) => setProbe(cdp, locationName(each), recording(each), 'line-trace')),
  );
}

const recordLine = remoteFunction((agent: DebugAgent, at: string, unit: string) =>
  agent.lines.record(at, unit),
);

function recording(location: BreakLocation): string {
  return callExpression(recordLine, AGENT, locationName(location), location.unit);
}

function pathTo({ at, hitCount }: TracedLine): StepPath {
  return { anchor: anchorAt(at, hitCount), steps: [] };
}

/** Whether the run is paused at the traced line's location, rather than within the line. */
function isPausedAt(pause: Pause, traced: TracedLine | undefined): boolean {
  const [top] = pause.handler;
  if (!top || !traced || !['breakpoint', 'step'].includes(pause.cause.kind)) return false;
  return traced.at === locationOfPause(pause) && traced.depth === depthOf(pause);
}

/** Whether a step back from `position` goes back by a line. */
export function isLinePosition(
  position: StopPosition | undefined,
  pause: Pause,
): position is LinePosition {
  return position?.path !== undefined && pause.handler.length > 0;
}
