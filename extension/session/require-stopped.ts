import { UserError } from '../user-error.ts';
import type { PortalsSession } from './portals-session.ts';

/**
 * @throws UserError saying what is impossible, unless the app of `session` is stopped or stepping.
 */
export function requireStopped(session: PortalsSession, what: string): PortalsSession {
  if (session.isStopped || session.isStepping) return session;
  throw new UserError('PORTALS_RUNNING', `The app is running, so ${what}.`, 'Pause it first.', [
    { title: 'Pause', command: 'workbench.action.debug.pause' },
  ]);
}
