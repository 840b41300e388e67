import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Session } from '../session/session.ts';

/** What a client understands beyond what all do, as it tells when it introduces itself. */
export class ClientCapabilities {
  /** Its console understands the sequences of terminals. */
  clearsConsole = false;
  /** It reads again what it is told to be no longer true. */
  readsAgain = false;
  /**
   * It looks for a completion's `start` as if columns began at 0, whatever it says of columns, and
   * offers nothing whose characters are not found there (VS Code's `repl.ts`).
   */
  startsAt0 = false;
}

/** Tells the client that what it shows of a standstill has changed without a step. */
export function invalidateClient(session: Session, area: DebugProtocol.InvalidatedAreas): void {
  if (session.client.readsAgain && session.phase === 'stopped') {
    session.sendEvent('invalidated', { areas: [area] });
  }
}
