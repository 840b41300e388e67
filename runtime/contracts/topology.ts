import type { CallSite } from './call-site.ts';
import type { Path } from './paths.ts';

/** What a node of the topology is. A `split` is one output of a splitter. */
export type NodeKind =
  | 'generator'
  | 'workflow'
  | 'task'
  | 'sequencer'
  | 'splitter'
  | 'split'
  | 'portal';

/** What can crash: whatever processes atoms. */
export const CRASHABLE: readonly NodeKind[] = [
  'generator',
  'workflow',
  'task',
  'sequencer',
  'splitter',
];

/** The kinds of task, by the builder operation that made it. */
export type TaskKind =
  | 'map'
  | 'flatMap'
  | 'filter'
  | 'key'
  | 'identity'
  | 'processor'
  | 'init'
  | 'vsm'
  | 'asker'
  | 'replier'
  | 'asker-replier'
  | 'logger'
  | 'step'
  | 'actor';

/** One element of a launched application. */
export interface TopologyNode {
  readonly path: Path;
  readonly kind: NodeKind;
  /** The last segment of the path, as the author named it, or `$n`. */
  readonly name: string;
  /** The path of the application it belongs to. */
  readonly application: Path;
  /** The workflow of a task, the splitter of a split. */
  readonly parent?: Path;
  readonly taskKind?: TaskKind;
  /** The path of the stream this element produces, if it produces one. */
  readonly stream?: Path;
  /** Where the builder call stands. */
  readonly site?: CallSite;
}

/**
 * - `stream`: atoms flow from the producer of `stream` to its consumer. The producer end is a
 *   generator, workflow, sequencer or split; the consumer end a workflow, sequencer or splitter.
 * - `flow`: events flow from task to task within a workflow; the ends at the workflow's source and
 *   sink are given by `source` and `sink` edges whose other end is the workflow itself.
 * - `request`: from a task to the portal it asks. `reply`: from a portal to the task that answers
 *   it; replies travel it backwards.
 */
export type EdgeKind = 'stream' | 'flow' | 'source' | 'sink' | 'request' | 'reply';

/** A directed edge; `id` is stable across runs of the same program. */
export interface TopologyEdge {
  readonly id: string;
  readonly kind: EdgeKind;
  readonly from: Path;
  readonly to: Path;
  /** The stream that a `stream` edge carries. */
  readonly stream?: Path;
  readonly site?: CallSite;
}

/** The shape of all launched applications: what the topology panel draws. */
export interface Topology {
  readonly applications: readonly { readonly path: Path; readonly site?: CallSite }[];
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}
