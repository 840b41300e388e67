/** Layout and drawing of topologies. Independent of the DOM and of VS Code. */
export { dotOf } from './dot.ts';
export { layoutTopology } from './engine.ts';
export type * from './geometry.ts';
export { centerOf } from './geometry.ts';
export { svgOf } from './svg.ts';
export { textWidth } from './text.ts';
export type { LayoutRequest, LayoutResponse } from './worker-messages.ts';
