import type { BreakLocation } from '../breakpoints/break-locations.ts';
import { conditionIn, setAt } from '../breakpoints/line-breakpoints.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import type { Navigation } from './navigation.ts';
import type { Navigator } from './navigator.ts';

/** The id of the internal breakpoint on the line; ids of the user's breakpoints start at 1. */
const INTERNAL_ID = 0;

/** Leads to the last time before `from` that execution reached one of `locations`. */
export async function lastHitOfLine(
  { positions, replayer }: Navigator,
  from: Pause,
  locations: readonly BreakLocation[],
): Promise<Navigation> {
  const present = positions.latest;
  if (!present) throw new AdapterError('NOT_STOPPED', 'the program has not stopped anywhere yet');
  const prepare = async ({ cdp }: Debuggee) =>
    void (await setAt(cdp, locations, conditionIn(INTERNAL_ID, {})));
  const stop = await replayer.stopBefore(present, from, prepare, false);
  if (!stop?.position.path) {
    throw new AdapterError('UNKNOWN_TARGET', 'this line has not run yet', true);
  }
  const { moment, path } = stop.position;
  const announced = { reason: 'goto', description: 'The last time this line ran' };
  return { target: { kind: 'moment', moment }, path, announced };
}
