import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Path, Topology } from '../runtime/index.ts';
import { indexNodes } from './engine-result.ts';
import type { Direction, Layout } from './geometry.ts';
import { type Graph, graphOf, type PortHeights } from './graph.ts';
import { placeTopology } from './place.ts';
import { straighten } from './straighten.ts';

/**
 * Computes positions for every group, element and edge of `topology`; groups contain their members
 * and nothing overlaps. The result is the same on every machine.
 */
export async function layoutTopology(
  topology: Topology,
  direction: Direction = 'right',
): Promise<Layout> {
  const free = graphOf(topology, direction);
  const first = await layoutGraph(free.root);
  const heights = portHeights(free, first);
  const graph = heights.size === 0 ? free : graphOf(topology, direction, heights);
  const result = heights.size === 0 ? first : await layoutGraph(graph.root);
  straighten(result);
  return placeTopology(topology, graph, result, direction);
}

/**
 * The positions of the ports of tasks and portals with requests or replies. Keeps the order that
 * the engine chose in the first run, with the output port in the middle, so that chains are
 * straight.
 */
function portHeights(graph: Graph, result: ElkNode): PortHeights {
  const portalEdges = graph.edges.filter(({ kind }) => kind === 'request' || kind === 'reply');
  const paths = new Set(portalEdges.flatMap(({ first, second }) => [first.path, second.path]));
  const heights = new Map<string, number>();
  for (const [id, node] of indexNodes(result)) {
    if (!paths.has(id as Path)) continue;
    // Requests and replies leave tasks on the output side and enter portals on their only side.
    const ports = (node.ports ?? []).filter((port) => !port.id.startsWith(`${id} in`));
    const inOrder = ports.toSorted((a, b) => (a.y ?? 0) - (b.y ?? 0));
    const out = inOrder.findIndex((port) => port.id.startsWith(`${id} out`));
    inOrder.forEach((port, index) => {
      heights.set(port.id, heightOf(index, inOrder.length, out));
    });
  }
  return heights;
}

/** The relative height of the `index`-th of `count` ports. */
function heightOf(index: number, count: number, out: number): number {
  if (out === -1) return (index + 1) / (count + 1);
  if (index === out) return 0.5;
  const after = count - out - 1;
  return index < out
    ? (0.5 * (index + 0.6)) / (out + 0.6)
    : 1 - (0.5 * (count - index - 0.4)) / (after + 0.6);
}

/**
 * Loads the engine on first use, because it is large. Clones the graph, because the engine rejects
 * arrays of another realm, such as the realm of the program.
 */
async function layoutGraph(root: ElkNode): Promise<ElkNode> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  return new Elk().layout(structuredClone(root));
}
