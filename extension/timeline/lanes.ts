import type { Topology, TopologyNode } from '../../runtime/index.ts';
import type { Lane } from '../../webview/timeline/messages.ts';
import { shortName } from '../views/short-name.ts';

/** The rows of the timeline and who is behind what flows between them. */
export interface Lanes {
  readonly lanes: readonly Lane[];
  /** The unit that produces a stream or answers a portal, by the path of either. */
  readonly sources: Readonly<Record<string, string>>;
}

/** A lane for each unit that makes steps, in the order its author built them. */
export function lanesOf({ nodes, edges }: Topology): Lanes {
  const lanes = nodes.flatMap((node): Lane[] => {
    const { path, kind, application } = node;
    return isUnit(kind) ? [{ path, kind, application, name: shortName(path) }] : [];
  });
  const parents = new Map(nodes.map(({ path, parent }) => [path, parent]));
  const sources: Record<string, string> = {};
  // A split's stream is its splitter's work, a task's answer that of its workflow.
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
