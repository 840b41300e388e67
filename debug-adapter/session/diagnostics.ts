import { versions } from '../dap/versions.ts';
import type { DiagnosticsBody } from '../protocol.ts';
import type { Session } from './session.ts';

/** What a bug report needs to know of a session; possible in every phase. */
export function diagnosticsOf(session: Session): DiagnosticsBody {
  const { phase, log } = session;
  const base = {
    ...versions(),
    phase,
    messages: log.messages,
  };
  // Before the first launch there are no options.
  if (phase === 'created' || session.topology === undefined) return base;
  const { program, options } = session.execution.launch;
  return { ...base, program, options };
}
