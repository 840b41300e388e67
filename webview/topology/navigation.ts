import { type Box, centerOf } from '../../layout/index.ts';

export type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const DIRECTIONS: Readonly<Record<Arrow, { x: number; y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function isArrow(key: string): key is Arrow {
  return key in DIRECTIONS;
}

/** The direction of an arrow key. */
export function directionOf(arrow: Arrow): { readonly x: number; readonly y: number } {
  return DIRECTIONS[arrow];
}

/** The weight of the distance across the direction, relative to the distance along it. */
const ACROSS_WEIGHT = 2.5;

/** The nearest of `boxes` in the direction of the arrow key, if there is one. */
export function neighbour(
  from: Box,
  boxes: Iterable<readonly [string, Box]>,
  arrow: Arrow,
): string | undefined {
  const direction = DIRECTIONS[arrow];
  const start = centerOf(from);
  let best: { path: string; cost: number } | undefined;
  for (const [path, box] of boxes) {
    const center = centerOf(box);
    const [dx, dy] = [center.x - start.x, center.y - start.y];
    const along = dx * direction.x + dy * direction.y;
    const across = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
    const cost = along + ACROSS_WEIGHT * across;
    if (along > 1 && (best === undefined || cost < best.cost)) best = { path, cost };
  }
  return best?.path;
}
