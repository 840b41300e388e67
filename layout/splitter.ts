import type { Path, TopologyNode } from '../runtime/index.ts';
import type { Box, Direction, Point } from './geometry.ts';
import { type Size, SLANT, SPLIT_GAP, SPLIT_HEIGHT, sizeOf } from './sizes.ts';

/** A splitter with chips for its splits on the output side. */
export interface SplitterPlan extends Size {
  /** The label box, relative to the top left corner of the splitter. */
  readonly labelBox: Box;
  readonly splits: readonly SplitPlace[];
}

export interface SplitPlace {
  readonly path: Path;
  readonly box: Box;
  /** The output port of the split. */
  readonly out: Point;
}

/** Lays out the chips in the order of the builder calls. */
export function planSplitter(
  splitter: TopologyNode,
  splits: readonly TopologyNode[],
  direction: Direction,
): SplitterPlan {
  const own = sizeOf(splitter, direction);
  const chips = splits.map((split) => ({ path: split.path, ...sizeOf(split, direction) }));
  return direction === 'right' ? stack(own, chips) : row(own, chips);
}

type Chip = Size & { readonly path: Path };

/** Direction `right`: chips stacked at the right. */
function stack(own: Size, chips: readonly Chip[]): SplitterPlan {
  const widest = Math.max(0, ...chips.map((chip) => chip.width));
  const stacked = chips.length * (SPLIT_HEIGHT + SPLIT_GAP) - SPLIT_GAP;
  const width = own.width + widest;
  const height = Math.max(own.height, stacked + 2 * SPLIT_GAP + SLANT);
  let y = (height - stacked) / 2;
  const splits = chips.map((chip): SplitPlace => {
    const box = { x: width - chip.width, y, width: chip.width, height: chip.height };
    y += SPLIT_HEIGHT + SPLIT_GAP;
    return { path: chip.path, box, out: { x: width, y: box.y + box.height / 2 } };
  });
  return { width, height, labelBox: { x: 0, y: 0, width: own.width, height }, splits };
}

/** Direction `down`: chips in a row at the bottom. */
function row(own: Size, chips: readonly Chip[]): SplitterPlan {
  const long = chips.reduce((sum, chip) => sum + chip.width + SPLIT_GAP, -SPLIT_GAP);
  const width = Math.max(own.width, long + 2 * SLANT);
  const height = own.height + SPLIT_HEIGHT;
  let x = (width - long) / 2;
  const splits = chips.map((chip): SplitPlace => {
    const box = { x, y: height - chip.height, width: chip.width, height: chip.height };
    x += chip.width + SPLIT_GAP;
    return { path: chip.path, box, out: { x: box.x + box.width / 2, y: height } };
  });
  return { width, height, labelBox: { x: 0, y: 0, width, height: own.height }, splits };
}
