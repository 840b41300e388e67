import type { CallSite } from '../contracts/call-site.ts';
import { type Path, streamOf } from '../contracts/paths.ts';
import type { EdgeKind, Topology, TopologyEdge, TopologyNode } from '../contracts/topology.ts';
import type { Application, TaskSpec, Upstream, WorkflowSpec } from './application.ts';

/** The shape of the launched `applications`. */
export function buildTopology(applications: readonly Application[]): Topology {
  const nodes = applications.flatMap(nodesOf);
  const producers = new Map(nodes.map((node) => [node.stream, node.path]));
  return {
    applications: applications.map(({ path, site }) => ({ path, ...at(site) })),
    nodes,
    edges: distinct(applications.flatMap((application) => edgesOf(application, producers))),
  };
}

/** What is connected twice is one edge: an id names one thing. */
function distinct(edges: readonly TopologyEdge[]): TopologyEdge[] {
  return [...new Map(edges.map((edge) => [edge.id, edge])).values()];
}

/** The id of the edge over which `consumer` reads `stream`; also keys the queues of a status. */
export function streamEdgeId(stream: Path, consumer: Path): string {
  return `${stream} → ${consumer}`;
}

function nodesOf({ path: application, elements }: Application): TopologyNode[] {
  const node = (
    kind: TopologyNode['kind'],
    element: { readonly path: Path; readonly site: CallSite | undefined },
    more: Partial<TopologyNode> = {},
  ): TopologyNode => {
    const { path, site } = element;
    const name = path.slice(path.lastIndexOf('/') + 1);
    return { path, kind, name, application, ...more, ...at(site) };
  };
  const producer = (element: { readonly path: Path }) => ({ stream: streamOf(element.path) });
  return [
    ...elements.generators.map((spec) => node('generator', spec, producer(spec))),
    ...elements.workflows.flatMap((spec) => [
      node('workflow', spec, producer(spec)),
      ...spec.tasks.map((task) =>
        node('task', task, { parent: spec.path, taskKind: task.operator.kind }),
      ),
    ]),
    ...elements.sequencers.map((spec) => node('sequencer', spec, producer(spec))),
    ...elements.splitters.map((spec) => node('splitter', spec)),
    ...elements.splits.map((spec) =>
      node('split', spec, { parent: spec.splitter.path, ...producer(spec) }),
    ),
    ...elements.portals.map((spec) => node('portal', spec)),
  ];
}

function edgesOf(
  { elements }: Application,
  producers: ReadonlyMap<Path | undefined, Path>,
): TopologyEdge[] {
  const streamEdge = (stream: Path, to: Path, site: CallSite | undefined): TopologyEdge => ({
    id: streamEdgeId(stream, to),
    kind: 'stream',
    from: producers.get(stream) ?? stream,
    to,
    stream,
    ...at(site),
  });
  return [
    ...elements.workflows.flatMap((spec) => [
      streamEdge(spec.source.path, spec.path, spec.site),
      ...workflowEdges(spec),
    ]),
    ...elements.splitters.map((spec) => streamEdge(spec.source.path, spec.path, spec.site)),
    ...elements.connections.map((spec) => streamEdge(spec.stream.path, spec.sequencer, spec.site)),
  ];
}

function workflowEdges(workflow: WorkflowSpec): TopologyEdge[] {
  const end = (input: Upstream): Path =>
    input === 'source' ? workflow.path : (workflow.tasks[input]?.path ?? workflow.path);
  const flows = workflow.tasks.flatMap((task) =>
    task.inputs.map((input) =>
      edge(input === 'source' ? 'source' : 'flow', end(input), task.path, task.site),
    ),
  );
  const sinks = workflow.sink.map((input) => edge('sink', end(input), workflow.path));
  return [...flows, ...sinks, ...workflow.tasks.flatMap(portalEdges)];
}

function portalEdges(task: TaskSpec): TopologyEdge[] {
  return [
    ...task.asks.map((portal) => edge('request', task.path, portal.path, task.site)),
    ...task.repliesTo.map((portal) => edge('reply', portal.path, task.path, task.site)),
  ];
}

function edge(kind: EdgeKind, from: Path, to: Path, site?: CallSite): TopologyEdge {
  return { id: `${kind} ${from} → ${to}`, kind, from, to, ...at(site) };
}

function at(site: CallSite | undefined): { readonly site?: CallSite } {
  return site === undefined ? {} : { site };
}
