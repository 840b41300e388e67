import type { ElkExtendedEdge, ElkNode, ElkPort, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Path, Topology, TopologyNode } from '../runtime/index.ts';
import { type EdgeEnd, isPassThrough, type PlacedEdge, placedEdges } from './ends.ts';
import { applicationOptions, rootOptions, workflowOptions } from './engine-options.ts';
import type { Box, Direction, Point } from './geometry.ts';
import { readingOrder } from './order.ts';
import { groupSize, labelOf, type Size, sizeOf } from './sizes.ts';
import { planSplitter, type SplitterPlan } from './splitter.ts';

/** A topology as a graph of the layout engine, and the data needed to read its result. */
export interface Graph {
  readonly root: ElkNode;
  readonly edges: readonly PlacedEdge[];
  /** The positions of the splits within each splitter. */
  readonly splitters: ReadonlyMap<Path, SplitterPlan>;
}

/** Distance between sequencer inputs, so that their badges do not touch. */
const INPUT_PITCH = { right: 26, down: 36 };

/**
 * Builds the nested graph: applications contain workflows and other elements, workflows contain
 * tasks. The engine only sees graphs that flow to the right: for the direction `down`, x and y are
 * swapped ({@link transpose}) before and after.
 */
export function graphOf(
  topology: Topology,
  direction: Direction,
  heights: PortHeights = new Map(),
): Graph {
  const all = placedEdges(topology);
  const edges = all.filter((edge) => !isPassThrough(edge));
  const context: GraphContext = {
    direction,
    heights,
    children: childrenByParent(readingOrder(topology, edges)),
    ends: endsByPath(all),
    splitters: new Map(),
  };
  const applications = topology.applications.map(({ path }) => applicationNode(path, context));
  const root: ElkNode = {
    id: 'root',
    layoutOptions: rootOptions(direction),
    children: applications,
    edges: edges.map((edge, index) => elkEdge(edge, index)),
  };
  return { root, edges, splitters: context.splitters };
}

/** The id of a port in the graph. */
export function portId(end: EdgeEnd): string {
  return [end.path, end.role, end.edge].join(' ');
}

/**
 * The vertical position of a port on its element, from 0 to 1, by port id. The engine places ports
 * that are missing here.
 */
export type PortHeights = ReadonlyMap<string, number>;

/** Swaps x and y, width and height for the direction `down`. */
export function transpose<Shape extends Partial<Box>>(shape: Shape, direction: Direction): Shape {
  if (direction === 'right') return shape;
  const transposed = Object.entries(shape).map(([name, value]) => [
    TRANSPOSED.get(name) ?? name,
    value,
  ]);
  return Object.fromEntries(transposed);
}

const TRANSPOSED = new Map([
  ['x', 'y'],
  ['y', 'x'],
  ['width', 'height'],
  ['height', 'width'],
]);

interface GraphContext {
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

function applicationNode(path: Path, context: GraphContext): ElkNode {
  const label = { lines: [path], caption: 'application' };
  return groupNode(
    path,
    groupSize(label, 'application'),
    applicationOptions(context.direction),
    context,
  );
}

function elementNode(node: TopologyNode, context: GraphContext): ElkNode {
  if (node.kind === 'splitter') return splitterNode(node, context);
  if (node.kind === 'workflow') {
    const size = groupSize(labelOf(node), 'workflow');
    return groupNode(node.path, size, workflowOptions(context.direction), context);
  }
  const ends = context.ends.get(node.path) ?? [];
  const size = transpose(sizeOf(node, context.direction), context.direction);
  const free = ends.some((end) => isPortalEnd(end) && !context.heights.has(portId(end)));
  if (node.kind === 'sequencer')
    return freePortNode(node, sizeWithInputs(size, ends, context), ends);
  if (free) return freePortNode(node, size, ends);
  return {
    id: node.path,
    ...size,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: ends.map((end) => elkPort(end, portPlace(end, size, context.heights))),
  };
}

/** A node whose ports have a fixed side but an order that the engine chooses. */
function freePortNode(node: TopologyNode, size: Size, ends: readonly EdgeEnd[]): ElkNode {
  return {
    id: node.path,
    ...size,
    layoutOptions: { 'elk.portConstraints': 'FIXED_SIDE' },
    ports: ends.map((end) => elkPort(end)),
  };
}

/** Makes room for the inputs of a sequencer, each with its own port. */
function sizeWithInputs(size: Size, ends: readonly EdgeEnd[], { direction }: GraphContext): Size {
  const inputs = ends.filter((end) => end.role === 'in').length;
  return { ...size, height: Math.max(size.height, inputs * INPUT_PITCH[direction]) };
}

function isPortalEnd(end: EdgeEnd): boolean {
  return end.role === 'request' || end.role === 'reply';
}

function groupNode(path: Path, size: Size, options: LayoutOptions, context: GraphContext): ElkNode {
  const children = context.children.get(path) ?? [];
  const least = transpose(size, context.direction);
  const ends = context.ends.get(path) ?? [];
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
    children: children.map((child) => elementNode(child, context)),
  };
}

function splitterNode(node: TopologyNode, context: GraphContext): ElkNode {
  const { direction } = context;
  const plan = planSplitter(node, context.children.get(node.path) ?? [], direction);
  context.splitters.set(node.path, plan);
  const size = transpose({ width: plan.width, height: plan.height }, direction);
  const inputs = (context.ends.get(node.path) ?? []).map((end) =>
    elkPort(end, portPlace(end, size, context.heights)),
  );
  const outputs = plan.splits.flatMap((split) =>
    (context.ends.get(split.path) ?? []).map((end) =>
      elkPort(end, transpose(split.out, direction)),
    ),
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

/** Events enter and leave in the middle by default, so that chains are straight. */
function portPlace(end: EdgeEnd, { width, height }: Size, heights: PortHeights): Point {
  const y = height * (heights.get(portId(end)) ?? 0.5);
  return { x: end.side === 'before' ? 0 : width, y };
}

function elkEdge(edge: PlacedEdge, index: number): ElkExtendedEdge {
  const isFlow = edge.kind === 'stream' || edge.kind === 'flow';
  // Streams are kept straight; requests and replies bend around them.
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
