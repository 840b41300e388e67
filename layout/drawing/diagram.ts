import type { EdgeKind } from '../../runtime/index.ts';
import type { Direction, Layout, LayoutEdge, LayoutGroup, LayoutNode } from '../geometry.ts';
import {
  CAPTION_GAP,
  GROUP_HEADER_HEIGHT,
  ICON_GAP,
  ICON_SIZE,
  isInline,
  PADDING,
  textSize,
} from '../sizes.ts';
import { lineHeight, NAME_FONT, TITLE_FONT, textWidth } from '../text.ts';
import { ICONS, type IconName } from './icon.ts';
import { type Arrowhead, arrowPath, linePath } from './line.ts';
import { group, type Mark, path, text, translate } from './mark.ts';
import { innerRingOf, outlineOf, rectangle, textOffset } from './shape.ts';

/** The layers of the diagram, from bottom to top. */
export interface DiagramLayers {
  readonly grounds: readonly Mark[];
  readonly edges: readonly Mark[];
  /** Above the edges: headers hide edges that enter a workflow from above. */
  readonly headers: readonly Mark[];
  readonly nodes: readonly Mark[];
}

/** Draws a layout without the state of a run. */
export function drawDiagram(layout: Layout): DiagramLayers {
  const workflows = layout.groups.filter((one) => one.kind === 'workflow');
  return {
    grounds: layout.groups.map(drawGround),
    edges: layout.edges.map(drawEdge),
    headers: workflows.map(drawHeader),
    nodes: layout.nodes
      .toSorted((a, b) => Number(a.kind === 'split') - Number(b.kind === 'split'))
      .map((node) => drawNode(node, layout.direction)),
  };
}

/** The area of an application (with its name) or of a workflow (whose name is in its header). */
export function drawGround(one: LayoutGroup): Mark {
  const radius = one.kind === 'application' ? 10 : 8;
  const ground = path('ground', rectangle(one.width, one.height, radius));
  const name = text('application-name', PADDING + 4, 20, one.label.lines.join(' '));
  const marks = one.kind === 'application' ? [ground, name] : [ground];
  return group(`group ${one.kind}`, marks, placed(one));
}

/** The header of a workflow: its name, with space for its state at the right. */
export function drawHeader(one: LayoutGroup): Mark {
  const name = one.label.lines.join(' ');
  const caption = one.label.caption;
  const nameX = PADDING + ICON_SIZE + ICON_GAP - 2;
  const baseline = GROUP_HEADER_HEIGHT / 2 + 4.5;
  const captionX = nameX + textWidth(name, TITLE_FONT) + 8;
  const outputs = one.ports.filter((port) => port.role === 'out');
  const ports = outputs.map((port): Mark => {
    const [cx, cy] = [port.x - one.x, port.y - one.y];
    return { tag: 'circle', attributes: { class: 'port', cx, cy, r: 3.5 } };
  });
  return group(
    'header workflow',
    [
      path('band', bandPath(one.width, GROUP_HEADER_HEIGHT, 8)),
      path('outline', rectangle(one.width, one.height, 8)),
      drawIcon('workflow', PADDING - 2, (GROUP_HEADER_HEIGHT - ICON_SIZE) / 2),
      text('title', nameX, baseline, name),
      text('caption', captionX, baseline, caption),
      ...ports,
    ],
    placed(one),
  );
}

export function drawNode(node: LayoutNode, direction: Direction): Mark {
  const outline = path('outline', outlineOf(node, direction));
  const ring = node.kind === 'portal' ? [path('ring', innerRingOf(node))] : [];
  const content = node.kind === 'split' ? drawSplitName(node) : drawLabel(node, direction);
  const kind = node.taskKind === undefined ? node.kind : `${node.kind} ${node.taskKind}`;
  return group(`node ${kind}`, [outline, ...ring, ...content], placed(node));
}

/** The line and its arrowhead. */
export function drawEdge(edge: LayoutEdge): Mark {
  const arrowhead = ARROWHEADS[edge.kind];
  const arrow = arrowhead && path(`arrow ${arrowhead}`, arrowPath(edge.points, arrowhead));
  const dots = edge.junctions.map(
    (at): Mark => ({
      tag: 'circle',
      attributes: { class: 'junction', cx: at.x, cy: at.y, r: 2.5 },
    }),
  );
  return group(
    `edge ${edge.kind}`,
    [path('line', linePath(edge.points)), ...(arrow ? [arrow] : []), ...dots],
    {
      'data-edge': edge.id,
    },
  );
}

/** An icon in a square of {@link ICON_SIZE} whose top left corner is at (`x`, `y`). */
function drawIcon(name: IconName, x: number, y: number): Mark {
  return group('icon', [path('stroke', ICONS[name])], translate(x, y));
}

function placed(one: LayoutGroup | LayoutNode): Mark['attributes'] {
  return { 'data-path': one.path, ...translate(one.x, one.y) };
}

/** The arrowhead of each edge kind; an edge to a sink ends in a port instead. */
const ARROWHEADS: Readonly<Record<EdgeKind, Arrowhead | undefined>> = {
  stream: 'filled',
  flow: 'filled',
  source: 'filled',
  sink: undefined,
  request: 'filled',
  reply: 'open',
};

/** Icon and text, centered in the label box. */
function drawLabel(node: LayoutNode, direction: Direction): Mark[] {
  const { label, labelBox } = node;
  const size = textSize(label, direction);
  const offset = textOffset(node, direction);
  const inner = { x: labelBox.x - node.x + offset.x, y: labelBox.y - node.y + offset.y };
  const left = round(inner.x + (labelBox.width - ICON_SIZE - ICON_GAP - size.width) / 2);
  const top = inner.y + (labelBox.height - size.height) / 2;
  const x = left + ICON_SIZE + ICON_GAP;
  const leading = lineHeight(NAME_FONT);
  const names = label.lines.map((line, index) =>
    text('name', x, round(top + leading * (index + 0.8)), line),
  );
  const [first = ''] = label.lines;
  const caption = isInline(label, direction)
    ? { x: x + textWidth(first, NAME_FONT) + CAPTION_GAP, y: top + leading * 0.8 }
    : { x, y: top + label.lines.length * leading + 10 };
  return [
    drawIcon(node.taskKind ?? node.kind, left, round(inner.y + (labelBox.height - ICON_SIZE) / 2)),
    ...names,
    text('caption', caption.x, round(caption.y), label.caption),
  ];
}

function drawSplitName(node: LayoutNode): Mark[] {
  const name = node.label.lines.join(' ');
  return [text('split-name', node.width / 2, node.height / 2 + 4, name)];
}

/** A band with rounded upper corners. */
function bandPath(width: number, height: number, radius: number): string {
  const across = width - 2 * radius;
  return (
    `M0,${height}v${radius - height}a${radius},${radius} 0 0 1 ${radius},${-radius}h${across}` +
    `a${radius},${radius} 0 0 1 ${radius},${radius}v${height - radius}z`
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
