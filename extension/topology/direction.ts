import type { Direction, Layout } from '../../layout/index.ts';

export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

/** At this scale texts are easy to read, so another direction would gain little. */
const GOOD_SCALE = 0.8;

/** True if the texts of a layout are easy to read when the whole diagram fits the panel. */
export function fitsWell(layout: Layout, panel: PanelSize): boolean {
  return scaleOf(layout, panel) >= GOOD_SCALE;
}

/**
 * The minimum scale of the left-to-right layout, relative to the top-to-bottom layout, at which it
 * is preferred. Left to right is the reading direction, so it may be smaller. The threshold depends
 * on the current direction, so that small size changes do not switch it.
 */
const PREFERRED_FROM = { right: 0.7, down: 1, neither: 0.85 };

/** The layout that suits a panel whose current direction is `now`. */
export function betterLayout(
  right: Layout,
  down: Layout,
  panel: PanelSize,
  now: Direction | 'neither',
): Layout {
  return scaleOf(right, panel) >= PREFERRED_FROM[now] * scaleOf(down, panel) ? right : down;
}

function scaleOf(layout: Layout, panel: PanelSize): number {
  return Math.min(1, panel.width / layout.width, panel.height / layout.height);
}
