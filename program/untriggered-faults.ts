import { CRASHABLE, type Fault, type Topology } from '../runtime/index.ts';

/** A fault that was armed for a run that has ended, and did not trigger. */
export interface UntriggeredFault {
  readonly fault: Fault;
  /** An unknown target is a mistake; the others may trigger under another schedule. */
  readonly code: 'PORTALS_FAULT_UNKNOWN_TARGET' | 'PORTALS_FAULT_NEVER_TRIGGERED';
  /** Why it did not trigger, and what to do. */
  readonly message: string;
}

/**
 * Explains the faults `armed` at the end of a run. The run was not tested under them, so a host
 * reports each one. Their occurrences count the passings still to come.
 */
export function untriggeredFaults(
  armed: readonly Fault[],
  topology: Topology,
): readonly UntriggeredFault[] {
  return armed.map((fault) => {
    const { target, point, occurrence } = fault;
    const unknown = unknownTarget(target, topology);
    if (unknown !== undefined) {
      return { fault, code: 'PORTALS_FAULT_UNKNOWN_TARGET', message: unknown };
    }
    return {
      fault,
      code: 'PORTALS_FAULT_NEVER_TRIGGERED',
      message:
        `${target} would have to pass ${point} ${occurrence} more ` +
        `${occurrence === 1 ? 'time' : 'times'}. Lower the number after #.`,
    };
  });
}

/** Says that nothing at `target` can crash and what can; `undefined` if it can crash. */
export function unknownTarget(target: string, { nodes }: Topology): string | undefined {
  const paths = nodes.filter(({ kind }) => CRASHABLE.includes(kind)).map(({ path }) => path);
  if (paths.some((path) => path === target)) return undefined;
  return `nothing at ${target} can crash; known: ${paths.join(', ') || 'none'}`;
}
