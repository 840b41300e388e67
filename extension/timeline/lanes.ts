import type { Topology, TopologyNode } from '../../runtime/index.ts';
import type { Lane } from '../../webview/timeline/messages.ts';
import { shortName } from '../views/short-name.ts';

/** The lanes of the timeline and the sources of what flows between them. */
export interface Lanes {
  readonly lanes: readonly Lane[];
  /** The unit that produces a stream or replies at a portal, by path. */
  readonly sources: Readonly<Record<string, string>>;
}

/** One lane per processing unit, in the order of the builder calls. */
export function lanesOf({ nodes, edges }: Topology): Lanes {
  const lanes = nodes.flatMap((node): Lane[] => {
    const { path, kind, application } = node;
    return isUnit(kind) ? [{ path, kind, application, name: shortName(path) }] : [];
  });
  const parents = new Map(nodes.map(({ path, parent }) => [path, parent]));
  const sources: Record<string, string> = {};
  // A splitter produces the streams of its splits; a workflow sends the replies of its tasks.
  for (const { path, stream } of nodes) {
    if (stream !== undefined) sources[stream] = parents.get(path) ?? path;
  }
  for (const { kind, from, to } of edges) {
    if (kind === 'reply') sources[from] = parents.get(to) ?? to;
  }
  return { lanes, sources };
}

function isUnit(kind: TopologyNode['kind']): kind is Lane['kind'] {
  return ['generator', 'workflow', 'sequencer', 'splitter'].includes(kind);
}
