import { Application } from '../application/application.ts';
import {
  expectFunction,
  expectHandler,
  expectName,
  expectReference,
  PortalReference,
  ProducerReference,
  type SequencerReference,
  SplitterReference,
  StreamReference,
} from '../application/references.ts';
import type * as api from '../contracts/authors-api.ts';
import { captureCallSite } from '../contracts/call-site.ts';
import { PortalsError } from '../contracts/errors.ts';
import { type Path, path, streamOf } from '../contracts/paths.ts';
import { Flow, freezeWorkflow } from './flow.ts';
import { Generators } from './generators.ts';
import type { ExpectOutsideHandler } from './outside-handlers.ts';
import { Registration } from './registration.ts';
import { tasks } from './task.ts';
import { WorkflowDraft } from './workflow-draft.ts';

/** Makes a portal; `keyOf` gives the key under which a request runs, else the asking event's. */
type MakePortal = api.MakePortal;

/** `PortalsJS.ApplicationBuilder(name)`: registers an application's elements, then builds it. */
export class ApplicationBuilder implements api.ApplicationBuilder {
  readonly #name: string;
  readonly #site = captureCallSite();
  readonly #elements: Registration;
  /** The kinds of task, for `flow.task`, `vsm`, `init`, `withStep` and the like. */
  readonly tasks = tasks;
  /** Looks up elements of other launched applications by path. */
  readonly registry = registry;

  constructor(name: unknown, expectOutsideHandler: ExpectOutsideHandler) {
    expectOutsideHandler('ApplicationBuilder(name)');
    this.#name = expectName(name, 'ApplicationBuilder');
    this.#elements = new Registration(this.#name, expectOutsideHandler);
  }

  get generators(): Generators {
    return new Generators(this.#elements, undefined);
  }
  generatorsWithName(name: string): Generators {
    return new Generators(this.#elements, expectName(name, 'generatorsWithName'));
  }
  get workflows(): Workflows {
    return new Workflows(this.#elements, undefined);
  }
  workflowsWithName(name: string): Workflows {
    return new Workflows(this.#elements, expectName(name, 'workflowsWithName'));
  }
  get sequencers(): Sequencers {
    return new Sequencers(this.#elements, undefined);
  }
  sequencersWithName(name: string): Sequencers {
    return new Sequencers(this.#elements, expectName(name, 'sequencersWithName'));
  }
  get splitters(): Splitters {
    return new Splitters(this.#elements, undefined);
  }
  splittersWithName(name: string): Splitters {
    return new Splitters(this.#elements, expectName(name, 'splittersWithName'));
  }
  get splits(): Splits {
    return new Splits(this.#elements, undefined);
  }
  splitsWithName(name: string): Splits {
    return new Splits(this.#elements, expectName(name, 'splitsWithName'));
  }
  get connections(): Connections {
    return new Connections(this.#elements, undefined);
  }
  connectionsWithName(name: string): Connections {
    return new Connections(this.#elements, expectName(name, 'connectionsWithName'));
  }

  /** `builder.portal(name)`; also `builder.portal.portal(name)`, as the playground writes it. */
  get portal(): MakePortal & { readonly portal: MakePortal } {
    const portal: MakePortal = <Request, Reply>(
      name: string,
      keyOf?: (request: Request) => unknown,
    ) => {
      if (keyOf !== undefined) expectFunction(keyOf, 'portal', 'request => key');
      const at = this.#elements.claim('portals', expectName(name, 'portal'));
      const checked = keyOf as ((request: unknown) => unknown) | undefined;
      this.#elements.portals.push({ path: at.path, site: at.site, keyOf: checked });
      return new PortalReference<Request, Reply>(at.path);
    };
    return Object.assign(portal, { portal });
  }

  /**
   * The application as immutable data; nothing can be added afterwards. Freezes the workflows
   * that are complete.
   *
   * @throws PortalsError PORTALS_WORKFLOW_INCOMPLETE
   */
  build(): Application {
    const elements = this.#elements;
    elements.expectOutsideHandler('builder.build()');
    for (const workflow of elements.workflows) workflow.freeze();
    elements.built = true;
    return new Application(this.#name, this.#site, {
      generators: [...elements.generators],
      workflows: elements.workflows.map((workflow) => workflow.spec()),
      sequencers: [...elements.sequencers],
      splitters: [...elements.splitters],
      splits: [...elements.splits],
      connections: [...elements.connections],
      portals: [...elements.portals],
    });
  }
}

/** What each `builder.…` accessor returns: the registration, and the name for the next element. */
abstract class Namer {
  readonly #elements: Registration;
  readonly #name: string | undefined;

  constructor(elements: Registration, name: string | undefined) {
    this.#elements = elements;
    this.#name = name;
  }

  static elementsOf(namer: Namer): Registration {
    return namer.#elements;
  }

  /** The path of the next element of that kind, if it has been given a name. */
  static pathOf(namer: Namer, kind: string): Path | undefined {
    return namer.#name === undefined ? undefined : path(namer.#elements.path, kind, namer.#name);
  }

  /** Claims the path of the next element, below `parts`. */
  static claim(namer: Namer, ...parts: string[]): ReturnType<Registration['claim']> {
    return namer.#elements.claim(...parts, namer.#elements.nameOr(namer.#name));
  }
}

const { elementsOf, claim, pathOf } = Namer;

class Workflows extends Namer implements api.Workflows {
  #workflow: WorkflowDraft | undefined;

  /** Begins a workflow that consumes `stream`. */
  source<Event>(stream: api.AtomicStream<Event>): Flow<Event> {
    const source = expectReference('stream', stream, 'source');
    const draft = new WorkflowDraft(
      claim(this, 'workflows'),
      elementsOf(this).expectOutsideHandler,
    );
    draft.source = source;
    elementsOf(this).workflows.push(draft);
    this.#workflow = draft;
    return new Flow<Event>(elementsOf(this), draft, ['source']);
  }

  freeze<Event>(): ProducerReference<'workflow', Event> {
    if (this.#workflow !== undefined) return freezeWorkflow(this.#workflow);
    const own = pathOf(this, 'workflows');
    throw new PortalsError(
      'PORTALS_WORKFLOW_INCOMPLETE',
      `the workflow${own === undefined ? '' : ` ${own}`} has no source; ` +
        'call .source(stream) before .freeze()',
      own === undefined ? {} : { path: own },
    );
  }
}

class Sequencers extends Namer implements api.Sequencers {
  /** A sequencer that takes its inputs' atoms in an order drawn from the seed. */
  random<Event>(): SequencerReference<Event> {
    const at = claim(this, 'sequencers');
    elementsOf(this).sequencers.push(at);
    const stream = new StreamReference<Event>(streamOf(at.path));
    return new ProducerReference('sequencer', at.path, stream);
  }
}

class Splitters extends Namer implements api.Splitters {
  /** A splitter of `stream` without any split yet. */
  empty<Event>(stream: api.AtomicStream<Event>): SplitterReference<Event> {
    const source = expectReference('stream', stream, 'splitters.empty');
    const at = claim(this, 'splitters');
    elementsOf(this).splitters.push({ ...at, source });
    return new SplitterReference(at.path);
  }
}

class Splits extends Namer implements api.Splits {
  /** The stream of those events for which `predicate` is the splitter's first to hold. */
  split<Event, Taken extends Event>(
    splitter: api.Splitter<Event>,
    predicate: (event: Event) => event is Taken,
  ): StreamReference<Taken>;
  split<Event>(
    splitter: api.Splitter<Event>,
    predicate: (event: Event) => api.NotAPromise,
  ): StreamReference<Event>;
  split(splitter: unknown, predicate: unknown): StreamReference {
    const parent = expectReference('splitter', splitter, 'split');
    const checked: (value: unknown) => unknown = expectHandler(
      predicate,
      'split',
      'value => true or false',
    );
    const at = claim(this, 'splitters', lastSegment(parent.path));
    elementsOf(this).splits.push({
      path: at.path,
      site: at.site,
      splitter: parent,
      predicate: checked,
    });
    return new StreamReference(streamOf(at.path));
  }
}

class Connections extends Namer implements api.Connections {
  /** Lets `sequencer` consume `stream`. */
  connect<Event>(stream: api.AtomicStream<Event>, sequencer: api.Sequencer<Event>): void {
    const from = expectReference('stream', stream, 'connect');
    const to = expectReference('sequencer', sequencer, 'connect');
    const at = claim(this, 'connections');
    elementsOf(this).connections.push({ ...at, stream: from, sequencer: to.path });
  }
}

const registry: api.Registry = {
  streams: { get: <Event>(at: unknown) => new StreamReference<Event>(expectPath(at, 'streams')) },
  sequencers: {
    get<Event>(at: unknown) {
      const own = expectPath(at, 'sequencers');
      return new ProducerReference('sequencer', own, new StreamReference<Event>(streamOf(own)));
    },
  },
  splitters: {
    get: <Event>(at: unknown) => new SplitterReference<Event>(expectPath(at, 'splitters')),
  },
  portals: {
    get: <Request, Reply>(at: unknown) =>
      new PortalReference<Request, Reply>(expectPath(at, 'portals')),
  },
};

const PATHS = {
  streams: '/app/workflows/NAME/stream',
  sequencers: '/app/sequencers/NAME',
  splitters: '/app/splitters/NAME',
  portals: '/app/portals/NAME',
} as const;

/** Whether the element exists is checked at launch: it may be launched until then. */
function expectPath(at: unknown, kind: keyof typeof PATHS): Path {
  if (typeof at === 'string' && at.startsWith('/')) return at as Path;
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    `registry.${kind}.get expects a path like ${PATHS[kind]}`,
  );
}

function lastSegment(at: Path): string {
  return at.slice(at.lastIndexOf('/') + 1);
}
