import { isSameMoment, type Moment } from '../../runtime/index.ts';
import { CONTROL_EXPRESSION, TRACED_LINES_MAX, type TracedLine } from '../agent/index.ts';
import type { BreakLocation } from '../breakpoints/break-locations.ts';
import type { Execution } from '../session/execution.ts';
import { depthOf, type Pause } from '../v8/pause.ts';
import { locationName } from '../v8/script/script-location.ts';
import { locationOfPause } from '../v8/step-state.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { LineReplayer } from './line-replayer.ts';
import { anchorAt, isSamePath, type StepPath, type StopPosition } from './position.ts';
import { setProbe } from '../v8/probe.ts';

/** A place at a line, to which the way is known. */
export type LinePosition = StopPosition & { readonly path: StepPath };

/** The places of the functions that are under way at `pause`. */
export function locationsAround(
  { handler }: Pause,
  { image, breakTarget }: Pick<Execution, 'image' | 'breakTarget'>,
): readonly BreakLocation[] {
  const { syntax } = image;
  const functions = handler.map(({ location }) => syntax.functionsAround(location).at(-1) ?? -1);
  return breakTarget?.locations.within(new Set(functions)) ?? [];
}

/** So many stops are stepped over one by one to come to an event's end. */
const FURTHER_MAX = 100;

/**
 * The way by which a run has come to a line, as steps back go: by the stop before, in the same
 * function or in one that called it, as Step Over would have come by there.
 */
export class LineHistory {
  private readonly moment: Moment;
  /** The ways to its stops, earliest first. */
  private readonly paths: readonly StepPath[];

  private constructor(moment: Moment, trails: readonly StepPath[]) {
    this.moment = moment;
    this.paths = trails;
  }

  /** Has a run in reserve, which stands at the place's moment, go there and be followed. */
  static async to(
    { moment, path: trail }: LinePosition,
    around: readonly BreakLocation[],
    replica: Checkpoint,
    walker: LineReplayer,
  ): Promise<LineHistory> {
    await leaveFootsteps(replica, around);
    const pause = await walker.follow(trail);
    const footsteps = await replica.debuggee.agentClient.call('footstepsFrom', depthOf(pause));
    const isHere = standsAt(pause, footsteps.at(-1));
    const before = isHere ? footsteps.slice(0, -1) : footsteps;
    return new LineHistory(moment, [...before.map(trailTo), trail]);
  }

  /**
   * Has a run in reserve, which stands before a handler, go to the event's end; `undefined` when
   * the handler is none of the author's. `around` tells the places that matter in it.
   */
  static async throughEvent(
    around: (entry: Pause) => readonly BreakLocation[],
    replica: Checkpoint,
    walker: LineReplayer,
  ): Promise<LineHistory | undefined> {
    const { position: moment } = replica;
    const entry = await walker.enter();
    const [top] = entry?.handler ?? [];
    if (!entry || !top) return undefined;
    const places = around(entry);
    await leaveFootsteps(replica, places);
    // This place has been come by already.
    const first = places.find((place) => locationName(place) === locationOfPause(entry));
    const { cdp, agentClient: control } = replica.debuggee;
    const { callFrameId } = top;
    if (first) {
      await cdp.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: passing(first) });
    }
    await walker.go({ mode: { kind: 'line' }, command: 'resume' });
    const footsteps = await control.call('footstepsFrom', depthOf(entry));
    return new LineHistory(moment, footsteps.map(trailTo));
  }

  /**
   * The same way, with the stops that follow its last one up to the event's end: those in other
   * functions of the event, as of actors, and where an arrow without a block returns. `walker`
   * leads a run that stands before the handler.
   */
  async toTheEnd(walker: LineReplayer): Promise<LineHistory> {
    const { last, paths: trails } = this;
    if (!last || !(await walker.follow(last.path))) return this;
    const further: StepPath[] = [];
    for (let { anchor: base, steps } = last.path; further.length < FURTHER_MAX; ) {
      if (!(await walker.step('stepOver'))) break;
      steps = [...steps, 'stepOver'];
      further.push({ anchor: base, steps });
    }
    return new LineHistory(this.moment, [...trails, ...further]);
  }

  /** Its last stop. */
  get last(): LinePosition | undefined {
    const trail = this.paths.at(-1);
    return trail && { moment: this.moment, path: trail };
  }

  /** The stop before `place`: `null` at the first line, `undefined` where this does not lead. */
  before({ moment, path: trail }: LinePosition): LinePosition | null | undefined {
    if (!isSameMoment(moment, this.moment)) return undefined;
    const at = this.paths.findLastIndex((each) => isSamePath(each, trail));
    const before = this.paths[at - 1];
    if (before) return { moment, path: before };
    // What was before the first of so many steps has been forgotten.
    return at === 0 && this.paths.length < TRACED_LINES_MAX ? null : undefined;
  }
}

/** Has a run be followed at these places. */
async function leaveFootsteps(
  { debuggee }: Checkpoint,
  at: readonly BreakLocation[],
): Promise<void> {
  const { cdp } = debuggee;
  await Promise.all(
    at.map((place) => setProbe(cdp, locationName(place), passing(place), 'line-trace')),
  );
}

function passing(place: BreakLocation): string {
  return `${CONTROL_EXPRESSION}.footsteps.pass('${locationName(place)}', '${place.unit}')`;
}

function trailTo({ at, hitCount: arrival }: TracedLine): StepPath {
  return { anchor: anchorAt(at, arrival), steps: [] };
}

/** Whether the run has stopped at its last footstep, rather than within that line. */
function standsAt(pause: Pause, footstep: TracedLine | undefined): boolean {
  const [top] = pause.handler;
  if (!top || !footstep || !['breakpoint', 'step'].includes(pause.cause.kind)) return false;
  return footstep.at === locationOfPause(pause) && footstep.depth === depthOf(pause);
}

/** Whether a step back from `place` is one over a line. */
export function isLinePosition(
  place: StopPosition | undefined,
  pause: Pause,
): place is LinePosition {
  return place?.path !== undefined && pause.handler.length > 0;
}
