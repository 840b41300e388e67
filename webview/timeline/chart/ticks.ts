import type { Scale } from './scale.ts';

/** Pixels between two numbers of the axis, at the least. */
const TICK_DISTANCE_MIN = 64;
/** Pixels that a character of a number takes, rather too many. */
const DIGIT_WIDTH = 8;

/** The steps that the axis names: round numbers, as many as there is room for. */
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

/** What stands beside a tick: its number, or nothing where that would be cut off. */
export function tickText(tick: number, scale: Scale): string {
  const text = countText(tick);
  return scale.x(tick) + text.length * DIGIT_WIDTH <= scale.width ? text : '';
}

/** A number of steps as people read it. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}
