import type { BreakPlace } from '../breakpoints/break-locations.ts';
import { conditionIn, setAt } from '../breakpoints/line-breakpoints.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Execution } from '../session/execution.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import type { Journey } from './navigation.ts';

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
  const prepare = async ({ cdp }: Debuggee) =>
    void (await setAt(cdp, places, conditionIn(NOBODYS, {})));
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
