import type { EdgeKind, NodeKind, Path, Topology, TopologyEdge } from '../runtime/index.ts';
import type { PortRole } from './geometry.ts';

/** One end of an edge: an element and the port on its border. */
export interface EdgeEnd {
  readonly path: Path;
  readonly role: PortRole;
  /** Edges enter on the side where the flow comes from and leave on the other side. */
  readonly side: 'before' | 'after';
  /** The edge id if every edge has its own port, as at a sequencer input; else empty. */
  readonly edge: string;
}

/** An edge with its ports: from `first` to `second`. */
export interface PlacedEdge {
  readonly id: string;
  readonly kind: EdgeKind;
  readonly first: EdgeEnd;
  readonly second: EdgeEnd;
  readonly stream?: Path;
}

/**
 * The edges of `topology` with their ports. Edges to elements outside the topology (an application
 * that is not launched yet) are omitted.
 */
export function placedEdges(topology: Topology): PlacedEdge[] {
  const kinds = new Map(topology.nodes.map((node) => [node.path, node.kind]));
  const included = topology.edges.filter((edge) => kinds.has(edge.from) && kinds.has(edge.to));
  return included.map((edge) => placedEdge(edge, kinds));
}

/** True for the edge from source to sink of a workflow without tasks. */
export function isPassThrough({ first, second }: PlacedEdge): boolean {
  return first.path === second.path && first.role === 'in';
}

function placedEdge(edge: TopologyEdge, kinds: ReadonlyMap<Path, NodeKind>): PlacedEdge {
  switch (edge.kind) {
    case 'stream':
      return streamEdge(edge, kinds.get(edge.to) === 'sequencer');
    case 'flow':
      return placed(edge, outputOf(edge.from), inputOf(edge.to));
    case 'source':
    case 'sink':
      return borderEdge(edge, kinds.get(edge.from) === 'workflow');
    case 'request':
    case 'reply':
      return portalEdge(edge, kinds.get(edge.from) === 'portal');
  }
}

function streamEdge(edge: TopologyEdge, toSequencer: boolean): PlacedEdge {
  const to = { ...inputOf(edge.to), edge: toSequencer ? edge.id : '' };
  return placed(edge, outputOf(edge.from), to);
}

/** Inside a workflow, its source is the input port and its sink the output port. */
function borderEdge(edge: TopologyEdge, fromWorkflow: boolean): PlacedEdge {
  const [workflow, task] = fromWorkflow ? [edge.from, edge.to] : [edge.to, edge.from];
  if (workflow === task) return placed(edge, inputOf(workflow), outputOf(workflow));
  return edge.kind === 'source'
    ? placed(edge, inputOf(workflow), inputOf(task))
    : placed(edge, outputOf(task), outputOf(workflow));
}

/** Both kinds lead to the portal: requests from the asker, replies from the replier. */
function portalEdge(edge: TopologyEdge, fromPortal: boolean): PlacedEdge {
  const [portal, task] = fromPortal ? [edge.from, edge.to] : [edge.to, edge.from];
  const role = edge.kind === 'request' ? 'request' : 'reply';
  return placed(edge, leaving(task, role), entering(portal, role));
}

function placed(edge: TopologyEdge, first: EdgeEnd, second: EdgeEnd): PlacedEdge {
  const { id, kind, stream } = edge;
  return { id, kind, first, second, ...(stream && { stream }) };
}

function inputOf(path: Path): EdgeEnd {
  return entering(path, 'in');
}

function outputOf(path: Path): EdgeEnd {
  return leaving(path, 'out');
}

function entering(path: Path, role: PortRole): EdgeEnd {
  return { path, role, side: 'before', edge: '' };
}

function leaving(path: Path, role: PortRole): EdgeEnd {
  return { path, role, side: 'after', edge: '' };
}
