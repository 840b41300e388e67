import type { ElkExtendedEdge, ElkNode, ElkPort, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Path, Topology, TopologyNode } from '../runtime/index.ts';
import { type EdgeEnd, isThrough, type PlacedEdge, placedEdges } from './ends.ts';
import { applicationOptions, rootOptions, workflowOptions } from './engine-options.ts';
import type { Box, Direction, Point } from './geometry.ts';
import { readingOrder } from './order.ts';
import { groupSize, labelOf, type Size, sizeOf } from './sizes.ts';
import { planSplitter, type SplitterPlan } from './splitter.ts';

/** A topology in the layout engine's terms, and what is needed to read its answer. */
export interface Graph {
  readonly root: ElkNode;
  readonly edges: readonly PlacedEdge[];
  /** Where the splits stand within each splitter. */
  readonly splitters: ReadonlyMap<Path, SplitterPlan>;
}

/** Room for one sequencer input, so that the badges of two inputs do not touch. */
const INPUT_PITCH = { right: 26, down: 36 };

/**
 * Builds the nested graph: applications hold workflows and other elements, workflows tasks. The
 * engine only ever sees pictures that flow to the right: one that flows downwards is handed over
 * with x and y exchanged ({@link turn}), and its answer turned back.
 */
export function graphOf(
  topology: Topology,
  direction: Direction,
  heights: PortHeights = new Map(),
): Graph {
  const all = placedEdges(topology);
  const edges = all.filter((edge) => !isThrough(edge));
  const building: Building = {
    direction,
    heights,
    children: childrenByParent(readingOrder(topology, edges)),
    ends: endsByPath(all),
    splitters: new Map(),
  };
  const applications = topology.applications.map(({ path }) => applicationNode(path, building));
  const root: ElkNode = {
    id: 'root',
    layoutOptions: rootOptions(direction),
    children: applications,
    edges: edges.map((edge, index) => elkEdge(edge, index)),
  };
  return { root, edges, splitters: building.splitters };
}

/** The name of a port in the graph. */
export function portId(end: EdgeEnd): string {
  return [end.path, end.role, end.edge].join(' ');
}

/**
 * How far down its element a port stands, from 0 to 1, by port id. The ports of an element with
 * requests or replies that are missing here are left to the engine.
 */
export type PortHeights = ReadonlyMap<string, number>;

/** Exchanges x and y, width and height, if the picture flows downwards. */
export function turn<Shape extends Partial<Box>>(shape: Shape, direction: Direction): Shape {
  if (direction === 'right') return shape;
  const turned = Object.entries(shape).map(([name, value]) => [TURNED.get(name) ?? name, value]);
  return Object.fromEntries(turned);
}

const TURNED = new Map([
  ['x', 'y'],
  ['y', 'x'],
  ['width', 'height'],
  ['height', 'width'],
]);

interface Building {
  readonly direction: Direction;
  readonly heights: PortHeights;
  readonly children: ReadonlyMap<Path, readonly TopologyNode[]>;
  readonly ends: ReadonlyMap<Path, readonly EdgeEnd[]>;
  readonly splitters: Map<Path, SplitterPlan>;
}

function childrenByParent(nodes: readonly TopologyNode[]): Map<Path, TopologyNode[]> {
  const children = new Map<Path, TopologyNode[]>();
  for (const node of nodes) {
    const parent = node.parent ?? node.application;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [node]);
    else siblings.push(node);
  }
  return children;
}

function endsByPath(edges: readonly PlacedEdge[]): Map<Path, EdgeEnd[]> {
  const ends = new Map<Path, Map<string, EdgeEnd>>();
  for (const end of edges.flatMap((edge) => [edge.first, edge.second])) {
    const own = ends.get(end.path) ?? new Map<string, EdgeEnd>();
    ends.set(end.path, own.set(portId(end), end));
  }
  return new Map([...ends].map(([path, own]) => [path, [...own.values()]]));
}

function applicationNode(path: Path, building: Building): ElkNode {
  const label = { lines: [path], caption: 'application' };
  return groupNode(
    path,
    groupSize(label, 'application'),
    applicationOptions(building.direction),
    building,
  );
}

function elementNode(node: TopologyNode, building: Building): ElkNode {
  if (node.kind === 'splitter') return splitterNode(node, building);
  if (node.kind === 'workflow') {
    const size = groupSize(labelOf(node), 'workflow');
    return groupNode(node.path, size, workflowOptions(building.direction), building);
  }
  const ends = building.ends.get(node.path) ?? [];
  const size = turn(sizeOf(node, building.direction), building.direction);
  const free = ends.some((end) => isPortalEnd(end) && !building.heights.has(portId(end)));
  if (node.kind === 'sequencer') return looseNode(node, roomy(size, ends, building), ends);
  if (free) return looseNode(node, size, ends);
  return {
    id: node.path,
    ...size,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: ends.map((end) => elkPort(end, portPlace(end, size, building.heights))),
  };
}

/** A node whose ports keep to their side, but in an order that the engine may choose. */
function looseNode(node: TopologyNode, size: Size, ends: readonly EdgeEnd[]): ElkNode {
  return {
    id: node.path,
    ...size,
    layoutOptions: { 'elk.portConstraints': 'FIXED_SIDE' },
    ports: ends.map((end) => elkPort(end)),
  };
}

/** Every input of a sequencer has its own place. */
function roomy(size: Size, ends: readonly EdgeEnd[], { direction }: Building): Size {
  const inputs = ends.filter((end) => end.role === 'in').length;
  return { ...size, height: Math.max(size.height, inputs * INPUT_PITCH[direction]) };
}

function isPortalEnd(end: EdgeEnd): boolean {
  return end.role === 'ask' || end.role === 'answer';
}

function groupNode(path: Path, size: Size, options: LayoutOptions, building: Building): ElkNode {
  const children = building.children.get(path) ?? [];
  const least = turn(size, building.direction);
  const ends = building.ends.get(path) ?? [];
  return {
    id: path,
    ...(children.length === 0 && least),
    layoutOptions: {
      ...options,
      'elk.portConstraints': 'FIXED_SIDE',
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${least.width},${least.height})`,
    },
    ports: ends.map((end) => elkPort(end)),
    children: children.map((child) => elementNode(child, building)),
  };
}

function splitterNode(node: TopologyNode, building: Building): ElkNode {
  const { direction } = building;
  const plan = planSplitter(node, building.children.get(node.path) ?? [], direction);
  building.splitters.set(node.path, plan);
  const size = turn({ width: plan.width, height: plan.height }, direction);
  const inputs = (building.ends.get(node.path) ?? []).map((end) =>
    elkPort(end, portPlace(end, size, building.heights)),
  );
  const outputs = plan.splits.flatMap((split) =>
    (building.ends.get(split.path) ?? []).map((end) => elkPort(end, turn(split.out, direction))),
  );
  return {
    id: node.path,
    ...size,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: [...inputs, ...outputs],
  };
}

function elkPort(end: EdgeEnd, at?: Point): ElkPort {
  const side = end.side === 'before' ? 'WEST' : 'EAST';
  return { id: portId(end), width: 0, height: 0, ...at, layoutOptions: { 'elk.port.side': side } };
}

/** Events enter and leave in the middle unless told otherwise, so that a chain stands in line. */
function portPlace(end: EdgeEnd, { width, height }: Size, heights: PortHeights): Point {
  const y = height * (heights.get(portId(end)) ?? 0.5);
  return { x: end.side === 'before' ? 0 : width, y };
}

function elkEdge(edge: PlacedEdge, index: number): ElkExtendedEdge {
  const isFlow = edge.kind === 'stream' || edge.kind === 'flow';
  // Streams keep to the straight way; requests and replies make room for them.
  const priority = isFlow ? '10' : '1';
  return {
    id: `e${index}`,
    sources: [portId(edge.first)],
    targets: [portId(edge.second)],
    layoutOptions: {
      'elk.layered.priority.straightness': priority,
      'elk.layered.priority.direction': priority,
    },
  };
}
