import { PROGRAM_URL } from '../../host/index.ts';
import { conditionOf } from '../breakpoint-condition.ts';
import type { BreakPlace } from '../breakpoint-places.ts';
import type { Debuggee } from '../debuggee.ts';
import { AdapterError } from '../errors.ts';
import type { Execution } from '../execution.ts';
import type { Pause } from '../pause.ts';
import { placeName } from '../script-place.ts';
import type { Journey } from './journey.ts';

/** The breakpoint that stops at a line for once has this number; no breakpoint of a user has. */
const NOBODYS = 0;

/** To the last time that any of `places` was reached before the present. */
export async function lastTimeAt(
  execution: Execution,
  from: Pause,
  places: readonly BreakPlace[],
): Promise<Journey> {
  const { whereabouts, journeys } = execution;
  const present = whereabouts.latest;
  if (!present) throw new AdapterError('NOT_STOPPED', 'the program has not stopped anywhere yet');
  const prepare = (debuggee: Debuggee) => stopAt(debuggee, places);
  const stop = await journeys.stopBefore(present, from, prepare, false);
  if (!stop?.place.trail) {
    throw new AdapterError(
      'UNKNOWN_TARGET',
      'this line has not run before the present place',
      true,
    );
  }
  const { moment, trail } = stop.place;
  const announced = { reason: 'goto', description: 'The last time this line ran' };
  return { target: { kind: 'moment', moment }, trail, announced };
}

async function stopAt({ cdp }: Debuggee, places: readonly BreakPlace[]): Promise<void> {
  for (const place of places) {
    const { line: lineNumber, column: columnNumber } = place;
    const condition = conditionOf(NOBODYS, {}, placeName(place));
    const asked = { url: PROGRAM_URL, lineNumber, columnNumber, condition };
    await cdp.send('Debugger.setBreakpointByUrl', asked);
  }
}
