import { unknownTarget } from '../../program/index.ts';
import { crashAt, type Fault, formatFault, type Path } from '../../runtime/index.ts';
import { AdapterError } from '../dap/errors.ts';
import type { InjectArguments } from '../protocol.ts';
import type { Session } from './session.ts';

/**
 * Arms a fault and returns it as armed, its occurrence counted from now on: a fault that another
 * one precedes at the same passing triggers at the next.
 *
 * @throws AdapterError naming what can crash, and where.
 */
export async function injectFault(session: Session, args: InjectArguments): Promise<Fault> {
  const fault = faultOf(session, args);
  const armed = await session.execution.change(formatFault(fault), (agent) =>
    agent.call('inject', fault),
  );
  session.sendChanged();
  return armed;
}

function faultOf({ execution }: Session, { target, at, occurrence }: InjectArguments): Fault {
  const problem = unknownTarget(target, execution.report.topology);
  if (problem !== undefined) throw new AdapterError('UNKNOWN_TARGET', problem);
  try {
    return crashAt(target as Path, at, occurrence);
  } catch (error) {
    throw new AdapterError('BAD_REQUEST', error instanceof Error ? error.message : String(error));
  }
}
