import type { EdgeKind, NodeKind, Path, TaskKind } from '../runtime/index.ts';

/**
 * The positions of all elements of a topology, in pixels at 100 % zoom, with the origin at the top
 * left. Plain data, so it can be serialized.
 */
export interface Layout {
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  /** Outer groups before inner groups, in painting order. */
  readonly groups: readonly LayoutGroup[];
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

/** The direction in which atoms flow: left to right or top to bottom. */
export type Direction = 'right' | 'down';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** The text of a node: its name and, smaller, its kind. */
export interface Label {
  /** The name, broken into lines if it is long; never truncated. */
  readonly lines: readonly string[];
  readonly caption: string;
}

/** An application, or a workflow within one. */
export interface LayoutGroup extends Box {
  readonly path: Path;
  readonly kind: 'application' | 'workflow';
  readonly label: Label;
  /** The band at the top with the label and, for a workflow, its state. */
  readonly header: Box;
  readonly parent?: Path;
  /** The ports of the source and the sink of a workflow. */
  readonly ports: readonly LayoutPort[];
}

/** Any other element. The box of a split is inside the box of its splitter. */
export interface LayoutNode extends Box {
  readonly path: Path;
  readonly kind: Exclude<NodeKind, 'workflow'>;
  readonly label: Label;
  readonly parent: Path;
  readonly taskKind?: TaskKind;
  /** The box of the icon and the label. */
  readonly labelBox: Box;
  readonly ports: readonly LayoutPort[];
}

/** A point on a border where edges attach. */
export interface LayoutPort extends Point {
  readonly role: PortRole;
}

/** `in` and `out` carry atoms or events, `request` and `reply` portal messages. */
export type PortRole = 'in' | 'out' | 'request' | 'reply';

/**
 * A line from `from` to `to`, in the direction of its arrow. Requests run from the asker to the
 * portal and replies from the replier to the portal.
 */
export interface LayoutEdge {
  readonly id: string;
  readonly kind: EdgeKind;
  readonly from: Path;
  readonly to: Path;
  /** The stream whose atoms the edge carries. */
  readonly stream?: Path;
  /** At least two points; horizontal and vertical segments alternate. */
  readonly points: readonly Point[];
  /** The points where a stream forks. */
  readonly junctions: readonly Point[];
  /** Space at the producer for the badge of committed atoms. */
  readonly tail: Box;
  /** Space at the consumer for the badge of queued atoms. */
  readonly head: Box;
}

/** The middle of a box. */
export function centerOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
