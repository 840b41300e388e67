import type { Layout } from '../../layout/index.ts';

export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

/** At this scale texts can be read well, so that turning the picture would gain little. */
const GOOD_SCALE = 0.8;

/**
 * The layout that suits a panel: left to right, the way one reads, unless its texts would get
 * small and the picture from top to bottom can be shown clearly larger.
 */
export function betterLayout(right: Layout, down: Layout, panel: PanelSize): Layout {
  const [across, downwards] = [scaleOf(right, panel), scaleOf(down, panel)];
  return across >= GOOD_SCALE || across >= 0.85 * downwards ? right : down;
}

function scaleOf(layout: Layout, panel: PanelSize): number {
  return Math.min(1, panel.width / layout.width, panel.height / layout.height);
}
