import { CONTROL_EXPRESSION, FOOTSTEPS_MAX, type Footstep } from '../../host/index.ts';
import { isSameMoment } from '../../runtime/index.ts';
import type { BreakPlace } from '../breakpoint-places.ts';
import type { Execution } from '../execution.ts';
import { depthOf, type Pause } from '../pause.ts';
import { locationOf } from '../steering.ts';
import { hide } from './assignments.ts';
import { isSameTrail, type Place, type Trail } from './place.ts';
import type { Replica } from './replica.ts';
import type { Walker } from './walker.ts';

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

/**
 * The way by which a run has come to a line, as steps back go: by the stop before, in the same
 * function or in one that called it, as Step Over would have come by there.
 */
export class WayBack {
  private readonly end: LinePlace;
  /** The ways to the stops before the end, earliest first. */
  private readonly trails: readonly Trail[];

  private constructor(end: LinePlace, before: readonly Footstep[]) {
    this.end = end;
    this.trails = before.map(({ at, arrival }) => {
      const { lineNumber: line, columnNumber: column } = locationOf(at);
      return { base: { kind: 'arrival', line, column, arrival }, steps: [] };
    });
  }

  /** Has a run in reserve, which stands at the place's moment, go there and be followed. */
  static async to(
    place: LinePlace,
    around: readonly BreakPlace[],
    replica: Replica,
    walker: Walker,
  ): Promise<WayBack> {
    const { cdp, control } = replica.debuggee;
    await Promise.all(
      around.map(({ line, column, unit }) => {
        const at = `${line}:${column}`;
        const passes = `${CONTROL_EXPRESSION}.footsteps.pass('${at}', '${unit}')`;
        return hide(cdp, at, passes, 'footsteps');
      }),
    );
    const pause = await walker.follow(place.trail);
    const footsteps = await control.call('footstepsFrom', depthOf(pause));
    const isHere = standsAt(pause, footsteps.at(-1));
    return new WayBack(place, isHere ? footsteps.slice(0, -1) : footsteps);
  }

  /** The stop before `place`: `null` at the first line, `undefined` where this does not lead. */
  before({ moment, trail }: LinePlace): LinePlace | null | undefined {
    if (!isSameMoment(moment, this.end.moment)) return undefined;
    const trails = [...this.trails, this.end.trail];
    const at = trails.findLastIndex((each) => isSameTrail(each, trail));
    const before = trails[at - 1];
    if (before) return { moment, trail: before };
    // What was before the first of so many steps has been forgotten.
    return at === 0 && this.trails.length < FOOTSTEPS_MAX ? null : undefined;
  }
}

/** Whether the run has stopped at its last footstep, rather than within that line. */
function standsAt(pause: Pause, footstep: Footstep | undefined): boolean {
  const [top] = pause.handler;
  if (!top || !footstep || !['breakpoint', 'step'].includes(pause.cause.kind)) return false;
  const { lineNumber, columnNumber = 0 } = top.location;
  return footstep.at === `${lineNumber}:${columnNumber}` && footstep.depth === depthOf(pause);
}

/** Whether a step back from `place` is one over a line. */
export function isAtLine(place: Place | undefined, pause: Pause): place is LinePlace {
  return place?.trail !== undefined && pause.handler.length > 0;
}
