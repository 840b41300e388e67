import { AdapterError } from '../dap/errors.ts';
import type { Session } from '../session/session.ts';
import { breakpoints } from './breakpoints.ts';
import { inspection } from './inspection.ts';
import { jumping } from './jumping.ts';
import { lifecycle } from './lifecycle.ts';
import { portals } from './portals.ts';
import { stepping } from './stepping.ts';
import type { RequestTable } from './table.ts';
import { timeTravel } from './time-travel.ts';

const REQUESTS: RequestTable = {
  ...lifecycle,
  ...breakpoints,
  ...stepping,
  ...timeTravel,
  ...jumping,
  ...inspection,
  ...portals,
};

/** The names of all requests this adapter answers. */
export const COMMANDS: readonly string[] = Object.keys(REQUESTS);

/** Answers one request with its body. @throws AdapterError for an error response. */
export function answer(
  session: Session,
  command: string,
  args: unknown,
  seq: number,
): Promise<unknown> {
  const handler = Object.hasOwn(REQUESTS, command) ? REQUESTS[command] : undefined;
  if (handler) return handler(session, args, command, seq);
  throw new AdapterError('UNKNOWN_REQUEST', `the request '${command}' is not supported`);
}
