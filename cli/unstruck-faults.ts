import type { Diagnostic } from '../program/index.ts';
import { CRASHABLE, type Fault, formatFault, type Topology } from '../runtime/index.ts';

/**
 * A fault that never struck is told: the run says nothing about what it was meant to test. One
 * whose target does not exist is an error, the others may strike under another schedule.
 */
export function untriggeredFaults(
  faults: readonly Fault[],
  struck: ReadonlySet<string>,
  topology: Topology,
): { readonly errors: readonly Diagnostic[]; readonly warnings: readonly Diagnostic[] } {
  const crashable = topology.nodes.filter(({ kind }) => CRASHABLE.includes(kind));
  const paths: string[] = crashable.map(({ path }) => path);
  const unstruck = faults.filter((fault) => !struck.has(JSON.stringify(fault)));
  return {
    errors: unstruck
      .filter((fault) => !paths.includes(fault.target))
      .map((fault) => ({
        code: 'PORTALS_FAULT_UNKNOWN_TARGET',
        message:
          `fault '${formatFault(fault)}': nothing at ${fault.target} can crash. ` +
          `Known: ${paths.join(', ')}.`,
      })),
    warnings: unstruck
      .filter((fault) => paths.includes(fault.target))
      .map((fault) => ({
        code: 'PORTALS_FAULT_NEVER_STRUCK',
        message:
          `fault '${formatFault(fault)}': ${fault.target} passed ${fault.point} less than ` +
          `${fault.occurrence} times. Lower the number after #.`,
      })),
  };
}
