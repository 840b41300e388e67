import { unknownTarget } from '../../program/index.ts';
import { formatFault, parseFault } from '../../runtime/index.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Session } from './session.ts';

/** A fault as a client asks for it; see `portals/inject`. */
interface WantedFault {
  readonly kind: 'crash';
  readonly target: string;
  readonly at?: string | undefined;
  readonly occurrence?: number | undefined;
}

/** Arms a fault, and answers it as text. @throws AdapterError naming what can crash, and where. */
export async function injectFault(session: Session, fault: WantedFault): Promise<string> {
  const text = readFault(session, fault);
  await session.execution.change(text, (control) => control.call('inject', text));
  session.sendChanged();
  return text;
}

function readFault(session: Session, args: WantedFault): string {
  const { kind, target, at = 'process', occurrence = 1 } = args;
  const problem = unknownTarget(target, session.execution.report.topology);
  if (problem !== undefined) throw new AdapterError('UNKNOWN_TARGET', problem);
  try {
    return formatFault(parseFault(`${kind}:${target}@${at}#${occurrence}`));
  } catch (error) {
    throw new AdapterError('BAD_REQUEST', error instanceof Error ? error.message : String(error));
  }
}
