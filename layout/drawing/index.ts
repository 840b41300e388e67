/** The shapes, lines, icons and colours of the picture, for whoever draws it: panel or exporter. */
export { ICONS, type IconName } from './icon.ts';
export { arrowPath, linePath } from './line.ts';
export type { Mark } from './mark.ts';
export { drawEdge, drawGround, drawHeader, drawIcon, drawNode } from './picture.ts';
export { innerRingOf, outlineOf, rectangle } from './shape.ts';
export { colourStyle, DARK, LIGHT, type Palette, SHAPE_STYLE } from './style.ts';
