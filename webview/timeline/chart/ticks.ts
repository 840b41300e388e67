import type { Scale } from './scale.ts';

/** Minimum distance between two axis labels in pixels. */
const TICK_DISTANCE_MIN = 64;
/** Estimated width of a digit in pixels, rounded up. */
const DIGIT_WIDTH = 8;

/** The labelled steps of the axis: round numbers, as many as fit. */
export function ticksOf(scale: Scale, recorded: number): number[] {
  const least = TICK_DISTANCE_MIN / scale.stepWidth;
  const magnitude = 10 ** Math.max(0, Math.floor(Math.log10(least)));
  const every = [1, 2, 5, 10].map((factor) => factor * magnitude).find((each) => each >= least);
  const step = every ?? 10 * magnitude;
  const first = Math.max(0, Math.ceil(scale.start / step) * step);
  const last = Math.min(recorded, scale.end);
  const ticks: number[] = [];
  for (let tick = first; tick <= last; tick += step) ticks.push(tick);
  return ticks;
}

/** The label of a tick, or an empty string where it would be clipped. */
export function tickText(tick: number, scale: Scale): string {
  const text = countText(tick);
  return scale.x(tick) + text.length * DIGIT_WIDTH <= scale.width ? text : '';
}

/** Formats a number of steps with thousands separators. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}
