import type { CallSite } from '../contracts/call-site.ts';
import { PortalsError } from '../contracts/errors.ts';
import { type Path, streamOf } from '../contracts/paths.ts';
import type { Application } from './application.ts';

/** The element that holds a reference, for the message about a path that does not exist. */
interface Referrer {
  readonly path: Path;
  readonly site: CallSite | undefined;
}

/**
 * Checks that `application` fits what is launched already: its name is free, every path it names
 * exists, and each of its portals has exactly one replying task.
 *
 * @throws PortalsError
 */
export function checkLaunch(application: Application, launched: readonly Application[]): void {
  if (launched.some((other) => other.path === application.path)) {
    throw error(
      'PORTALS_DUPLICATE_APPLICATION',
      `an application named ${application.name} is launched already; give one another name`,
      application,
    );
  }
  const all = [...launched, application];
  checkReferences(application, all);
  checkCycles(application, all);
  checkRepliers(application, all);
}

function checkReferences({ elements }: Application, all: readonly Application[]): void {
  const streams = new Set(all.flatMap(streamPaths));
  const sequencers = new Set(all.flatMap((app) => paths(app.elements.sequencers)));
  const splitters = new Set(all.flatMap((app) => paths(app.elements.splitters)));
  const portals = new Set(all.flatMap((app) => paths(app.elements.portals)));
  for (const workflow of elements.workflows) {
    expectPath(streams, 'stream', workflow.source.path, workflow);
    for (const task of workflow.tasks) {
      for (const { path } of [...task.asks, ...task.repliesTo]) {
        expectPath(portals, 'portal', path, task);
      }
    }
  }
  for (const splitter of elements.splitters) {
    expectPath(streams, 'stream', splitter.source.path, splitter);
  }
  for (const split of elements.splits) {
    expectPath(splitters, 'splitter', split.splitter.path, split);
  }
  for (const connection of elements.connections) {
    expectPath(streams, 'stream', connection.stream.path, connection);
    expectPath(sequencers, 'sequencer', connection.sequencer, connection);
  }
}

/**
 * A cycle of streams goes through a sequencer. In one without, each unit would wait for another's
 * output for ever.
 */
function checkCycles({ elements }: Application, all: readonly Application[]): void {
  const consumed = new Map<Path, Path>();
  for (const { elements } of all) {
    for (const { path, source } of elements.workflows) consumed.set(streamOf(path), source.path);
    const splitters = new Map(elements.splitters.map(({ path, source }) => [path, source.path]));
    for (const { path, splitter } of elements.splits) {
      const source = splitters.get(splitter.path);
      if (source !== undefined) consumed.set(streamOf(path), source);
    }
  }
  const isInCycle = (own: Path): boolean => {
    const seen = new Set<Path>();
    let stream = consumed.get(own);
    while (stream !== undefined && !seen.has(stream)) {
      seen.add(stream);
      stream = consumed.get(stream);
    }
    return seen.has(own);
  };
  for (const workflow of elements.workflows) {
    if (!isInCycle(streamOf(workflow.path))) continue;
    throw error(
      'PORTALS_WORKFLOW_CYCLE',
      `the workflow ${workflow.path} consumes what it produces itself, so no event can ever ` +
        'arrive; let it consume a sequencer, and connect its stream to that',
      workflow,
    );
  }
  for (const split of elements.splits) {
    if (!isInCycle(streamOf(split.path))) continue;
    throw error(
      'PORTALS_SPLITTER_CYCLE',
      `the split ${split.path} gets its events from its own stream, so no event can ever ` +
        'arrive; let a splitter of the cycle consume a sequencer, and connect the split to that',
      split,
    );
  }
}

function checkRepliers(application: Application, all: readonly Application[]): void {
  const repliers = new Map<Path, Referrer[]>();
  for (const task of all.flatMap((app) => app.elements.workflows.flatMap(({ tasks }) => tasks))) {
    for (const { path } of task.repliesTo) {
      repliers.set(path, [...(repliers.get(path) ?? []), task]);
    }
  }
  for (const [portal, [first, second]] of repliers) {
    if (second === undefined) continue;
    throw error(
      'PORTALS_PORTAL_WITH_SEVERAL_REPLIERS',
      `the portal ${portal} is answered by ${first?.path} and by ${second.path}; ` +
        'a portal has exactly one replying task',
      second,
    );
  }
  for (const portal of application.elements.portals) {
    if (repliers.has(portal.path)) continue;
    throw error(
      'PORTALS_PORTAL_WITHOUT_REPLIER',
      `no task answers the portal ${portal.path}; add .replier(portal, …, …) to a workflow`,
      portal,
    );
  }
}

function streamPaths({ elements }: Application): Path[] {
  const { generators, workflows, sequencers, splits } = elements;
  return [generators, workflows, sequencers, splits].flatMap(paths).map(streamOf);
}

function paths(elements: readonly { readonly path: Path }[]): Path[] {
  return elements.map(({ path }) => path);
}

function expectPath(known: ReadonlySet<Path>, kind: string, path: Path, referrer: Referrer): void {
  if (known.has(path)) return;
  const others = [...known];
  const hint =
    others.length === 0
      ? `no ${kind} is launched`
      : `launched are ${others.slice(0, 8).join(', ')}`;
  throw error(
    'PORTALS_UNKNOWN_PATH',
    `${referrer.path} refers to the ${kind} ${path}, which does not exist; ${hint}`,
    referrer,
  );
}

function error(
  code: ConstructorParameters<typeof PortalsError>[0],
  message: string,
  { path, site }: Referrer,
): PortalsError {
  return new PortalsError(code, message, site === undefined ? { path } : { path, site });
}
