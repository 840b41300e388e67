import type { TopologyNode } from '../runtime/index.ts';
import type { Direction, Label } from './geometry.ts';
import {
  breakName,
  CAPTION_FONT,
  lineHeight,
  NAME_FONT,
  SPLIT_FONT,
  TITLE_FONT,
  textWidth,
} from './text.ts';

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The maximum length of a line of a name; longer names take several lines. */
const LINE_LIMIT = 24;

/** The size of the icon of a node. */
export const ICON_SIZE = 16;
/** The gap between border and icon, and between icon and text. */
export const PADDING = 10;
export const ICON_GAP = 8;

/** The width of the slanted sides of a shape. */
export const SLANT = 12;

export const GROUP_HEADER_HEIGHT = 28;
/** Space in a workflow header for the badge of its state ("recovering"). */
const STATE_WIDTH = 104;

export const SPLIT_HEIGHT = 22;
export const SPLIT_GAP = 6;

/** An unnamed element (`$3`) has its kind as the name and its number as the caption. */
export function labelOf(node: TopologyNode): Label {
  const kind = node.taskKind ?? node.kind;
  const unnamed = /^\$\d+$/.test(node.name) || node.name === '';
  return unnamed
    ? { lines: [kind], caption: node.name }
    : { lines: breakName(node.name, LINE_LIMIT), caption: kind };
}

/** The least size at which everything of a node's text can be read. */
export function sizeOf(node: TopologyNode, direction: Direction): Size {
  if (node.kind === 'split') return splitSize(node);
  const text = textSize(labelOf(node), direction);
  const width = PADDING + ICON_SIZE + ICON_GAP + text.width + PADDING;
  const height = text.height + 10;
  switch (node.kind) {
    case 'task':
    case 'workflow':
      return { width, height };
    case 'generator':
      return direction === 'right'
        ? { width: width + SLANT, height }
        : { width: width + 4, height: height + SLANT };
    case 'sequencer':
    case 'splitter':
      return direction === 'right'
        ? { width: width + SLANT, height: height + SLANT }
        : { width: width + 2 * SLANT, height: height + 4 };
    case 'portal':
      return { width: width + 24, height: height + 8 };
  }
}

/** The minimum size of a group, so that its header is not clipped. */
export function groupSize(label: Label, kind: 'application' | 'workflow'): Size {
  const title = Math.max(...label.lines.map((line) => textWidth(line, TITLE_FONT)));
  const caption = textWidth(label.caption, CAPTION_FONT);
  const state = kind === 'workflow' ? STATE_WIDTH : 0;
  const icon = kind === 'workflow' ? ICON_SIZE + ICON_GAP : 0;
  return { width: PADDING + icon + title + ICON_GAP + caption + state + PADDING, height: 72 };
}

/** The gap between a name and a caption beside it. */
export const CAPTION_GAP = 7;

/**
 * True if the caption is beside the name rather than below it: saves height in the direction
 * `down`, unless the name has several lines.
 */
export function isInline(label: Label, direction: Direction): boolean {
  return direction === 'down' && label.lines.length === 1;
}

/** The size of name and caption. */
export function textSize(label: Label, direction: Direction): Size {
  const name = Math.max(...label.lines.map((line) => textWidth(line, NAME_FONT)), 0);
  const caption = textWidth(label.caption, CAPTION_FONT);
  if (isInline(label, direction)) {
    return { width: name + CAPTION_GAP + caption, height: lineHeight(NAME_FONT) };
  }
  const height = label.lines.length * lineHeight(NAME_FONT) + lineHeight(CAPTION_FONT);
  return { width: Math.max(name, caption), height };
}

function splitSize(node: TopologyNode): Size {
  return { width: textWidth(node.name, SPLIT_FONT) + 2 * PADDING, height: SPLIT_HEIGHT };
}
