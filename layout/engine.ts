import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Path, Topology } from '../runtime/index.ts';
import { indexNodes } from './answer.ts';
import type { Direction, Layout } from './geometry.ts';
import { type Graph, graphOf, type PortHeights } from './graph.ts';
import { placeTopology } from './place.ts';
import { straighten } from './straighten.ts';

/**
 * Lays out `topology`: every group, element and edge gets its place, groups hold what belongs to
 * them, and nothing overlaps. The same topology gives the same layout on every machine.
 */
export async function layoutTopology(
  topology: Topology,
  direction: Direction = 'right',
): Promise<Layout> {
  const loose = graphOf(topology, direction);
  const first = await layoutGraph(loose.root);
  const heights = portHeights(loose, first);
  const graph = heights.size === 0 ? loose : graphOf(topology, direction, heights);
  const answer = heights.size === 0 ? first : await layoutGraph(graph.root);
  straighten(answer);
  return placeTopology(topology, graph, answer, direction);
}

/**
 * Where the ports of tasks and portals with requests and replies go, after the order in which the
 * engine, left free, put them: the way out in the middle, so that chains of tasks stand in line,
 * the others above and below it.
 */
function portHeights(graph: Graph, answer: ElkNode): PortHeights {
  const asking = graph.edges.filter(({ kind }) => kind === 'request' || kind === 'reply');
  const paths = new Set(asking.flatMap(({ first, second }) => [first.path, second.path]));
  const heights = new Map<string, number>();
  for (const [id, node] of indexNodes(answer)) {
    if (!paths.has(id as Path)) continue;
    // Requests and replies leave tasks where atoms do, and come to portals on their only side.
    const ports = (node.ports ?? []).filter((port) => !port.id.startsWith(`${id} in`));
    const inOrder = ports.toSorted((a, b) => (a.y ?? 0) - (b.y ?? 0));
    const out = inOrder.findIndex((port) => port.id.startsWith(`${id} out`));
    inOrder.forEach((port, index) => {
      heights.set(port.id, heightOf(index, inOrder.length, out));
    });
  }
  return heights;
}

/** The part of its element's height at which the `index`-th of `count` ports stands. */
function heightOf(index: number, count: number, out: number): number {
  if (out === -1) return (index + 1) / (count + 1);
  if (index === out) return 0.5;
  const after = count - out - 1;
  return index < out
    ? (0.5 * (index + 0.6)) / (out + 0.6)
    : 1 - (0.5 * (count - index - 0.4)) / (after + 0.6);
}

/**
 * The engine is large, so it is loaded when it is first needed, and only by those who lay out. It
 * takes only its own realm's arrays for arrays; those of a topology may be of the program's realm.
 */
async function layoutGraph(root: ElkNode): Promise<ElkNode> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  return new Elk().layout(structuredClone(root));
}
