import { isBefore, type Moment, type Notice } from '../../runtime/index.ts';

/** Where a run that repeats what is known is to stand still. Plain data. */
export type RunTarget =
  /** That moment, or the next notice after it. */
  | { readonly kind: 'moment'; readonly moment: Moment }
  /** At the boundary before the step, or where the run comes to rest earlier. */
  | { readonly kind: 'step'; readonly step: number };

/** Whether `notice`, emitted at `moment`, reaches `target`. */
export function isTargetReached(target: RunTarget, notice: Notice, moment: Moment): boolean {
  if (target.kind === 'moment') return !isBefore(moment, target.moment);
  if (notice.kind === 'rested') return true;
  return notice.kind === 'boundary' && notice.next !== undefined && notice.step >= target.step;
}

/**
 * The boundary up to which the run can be muted: one before the first that can be the target's,
 * so that the way back from there is known.
 */
export function mutedUntil(target: RunTarget): number {
  return target.kind === 'moment' ? target.moment.boundary - 1 : target.step;
}
