import type { Path, Topology, TopologyNode } from '../runtime/index.ts';
import type { PlacedEdge } from './ends.ts';

/**
 * The elements of `topology` in reading order: each after those it gets atoms or requests from, as
 * far as cycles allow. The layout engine turns round the edges that run against this order, so a
 * cycle is drawn with its way back below, wherever the author closed it.
 */
export function readingOrder(topology: Topology, edges: readonly PlacedEdge[]): TopologyNode[] {
  const nodes = new Map(topology.nodes.map((node) => [node.path, node]));
  const outer = (path: Path): Path => nodes.get(path)?.parent ?? path;
  const next = new Map<Path, Path[]>();
  for (const { first, second } of edges) {
    const [from, to] = [outer(first.path), outer(second.path)];
    if (from !== to) next.set(from, [...(next.get(from) ?? []), to]);
  }
  // Atoms start at generators, so the search for what follows starts there too; of those that
  // are started from alike, the last first, which leaves the first in front of the reversed order.
  const last = topology.nodes.toReversed();
  const generators = last.filter((node) => node.kind === 'generator');
  const starts = [...generators, ...last].map((node) => node.path);
  const order = reversePostorder(starts, next);
  const place = new Map(order.map((path, index) => [path, index]));
  return topology.nodes.toSorted((a, b) => (place.get(a.path) ?? 0) - (place.get(b.path) ?? 0));
}

/** Depth first along `next`; without recursion, because topologies may be long chains. */
function reversePostorder(
  starts: readonly Path[],
  next: ReadonlyMap<Path, readonly Path[]>,
): Path[] {
  const seen = new Set<Path>();
  const finished: Path[] = [];
  for (const start of starts) {
    const stack: { path: Path; leave: boolean }[] = [{ path: start, leave: false }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (top.leave) finished.push(top.path);
      if (top.leave || seen.has(top.path)) continue;
      seen.add(top.path);
      stack.push({ path: top.path, leave: true });
      for (const path of next.get(top.path) ?? []) stack.push({ path, leave: false });
    }
  }
  return finished.reverse();
}
