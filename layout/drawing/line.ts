import type { Point } from '../geometry.ts';

/** Maximum radius of rounded corners in pixels. */
const CORNER_RADIUS = 7;

/** The path data of a line through `points`, with rounded corners. */
export function linePath(points: readonly Point[], radius = CORNER_RADIUS): string {
  const [start, ...rest] = points;
  if (start === undefined) return '';
  const pieces = rest.map((point, index) => {
    const before = points[index] ?? start;
    const after = rest[index + 1];
    return after === undefined ? `L${at(point)}` : corner(before, point, after, radius);
  });
  return `M${at(start)}${pieces.join('')}`;
}

/** The path data of a closed shape through `points`, with rounded corners. */
export function shapePath(points: readonly Point[], radius = CORNER_RADIUS): string {
  const corners = points.map((point, index) => {
    const before = points.at(index - 1) ?? point;
    const after = points[(index + 1) % points.length] ?? point;
    return corner(before, point, after, radius);
  });
  return `${corners.join('').replace('L', 'M')}Z`;
}

export type Arrowhead = 'filled' | 'open';

/** The path data of an arrowhead whose tip is the last of `points`. */
export function arrowPath(points: readonly Point[], arrowhead: Arrowhead): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) return '';
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const along = { x: (tip.x - before.x) / length, y: (tip.y - before.y) / length };
  const wing = (side: 1 | -1): Point => ({
    x: tip.x - along.x * ARROW.length - along.y * ARROW.halfWidth * side,
    y: tip.y - along.y * ARROW.length + along.x * ARROW.halfWidth * side,
  });
  const outline = `M${at(wing(1))}L${at(tip)}L${at(wing(-1))}`;
  return arrowhead === 'filled' ? `${outline}Z` : outline;
}

const ARROW = { length: 8, halfWidth: 4 };

/** A line to the corner and a curve around it. */
function corner(before: Point, point: Point, after: Point, radius: number): string {
  const inset = Math.min(radius, distance(before, point) / 2, distance(point, after) / 2);
  const enter = towards(point, before, inset);
  const leave = towards(point, after, inset);
  return `L${at(enter)}Q${at(point)} ${at(leave)}`;
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to) || 1;
  return {
    x: from.x + ((to.x - from.x) * length) / whole,
    y: from.y + ((to.y - from.y) * length) / whole,
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function at(point: Point): string {
  return `${tenth(point.x)},${tenth(point.y)}`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
