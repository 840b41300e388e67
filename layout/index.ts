/** Positions for a topology, and its picture. No DOM, no VS Code; the engine is pure JavaScript. */
export { dotOf } from './dot.ts';
export { layoutTopology } from './engine.ts';
export type * from './geometry.ts';
export { centerOf } from './geometry.ts';
export { svgOf } from './svg.ts';
export { textWidth } from './text.ts';
export type { LayoutAnswer, LayoutRequest } from './worker-messages.ts';
