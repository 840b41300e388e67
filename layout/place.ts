import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Path, Topology, TopologyNode } from '../runtime/index.ts';
import { isPassThrough, type PlacedEdge, placedEdges } from './ends.ts';
import { type EngineResult, type Line, readEngineResult, tenth } from './engine-result.ts';
import type {
  Box,
  Direction,
  Layout,
  LayoutEdge,
  LayoutGroup,
  LayoutNode,
  LayoutPort,
  Point,
} from './geometry.ts';
import { type Graph, portId } from './graph.ts';
import { GROUP_HEADER_HEIGHT, labelOf } from './sizes.ts';

/** Converts the result of the layout engine into a {@link Layout}. */
export function placeTopology(
  topology: Topology,
  graph: Graph,
  root: ElkNode,
  direction: Direction,
): Layout {
  const result = readEngineResult(root, direction);
  const all = placedEdges(topology);
  const ports = portsByPath(all, result);
  const workflows = topology.nodes.filter((node) => node.kind === 'workflow');
  const inner = topology.nodes.filter((node) => node.kind !== 'workflow');
  const lines = graph.edges.map((edge, index) => edgeAlong(edge, result.lines[index] ?? NOWHERE));
  const through = all.filter(isPassThrough);
  return {
    direction,
    width: result.width,
    height: result.height,
    groups: [
      ...topology.applications.map(({ path }) => applicationGroup(path, result)),
      ...workflows.map((node) => workflowGroup(node, result, ports)),
    ],
    nodes: inner.map((node) => elementNode(node, graph, result, ports)),
    edges: [...lines, ...through.map((edge) => edgeAlong(edge, throughLine(edge, result)))],
  };
}

type Ports = ReadonlyMap<Path, readonly LayoutPort[]>;

function portsByPath(edges: readonly PlacedEdge[], result: EngineResult): Ports {
  const ports = new Map<Path, Map<string, LayoutPort>>();
  for (const end of edges.flatMap((edge) => [edge.first, edge.second])) {
    const place = result.ports.get(portId(end));
    if (place === undefined) continue;
    const own = ports.get(end.path) ?? new Map<string, LayoutPort>();
    own.set(portId(end), { ...place, role: end.role });
    ports.set(end.path, own);
  }
  return new Map([...ports].map(([path, own]) => [path, [...own.values()]]));
}

function applicationGroup(path: Path, result: EngineResult): LayoutGroup {
  const box = boxOf(path, result);
  return {
    ...box,
    path,
    kind: 'application',
    label: { lines: [path], caption: 'application' },
    header: { ...box, height: GROUP_HEADER_HEIGHT },
    ports: [],
  };
}

function workflowGroup(node: TopologyNode, result: EngineResult, ports: Ports): LayoutGroup {
  const box = boxOf(node.path, result);
  return {
    ...box,
    path: node.path,
    kind: 'workflow',
    label: labelOf(node),
    header: { ...box, height: GROUP_HEADER_HEIGHT },
    parent: node.parent ?? node.application,
    ports: ports.get(node.path) ?? [],
  };
}

function elementNode(
  node: TopologyNode,
  graph: Graph,
  result: EngineResult,
  ports: Ports,
): LayoutNode {
  const within = node.parent && graph.splitters.get(node.parent);
  const split = within?.splits.find((one) => one.path === node.path);
  const box =
    split && node.parent ? moved(split.box, boxOf(node.parent, result)) : boxOf(node.path, result);
  const labelBox = graph.splitters.get(node.path)?.labelBox;
  return {
    ...box,
    path: node.path,
    kind: node.kind === 'workflow' ? 'task' : node.kind,
    label: labelOf(node),
    labelBox: labelBox ? moved(labelBox, box) : box,
    parent: node.parent ?? node.application,
    ...(node.taskKind && { taskKind: node.taskKind }),
    ports: ports.get(node.path) ?? [],
  };
}

/** The straight edge of a workflow without tasks, from its source to its sink. */
function throughLine(edge: PlacedEdge, result: EngineResult): Line {
  const ends = [edge.first, edge.second].flatMap((end) => result.ports.get(portId(end)) ?? []);
  return { points: ends, junctions: [] };
}

function edgeAlong(edge: PlacedEdge, { points, junctions }: Line): LayoutEdge {
  return {
    id: edge.id,
    kind: edge.kind,
    from: edge.first.path,
    to: edge.second.path,
    ...(edge.stream && { stream: edge.stream }),
    points,
    junctions,
    tail: tailBox(points),
    head: headBox(points),
  };
}

const BADGE = { width: 28, height: 18 };
/** The length of the arrowhead and a gap. */
const ARROW_ROOM = 12;

/** The badge of queued atoms is on the line, before the arrowhead. */
function headBox(points: readonly Point[]): Box {
  const end = points.at(-1) ?? ORIGIN;
  const before = points.at(-2) ?? end;
  const dx = Math.sign(end.x - before.x);
  const dy = Math.sign(end.y - before.y);
  const x = end.x - dx * (ARROW_ROOM + BADGE.width / 2) - BADGE.width / 2;
  const y = end.y - dy * (ARROW_ROOM + BADGE.height / 2) - BADGE.height / 2;
  return { x: tenth(x), y: tenth(y), ...BADGE };
}

/** The badge of committed atoms is beside the line, at the producer. */
function tailBox(points: readonly Point[]): Box {
  const start = points[0] ?? ORIGIN;
  const after = points[1] ?? start;
  const horizontal = Math.abs(after.x - start.x) >= Math.abs(after.y - start.y);
  return horizontal
    ? { x: tenth(start.x + 4), y: tenth(start.y - 16), width: BADGE.width, height: 14 }
    : { x: tenth(start.x + 5), y: tenth(start.y + 3), width: BADGE.width, height: 14 };
}

const ORIGIN: Point = { x: 0, y: 0 };
const NOWHERE: Line = { points: [], junctions: [] };

function boxOf(path: Path, result: EngineResult): Box {
  const box = result.boxes.get(path);
  if (box === undefined) throw new Error(`the layout engine omitted ${path}`);
  return box;
}

function moved(box: Box, by: Point): Box {
  return { ...box, x: tenth(by.x + box.x), y: tenth(by.y + box.y) };
}
