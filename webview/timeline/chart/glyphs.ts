import type { PanelChoice } from '../../panel/messages.ts';

/** The action of a step. */
export type Action = PanelChoice['action'];

/** The shape of each action, centered at the origin, about ten pixels wide. */
export const GLYPHS: Readonly<Record<Action, string>> = {
  generate: 'M-4,-4.5 L5,0 L-4,4.5 Z',
  atom: 'M-4.2,0 a4.2,4.2 0 1,0 8.4,0 a4.2,4.2 0 1,0 -8.4,0 Z',
  seal: 'M-3.8,-3.8 H3.8 V3.8 H-3.8 Z',
  requests: 'M0,-5.2 L5.2,0 L0,5.2 L-5.2,0 Z',
  replies: 'M0,-5.2 L5.2,0 L0,5.2 L-5.2,0 Z M0,-2.4 L-2.4,0 L0,2.4 L2.4,0 Z',
};

/** The meaning of each shape, for the legend. */
export const GLYPH_NAMES: Readonly<Record<Action, string>> = {
  generate: 'generates an atom',
  atom: 'processes an atom',
  seal: 'receives the end of a stream',
  requests: 'answers requests',
  replies: 'receives replies',
};

/** The bolt next to the shape of a step that crashed and recovered. */
export const BOLT = 'M1.4,-6.2 L-4,1 H-0.4 L-1.4,6.2 L4,-1.2 H0.4 Z';

/** The scale of a glyph for a step width; at most 1. */
export function glyphScale(stepWidth: number): number {
  return Math.min(1, Math.max(0.5, stepWidth / 12));
}
