import type { Layout } from '../../layout/index.ts';

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
 * The layout that suits a panel: left to right, the way one reads, unless the picture from top to
 * bottom can be shown clearly larger.
 */
export function betterLayout(right: Layout, down: Layout, panel: PanelSize): Layout {
  return scaleOf(right, panel) >= 0.85 * scaleOf(down, panel) ? right : down;
}

function scaleOf(layout: Layout, panel: PanelSize): number {
  return Math.min(1, panel.width / layout.width, panel.height / layout.height);
}
