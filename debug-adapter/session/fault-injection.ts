import { CRASHABLE, formatFault, parseFault, type Topology } from '../../runtime/index.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Session } from './session.ts';
import type { StatusReport } from './status-report.ts';

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

/** What a run that is over says of the faults that it was to be tried with, and was not. */
export function untriggeredFaultTexts({ status, topology }: StatusReport): string[] {
  return status.armed.map((text) => {
    const { target, point, occurrence } = parseFault(text);
    const problem =
      noTarget(target, topology) ??
      `${target} would have had to pass ${point} ${occurrence} more time${occurrence > 1 ? 's' : ''}`;
    return `⚠ A crash of ${target} at ${point} did not strike: ${problem}`;
  });
}

function readFault(session: Session, args: WantedFault): string {
  const { kind, target, at = 'process', occurrence = 1 } = args;
  const problem = noTarget(target, session.execution.report.topology);
  if (problem !== undefined) throw new AdapterError('UNKNOWN_TARGET', problem);
  try {
    return formatFault(parseFault(`${kind}:${target}@${at}#${occurrence}`));
  } catch (error) {
    throw new AdapterError('BAD_REQUEST', error instanceof Error ? error.message : String(error));
  }
}

function noTarget(target: string, { nodes }: Topology): string | undefined {
  const crashable = nodes.filter((node) => CRASHABLE.includes(node.kind)).map(({ path }) => path);
  if (crashable.some((path) => path === target)) return undefined;
  return `nothing at '${target}' can crash; known: ${crashable.join(', ') || 'none'}`;
}
