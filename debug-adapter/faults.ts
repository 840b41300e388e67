import { formatFault, type NodeKind, parseFault } from '../runtime/index.ts';
import { AdapterError } from './errors.ts';
import type { Session } from './session.ts';

/** What can crash: whatever processes atoms. */
export const CRASHABLE: readonly NodeKind[] = [
  'generator',
  'workflow',
  'task',
  'sequencer',
  'splitter',
];

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
  session.tellChange();
  return text;
}

function readFault(session: Session, args: WantedFault): string {
  const { kind, target, at = 'process', occurrence = 1 } = args;
  const { nodes } = session.execution.report.topology;
  const crashable = nodes.filter((node) => CRASHABLE.includes(node.kind)).map(({ path }) => path);
  if (!crashable.some((path) => path === target)) {
    const known = crashable.join(', ') || 'none';
    throw new AdapterError('UNKNOWN_TARGET', `nothing at '${target}' can crash; known: ${known}`);
  }
  try {
    return formatFault(parseFault(`${kind}:${target}@${at}#${occurrence}`));
  } catch (error) {
    throw new AdapterError('BAD_REQUEST', error instanceof Error ? error.message : String(error));
  }
}
