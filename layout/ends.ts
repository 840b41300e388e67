import type { EdgeKind, NodeKind, Path, Topology, TopologyEdge } from '../runtime/index.ts';
import type { PortRole } from './geometry.ts';

/** One end of an edge: an element and the place on its border. */
export interface EdgeEnd {
  readonly path: Path;
  readonly role: PortRole;
  /** Edges enter an element on the side the flow comes from, and leave on the other. */
  readonly side: 'before' | 'after';
  /** The edge's id where every edge has its own place, as at a sequencer's input; else empty. */
  readonly edge: string;
}

/** An edge as it is laid out: from `first` to `second`. */
export interface PlacedEdge {
  readonly id: string;
  readonly kind: EdgeKind;
  readonly first: EdgeEnd;
  readonly second: EdgeEnd;
  readonly stream?: Path;
}

/**
 * The edges of `topology` with the places they attach to. An edge to an element that is not in the
 * topology (another application that is not launched yet) has no place, hence is left out.
 */
export function placedEdges(topology: Topology): PlacedEdge[] {
  const kinds = new Map(topology.nodes.map((node) => [node.path, node.kind]));
  const known = topology.edges.filter((edge) => kinds.has(edge.from) && kinds.has(edge.to));
  return known.map((edge) => placedEdge(edge, kinds));
}

/** True for the way straight through a workflow without tasks: within it, from source to sink. */
export function isThrough({ first, second }: PlacedEdge): boolean {
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

/** A workflow's source is its input port seen from within, its sink the output port. */
function borderEdge(edge: TopologyEdge, fromWorkflow: boolean): PlacedEdge {
  const [workflow, task] = fromWorkflow ? [edge.from, edge.to] : [edge.to, edge.from];
  if (workflow === task) return placed(edge, inputOf(workflow), outputOf(workflow));
  return edge.kind === 'source'
    ? placed(edge, inputOf(workflow), inputOf(task))
    : placed(edge, outputOf(task), outputOf(workflow));
}

/** Both kinds lead to the portal: the asker brings requests, the replier replies. */
function portalEdge(edge: TopologyEdge, fromPortal: boolean): PlacedEdge {
  const [portal, task] = fromPortal ? [edge.from, edge.to] : [edge.to, edge.from];
  const role = edge.kind === 'request' ? 'ask' : 'answer';
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
