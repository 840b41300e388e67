import { isSameMoment, type Moment } from '../../runtime/index.ts';
import { CONTROL_EXPRESSION, FOOTSTEPS_MAX, type Footstep } from '../agent/index.ts';
import type { BreakPlace } from '../breakpoints/break-locations.ts';
import type { Execution } from '../session/execution.ts';
import { depthOf, type Pause } from '../v8/pause.ts';
import { placeName } from '../v8/script-location.ts';
import { placeOf } from '../v8/step-state.ts';
import type { Replica } from './checkpoint.ts';
import type { Walker } from './line-replayer.ts';
import { arrivalAt, isSameTrail, type Place, type Trail } from './position.ts';
import { hide } from './recorded-assignments.ts';

/** A place at a line, to which the way is known. */
export type LinePlace = Place & { readonly trail: Trail };

/** The places of the functions that are under way at `pause`. */
export function placesAround(
  { handler }: Pause,
  { image, breakTarget }: Pick<Execution, 'image' | 'breakTarget'>,
): readonly BreakPlace[] {
  const { syntax } = image;
  const functions = handler.map(({ location }) => syntax.functionsAround(location).at(-1) ?? -1);
  return breakTarget?.places.within(new Set(functions)) ?? [];
}

/** So many stops are stepped over one by one to come to an event's end. */
const FURTHER_MAX = 100;

/**
 * The way by which a run has come to a line, as steps back go: by the stop before, in the same
 * function or in one that called it, as Step Over would have come by there.
 */
export class WayBack {
  private readonly moment: Moment;
  /** The ways to its stops, earliest first. */
  private readonly trails: readonly Trail[];

  private constructor(moment: Moment, trails: readonly Trail[]) {
    this.moment = moment;
    this.trails = trails;
  }

  /** Has a run in reserve, which stands at the place's moment, go there and be followed. */
  static async to(
    { moment, trail }: LinePlace,
    around: readonly BreakPlace[],
    replica: Replica,
    walker: Walker,
  ): Promise<WayBack> {
    await leaveFootsteps(replica, around);
    const pause = await walker.follow(trail);
    const footsteps = await replica.debuggee.control.call('footstepsFrom', depthOf(pause));
    const isHere = standsAt(pause, footsteps.at(-1));
    const before = isHere ? footsteps.slice(0, -1) : footsteps;
    return new WayBack(moment, [...before.map(trailTo), trail]);
  }

  /**
   * Has a run in reserve, which stands before a handler, go to the event's end; `undefined` when
   * the handler is none of the author's. `around` tells the places that matter in it.
   */
  static async throughEvent(
    around: (entry: Pause) => readonly BreakPlace[],
    replica: Replica,
    walker: Walker,
  ): Promise<WayBack | undefined> {
    const { moment } = replica;
    const entry = await walker.enter();
    const [top] = entry?.handler ?? [];
    if (!entry || !top) return undefined;
    const places = around(entry);
    await leaveFootsteps(replica, places);
    // This place has been come by already.
    const first = places.find((place) => placeName(place) === placeOf(entry));
    const { cdp, control } = replica.debuggee;
    const { callFrameId } = top;
    if (first) {
      await cdp.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: passing(first) });
    }
    await walker.go({ mode: { kind: 'line' }, command: 'resume' });
    const footsteps = await control.call('footstepsFrom', depthOf(entry));
    return new WayBack(moment, footsteps.map(trailTo));
  }

  /**
   * The same way, with the stops that follow its last one up to the event's end: those in other
   * functions of the event, as of actors, and where an arrow without a block returns. `walker`
   * leads a run that stands before the handler.
   */
  async toTheEnd(walker: Walker): Promise<WayBack> {
    const { last, trails } = this;
    if (!last || !(await walker.follow(last.trail))) return this;
    const further: Trail[] = [];
    for (let { base, steps } = last.trail; further.length < FURTHER_MAX; ) {
      if (!(await walker.step('stepOver'))) break;
      steps = [...steps, 'stepOver'];
      further.push({ base, steps });
    }
    return new WayBack(this.moment, [...trails, ...further]);
  }

  /** Its last stop. */
  get last(): LinePlace | undefined {
    const trail = this.trails.at(-1);
    return trail && { moment: this.moment, trail };
  }

  /** The stop before `place`: `null` at the first line, `undefined` where this does not lead. */
  before({ moment, trail }: LinePlace): LinePlace | null | undefined {
    if (!isSameMoment(moment, this.moment)) return undefined;
    const at = this.trails.findLastIndex((each) => isSameTrail(each, trail));
    const before = this.trails[at - 1];
    if (before) return { moment, trail: before };
    // What was before the first of so many steps has been forgotten.
    return at === 0 && this.trails.length < FOOTSTEPS_MAX ? null : undefined;
  }
}

/** Has a run be followed at these places. */
async function leaveFootsteps({ debuggee }: Replica, at: readonly BreakPlace[]): Promise<void> {
  const { cdp } = debuggee;
  await Promise.all(at.map((place) => hide(cdp, placeName(place), passing(place), 'footsteps')));
}

function passing(place: BreakPlace): string {
  return `${CONTROL_EXPRESSION}.footsteps.pass('${placeName(place)}', '${place.unit}')`;
}

function trailTo({ at, arrival }: Footstep): Trail {
  return { base: arrivalAt(at, arrival), steps: [] };
}

/** Whether the run has stopped at its last footstep, rather than within that line. */
function standsAt(pause: Pause, footstep: Footstep | undefined): boolean {
  const [top] = pause.handler;
  if (!top || !footstep || !['breakpoint', 'step'].includes(pause.cause.kind)) return false;
  return footstep.at === placeOf(pause) && footstep.depth === depthOf(pause);
}

/** Whether a step back from `place` is one over a line. */
export function isAtLine(place: Place | undefined, pause: Pause): place is LinePlace {
  return place?.trail !== undefined && pause.handler.length > 0;
}
