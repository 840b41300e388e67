import type { Box, Direction, LayoutNode, Point } from '../geometry.ts';
import { SLANT } from '../sizes.ts';
import { shapePath } from './line.ts';

/** The outline of a node as path data, relative to its top left corner. */
export function outlineOf(node: LayoutNode, direction: Direction): string {
  const { width, height } = node;
  switch (node.kind) {
    case 'task':
      return rectangle(width, height, 6);
    case 'split':
      return rectangle(width, height, height / 2);
    case 'portal':
      return rectangle(width, height, Math.min(width, height) / 2);
    case 'generator':
      return shapePath(transposed(pointer, node, direction), 5);
    case 'sequencer':
      return shapePath(transposed(narrowing, node, direction), 6);
    case 'splitter':
      return shapePath(transposed(widening, node, direction), 6);
  }
}

/** The inner ring of a portal. */
export function innerRingOf(node: LayoutNode): string {
  const inset = 4;
  const [width, height] = [node.width - 2 * inset, node.height - 2 * inset];
  return rectangle(width, height, Math.min(width, height) / 2, inset);
}

/** A rectangle with rounded corners. */
export function rectangle(width: number, height: number, radius: number, inset = 0): string {
  const [across, down] = [width - 2 * radius, height - 2 * radius];
  const corner = (dx: number, dy: number): string => `a${radius},${radius} 0 0 1 ${dx},${dy}`;
  return (
    `M${inset + radius},${inset}h${across}${corner(radius, radius)}v${down}` +
    `${corner(-radius, radius)}h${-across}${corner(-radius, -radius)}v${-down}` +
    `${corner(radius, -radius)}z`
  );
}

/** The offset of the text in asymmetric shapes. */
export function textOffset(node: LayoutNode, direction: Direction): Point {
  const along = { generator: -SLANT / 2, sequencer: 0, splitter: SLANT / 3 } as const;
  const shift = node.kind in along ? along[node.kind as keyof typeof along] : 0;
  return direction === 'right' ? { x: shift, y: 0 } : { x: 0, y: shift };
}

/** Corners of a shape for the direction `right`: `length` along the flow, `width` across. */
type Corners = (length: number, width: number) => Point[];

/** The shape of a generator. */
const pointer: Corners = (length, width) => [
  { x: 0, y: 0 },
  { x: length - SLANT, y: 0 },
  { x: length, y: width / 2 },
  { x: length - SLANT, y: width },
  { x: 0, y: width },
];

/** The shape of a sequencer. */
const narrowing: Corners = (length, width) => {
  const slant = Math.min(SLANT, width / 4);
  return [
    { x: 0, y: 0 },
    { x: length, y: slant },
    { x: length, y: width - slant },
    { x: 0, y: width },
  ];
};

/** The shape of a splitter. */
const widening: Corners = (length, width) =>
  narrowing(length, width).map(({ x, y }) => ({ x: length - x, y }));

function transposed(corners: Corners, box: Box, direction: Direction): Point[] {
  return direction === 'right'
    ? corners(box.width, box.height)
    : corners(box.height, box.width).map(({ x, y }) => ({ x: y, y: x }));
}
