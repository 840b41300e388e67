import { isBefore, type Moment } from '../../runtime/index.ts';
import type { DebugAgent } from '../agent/index.ts';
import type { Cdp } from '../v8/cdp.ts';
import type { Pause } from '../v8/pause.ts';
import { setProbe } from '../v8/probe.ts';
import { AGENT, callExpression, remoteFunction } from '../v8/remote-function.ts';
import { locationName } from '../v8/script/script-location.ts';
import type { LineReplayer } from './line-replayer.ts';
import { isAtOrAfter, isEarlier, type StopPosition } from './position.ts';
import { PositionTracker } from './position-tracker.ts';

/** A stop of the past, and how it was announced. */
export interface PastStop {
  readonly position: StopPosition;
  readonly pause: Pause;
}

/** Whether nothing has ever stopped before `place`: the run had not come to any step. */
export function isFirst({ moment, path: trail }: StopPosition): boolean {
  return moment.boundary === 0 && moment.notice === 0 && !hasEarlierLines(trail);
}

/**
 * The last stop before `place` of a run that stops where the user wants it to. It goes no further
 * than to `place`: what follows may have no end.
 */
export async function lastStopBefore(
  place: StopPosition,
  lines: LineReplayer,
  cdp: Cdp,
): Promise<PastStop | undefined> {
  const positions = new PositionTracker();
  const until = boundOf(place);
  const end = await endOf(place, cdp);
  let found: PastStop | undefined;
  for (;;) {
    const pause = await lines.go({ mode: { kind: 'continue', until }, command: 'resume' });
    if (!pause || isBound(pause, end)) return found;
    const at = positions.stops(pause);
    if (!at) return found;
    if (isEarlier(at, place)) found = { position: at, pause };
    if (isAtOrAfter(at, place) || !isBefore(at.moment, until)) return found;
  }
}

/** The first moment that is worth no stop any more. */
function boundOf({ moment, path: trail }: StopPosition): Moment {
  const { boundary, notice } = moment;
  return hasEarlierLines(trail) ? { boundary, notice: notice + 1 } : moment;
}

/** A handler's entry comes before all of its lines. */
function hasEarlierLines(trail: StopPosition['path']): boolean {
  return trail !== undefined && trail.anchor.kind !== 'entry';
}

const isHitAtMoment = remoteFunction(
  ({ gate, moment }: DebugAgent, { boundary, notice }: Moment, name: string, hitCount: number) =>
    moment.boundary === boundary && moment.notice === notice && gate.countHit(name) === hitCount,
);

/** Has the run stop at `place` itself, even if no breakpoint stands there any more. */
async function endOf({ moment, path: trail }: StopPosition, cdp: Cdp): Promise<string | undefined> {
  if (trail?.anchor.kind !== 'hit') return undefined;
  const at = locationName(trail.anchor);
  const condition = callExpression(
    isHitAtMoment,
    AGENT,
    moment,
    `the end ${at}`,
    trail.anchor.hitCount,
  );
  const { breakpointId } = await setProbe(cdp, at, condition, 'end');
  return breakpointId;
}

function isBound({ cause }: Pause, end: string | undefined): boolean {
  // A breakpoint of the user may be hit at the same time.
  if (cause.kind === 'breakpoint') return cause.ids.every((id) => id === end);
  return cause.kind === 'model' && cause.stop.kind === 'bound';
}
