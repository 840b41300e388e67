/** Shapes, lines, icons and styles of the diagram, shared by the panel and the SVG export. */

export { drawEdge, drawGround, drawHeader, drawNode } from './diagram.ts';
export { ICONS, type IconName } from './icon.ts';
export type { Mark } from './mark.ts';
export { colourStyle, type Palette, SHAPE_STYLE } from './style.ts';
