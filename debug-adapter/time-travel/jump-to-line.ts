import type { BreakLocation } from '../breakpoints/break-locations.ts';
import { conditionIn, setAt } from '../breakpoints/line-breakpoints.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Execution } from '../session/execution.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import type { Navigation } from './navigation.ts';

/** The breakpoint that stops at a line for once has this number; no breakpoint of a user has. */
const NOBODYS = 0;

/** To the last time that any of `places` was reached before the present. */
export async function lastHitOfLine(
  execution: Execution,
  from: Pause,
  places: readonly BreakLocation[],
): Promise<Navigation> {
  const { positions: whereabouts, navigator: journeys } = execution;
  const present = whereabouts.latest;
  if (!present) throw new AdapterError('NOT_STOPPED', 'the program has not stopped anywhere yet');
  const prepare = async ({ cdp }: Debuggee) =>
    void (await setAt(cdp, places, conditionIn(NOBODYS, {})));
  const stop = await journeys.stopBefore(present, from, prepare, false);
  if (!stop?.position.path) {
    throw new AdapterError(
      'UNKNOWN_TARGET',
      'this line has not run before the present place',
      true,
    );
  }
  const { moment, path: trail } = stop.position;
  const announced = { reason: 'goto', description: 'The last time this line ran' };
  return { target: { kind: 'moment', moment }, path: trail, announced };
}
