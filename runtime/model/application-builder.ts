import { captureCallSite } from '../call-site.ts';
import { PortalsError } from '../errors.ts';
import { type Path, path, streamOf } from '../paths.ts';
import { Application } from './application.ts';
import { Flow, freezeWorkflow } from './flow.ts';
import { Generators } from './generators.ts';
import {
  expectFunction,
  expectReference,
  PortalReference,
  ProducerReference,
  SplitterReference,
  StreamReference,
} from './references.ts';
import { Registration } from './registration.ts';
import { tasks } from './task.ts';
import { WorkflowDraft } from './workflow-draft.ts';

/** Makes a portal; `keyOf` gives the key under which a request runs, else the asking event's. */
type MakePortal = (name: string, keyOf?: (request: unknown) => unknown) => PortalReference;

/** `PortalsJS.ApplicationBuilder(name)`: registers an application's elements, then builds it. */
export class ApplicationBuilder {
  readonly #name: string;
  readonly #site = captureCallSite();
  readonly #elements: Registration;
  /** The kinds of task, to be used with `flow.task`, `vsm`, `init`, `withStep` and the like. */
  readonly tasks = tasks;
  /** Looks up elements of other launched applications by path. */
  readonly registry = registry;

  constructor(name: unknown) {
    if (typeof name !== 'string' || name === '' || name.includes('/')) {
      throw new PortalsError(
        'PORTALS_WRONG_KIND',
        'ApplicationBuilder expects a name: a text that is not empty and has no slash',
      );
    }
    this.#name = name;
    this.#elements = new Registration(name);
  }

  get generators(): Generators {
    return new Generators(this.#elements, undefined);
  }
  generatorsWithName(name: string): Generators {
    return new Generators(this.#elements, name);
  }
  get workflows(): Workflows {
    return new Workflows(this.#elements, undefined);
  }
  workflowsWithName(name: string): Workflows {
    return new Workflows(this.#elements, name);
  }
  get sequencers(): Sequencers {
    return new Sequencers(this.#elements, undefined);
  }
  sequencersWithName(name: string): Sequencers {
    return new Sequencers(this.#elements, name);
  }
  get splitters(): Splitters {
    return new Splitters(this.#elements, undefined);
  }
  splittersWithName(name: string): Splitters {
    return new Splitters(this.#elements, name);
  }
  get splits(): Splits {
    return new Splits(this.#elements, undefined);
  }
  splitsWithName(name: string): Splits {
    return new Splits(this.#elements, name);
  }
  get connections(): Connections {
    return new Connections(this.#elements, undefined);
  }
  connectionsWithName(name: string): Connections {
    return new Connections(this.#elements, name);
  }

  /** `builder.portal(name)`; also `builder.portal.portal(name)`, as the playground writes it. */
  get portal(): MakePortal & { readonly portal: MakePortal } {
    const portal: MakePortal = (name, keyOf) => {
      if (keyOf !== undefined) expectFunction(keyOf, 'portal', 'request => key');
      const at = this.#elements.claim('portals', this.#elements.nameOr(name));
      this.#elements.portals.push({ path: at.path, site: at.site, keyOf });
      return new PortalReference(at.path);
    };
    return Object.assign(portal, { portal });
  }

  /**
   * The application as immutable data. Freezes the workflows that are complete.
   *
   * @throws PortalsError PORTALS_WORKFLOW_INCOMPLETE
   */
  build(): Application {
    const elements = this.#elements;
    for (const workflow of elements.workflows) workflow.freeze();
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

/** What each `builder.…` accessor gives: the registration, and the name for the next element. */
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

  /** Claims the path of the next element, below `parts`. */
  static claim(namer: Namer, ...parts: string[]): ReturnType<Registration['claim']> {
    return namer.#elements.claim(...parts, namer.#elements.nameOr(namer.#name));
  }
}

const { elementsOf, claim } = Namer;

class Workflows extends Namer {
  #workflow: WorkflowDraft | undefined;

  /** Begins a workflow that consumes `stream`. */
  source(stream: unknown): Flow {
    const source = expectReference('stream', stream, 'source');
    const draft = new WorkflowDraft(claim(this, 'workflows'));
    draft.source = source;
    elementsOf(this).workflows.push(draft);
    this.#workflow = draft;
    return new Flow(elementsOf(this), draft, ['source']);
  }

  freeze(): ProducerReference<'workflow'> {
    if (this.#workflow !== undefined) return freezeWorkflow(this.#workflow);
    throw new PortalsError(
      'PORTALS_WORKFLOW_INCOMPLETE',
      'the workflow has no source; call .source(stream) before .freeze()',
    );
  }
}

class Sequencers extends Namer {
  /** A sequencer that takes its inputs' atoms in an order drawn from the seed. */
  random(): ProducerReference<'sequencer'> {
    const at = claim(this, 'sequencers');
    elementsOf(this).sequencers.push(at);
    return new ProducerReference('sequencer', at.path, new StreamReference(streamOf(at.path)));
  }
}

class Splitters extends Namer {
  /** A splitter of `stream` without any split yet. */
  empty(stream: unknown): SplitterReference {
    const source = expectReference('stream', stream, 'splitters.empty');
    const at = claim(this, 'splitters');
    elementsOf(this).splitters.push({ ...at, source });
    return new SplitterReference(at.path);
  }
}

class Splits extends Namer {
  /** The stream of those events for which `predicate` is the splitter's first to hold. */
  split(splitter: unknown, predicate: (value: unknown) => unknown): StreamReference {
    const parent = expectReference('splitter', splitter, 'split');
    expectFunction(predicate, 'split', 'value => true or false');
    const at = claim(this, 'splitters', lastSegment(parent.path));
    elementsOf(this).splits.push({ path: at.path, site: at.site, splitter: parent, predicate });
    return new StreamReference(streamOf(at.path));
  }
}

class Connections extends Namer {
  /** Lets `sequencer` consume `stream`. */
  connect(stream: unknown, sequencer: unknown): void {
    const from = expectReference('stream', stream, 'connect');
    const to = expectReference('sequencer', sequencer, 'connect');
    const at = claim(this, 'connections');
    elementsOf(this).connections.push({ ...at, stream: from, sequencer: to.path });
  }
}

const registry = {
  streams: { get: (at: string) => new StreamReference(at as Path) },
  sequencers: {
    get: (at: string) =>
      new ProducerReference(
        'sequencer',
        at as Path,
        new StreamReference(path(at as Path, 'stream')),
      ),
  },
  splitters: { get: (at: string) => new SplitterReference(at as Path) },
  portals: { get: (at: string) => new PortalReference(at as Path) },
};

function lastSegment(at: Path): string {
  return at.slice(at.lastIndexOf('/') + 1);
}
