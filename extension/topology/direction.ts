import type { Direction, Layout } from '../../layout/index.ts';

export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

/** At this scale texts can be read well, so that turning the picture would gain little. */
const GOOD_SCALE = 0.8;

/** True if the texts of a layout can be read well in a panel that shows all of it. */
export function fitsWell(layout: Layout, panel: PanelSize): boolean {
  return scaleOf(layout, panel) >= GOOD_SCALE;
}

/**
 * How large, compared to the picture from top to bottom, the one from left to right must be shown
 * to be preferred. It is how one reads, so it may be smaller; and a picture that is shown already
 * is not turned for a little gain, as when the panel's header takes another line.
 */
const PREFERRED_FROM = { right: 0.7, down: 1, neither: 0.85 };

/** The layout that suits a panel that now shows one in direction `now`. */
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
