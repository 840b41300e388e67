import type { EdgeKind, NodeKind, Path, TaskKind } from '../runtime/index.ts';

/**
 * Where everything of a topology stands: plain numbers and strings, in pixels at 100 % zoom, with
 * the origin at the top left of the picture. It survives JSON, so a worker can send it to a panel.
 */
export interface Layout {
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  /** Outer groups before the groups they hold, so that painting in order is right. */
  readonly groups: readonly LayoutGroup[];
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

/** Which way atoms flow through the picture: left to right, or top to bottom. */
export type Direction = 'right' | 'down';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A node's text: what it is called, and below it in small what it is. */
export interface Label {
  /** The name, broken into lines where it is long; never shortened. */
  readonly lines: readonly string[];
  readonly caption: string;
}

/** An application, or a workflow within one. */
export interface LayoutGroup extends Box {
  readonly path: Path;
  readonly kind: 'application' | 'workflow';
  readonly label: Label;
  /** The band at the top that carries the label and, for a workflow, its state. */
  readonly header: Box;
  readonly parent?: Path;
  /** Where the workflow's source and sink meet its border. */
  readonly ports: readonly LayoutPort[];
}

/** Any other element. The box of a split lies within that of its splitter. */
export interface LayoutNode extends Box {
  readonly path: Path;
  readonly kind: Exclude<NodeKind, 'workflow'>;
  readonly label: Label;
  readonly parent: Path;
  readonly taskKind?: TaskKind;
  /** Where in the picture the icon and the label go. */
  readonly labelBox: Box;
  readonly ports: readonly LayoutPort[];
}

/** A place on a border where edges attach. */
export interface LayoutPort extends Point {
  readonly role: PortRole;
}

/** `in` and `out` carry atoms or events, `ask` requests and `answer` replies, both to a portal. */
export type PortRole = 'in' | 'out' | 'ask' | 'answer';

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
  /** At least two; horizontal and vertical pieces alternate. */
  readonly points: readonly Point[];
  /** Where a stream forks. */
  readonly junctions: readonly Point[];
  /** Room at the producer's end for the number of committed atoms. */
  readonly tail: Box;
  /** Room at the consumer's end for the number of waiting atoms. */
  readonly head: Box;
}

/** The middle of a box. */
export function centerOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
