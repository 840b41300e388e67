import type { Fault, Notice, ProtocolPoint } from '../../runtime/index.ts';
import type { Run } from './run-program.ts';

/**
 * Every passing of a protocol point that the notices of an instrumented run report, each as the
 * crash that would trigger there. A `process` point is passed by the task as well as by its unit;
 * crashing either is the same, so the task's passings stand for both. Of all of them only those in
 * the steps that are `wanted`, if it says so.
 */
export function passings(
  notices: readonly Notice[],
  wanted: (step: number) => boolean = () => true,
): Fault[] {
  const counts = new Map<string, number>();
  const found: Fault[] = [];
  const pass = (target: Fault['target'], point: ProtocolPoint, step: number) => {
    const occurrence = (counts.get(target + point) ?? 0) + 1;
    counts.set(target + point, occurrence);
    if (wanted(step)) found.push({ kind: 'crash', target, point, occurrence });
  };
  for (const notice of notices) {
    if (notice.kind === 'point') pass(notice.unit, notice.point, notice.step);
    if (notice.kind === 'after-event') pass(notice.site.task, 'process', notice.site.step);
  }
  return found;
}

/** What a crash may not change: everything but the notices, and how often the run crashed. */
export function history({
  notices: _,
  crashes: __,
  ...rest
}: Run): Omit<Run, 'notices' | 'crashes'> {
  return rest;
}
