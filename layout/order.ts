import type { Path, Topology, TopologyNode } from '../runtime/index.ts';
import type { PlacedEdge } from './ends.ts';

/**
 * The elements of `topology` in reading order: each after the elements that send it atoms or
 * requests, as far as cycles allow. The layout engine reverses the edges against this order, so a
 * cycle has its back edge below, wherever the author closed it.
 */
export function readingOrder(topology: Topology, edges: readonly PlacedEdge[]): TopologyNode[] {
  const nodes = new Map(topology.nodes.map((node) => [node.path, node]));
  const outer = (path: Path): Path => nodes.get(path)?.parent ?? path;
  const next = new Map<Path, Path[]>();
  for (const { first, second } of edges) {
    const [from, to] = [outer(first.path), outer(second.path)];
    if (from !== to) next.set(from, [...(next.get(from) ?? []), to]);
  }
  // Starts at the generators, in reverse order, because the postorder is reversed again.
  const last = topology.nodes.toReversed();
  const generators = last.filter((node) => node.kind === 'generator');
  const starts = [...generators, ...last].map((node) => node.path);
  const order = reversePostorder(starts, next);
  const rank = new Map(order.map((path, index) => [path, index]));
  return topology.nodes.toSorted((a, b) => (rank.get(a.path) ?? 0) - (rank.get(b.path) ?? 0));
}

/** Depth-first search along `next`; iterative, because topologies may be long chains. */
function reversePostorder(
  starts: readonly Path[],
  next: ReadonlyMap<Path, readonly Path[]>,
): Path[] {
  const visited = new Set<Path>();
  const finished: Path[] = [];
  for (const start of starts) {
    const stack: { path: Path; leave: boolean }[] = [{ path: start, leave: false }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (top.leave) finished.push(top.path);
      if (top.leave || visited.has(top.path)) continue;
      visited.add(top.path);
      stack.push({ path: top.path, leave: true });
      for (const path of next.get(top.path) ?? []) stack.push({ path, leave: false });
    }
  }
  return finished.reverse();
}
