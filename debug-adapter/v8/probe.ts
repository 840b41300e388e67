import { PROGRAM_URL } from '../../program/index.ts';
import type { DebugAgent } from '../agent/index.ts';
import type { Cdp } from './cdp.ts';
import { AGENT, callExpression, remoteFunction } from './remote-function.ts';
import { locationOf } from './script/script-location.ts';

/** A breakpoint that never pauses: its condition runs for its side effect and is false. */
export interface Probe {
  readonly breakpointId: string;
  readonly condition: string;
}

const isHit = remoteFunction(
  ({ gate }: DebugAgent, name: string, hitCount: number) => gate.countHit(name) === hitCount,
);

/** A condition that counts under `name` each time it is evaluated, and holds at the n-th. */
export function holdsAtHit(name: string, hitCount: number): string {
  return callExpression(isHit, AGENT, name, hitCount);
}

/** A condition that counts under `name`, and never holds. */
export function countsHits(name: string): string {
  return holdsAtHit(name, -1);
}

const PROGRAM_PATTERN = `${PROGRAM_URL.replaceAll('.', '\\.')}$`;

/**
 * Evaluates `condition` whenever execution reaches `at`, a `LINE:COLUMN` location of the script.
 * Each location can carry one probe for each `purpose`, beside the user's breakpoints.
 */
export async function setProbe(
  cdp: Cdp,
  at: string,
  condition: string,
  purpose: 'assign' | 'count' | 'end' | 'line-trace' | 'stand-in',
): Promise<Probe> {
  // V8 identifies a breakpoint by its URL pattern and location, so the purpose is in the pattern.
  const urlRegex = `${PROGRAM_PATTERN}(?!${purpose})`;
  const place = { urlRegex, ...locationOf(at), condition };
  const { breakpointId } = await cdp.send('Debugger.setBreakpointByUrl', place);
  return { breakpointId, condition };
}
