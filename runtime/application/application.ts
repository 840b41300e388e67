import type { CallSite } from '../contracts/call-site.ts';
import { type Path, path } from '../contracts/paths.ts';
import { SHARED } from '../values/isolate.ts';
import type { AtomSource } from './atom-source.ts';
import type { Operator } from './operator.ts';
import type { PortalReference, SplitterReference, StreamReference } from './references.ts';

interface Element {
  readonly path: Path;
  readonly site: CallSite | undefined;
}

export interface GeneratorSpec extends Element {
  /** Opens a source of its own for each launch. */
  readonly open: () => AtomSource;
}

/** Where a task's events come from: an earlier task by index, or the workflow's source. */
export type Upstream = number | 'source';

export interface TaskSpec extends Element {
  readonly name: string;
  readonly operator: Operator;
  /** In the order in which their batches are consumed. */
  readonly inputs: readonly Upstream[];
  readonly asks: readonly PortalReference[];
  readonly repliesTo: readonly PortalReference[];
}

export interface WorkflowSpec extends Element {
  readonly source: StreamReference;
  /** In topological order. */
  readonly tasks: readonly TaskSpec[];
  /** What flows to the workflow's sink. */
  readonly sink: readonly Upstream[];
}

export type SequencerSpec = Element;

export interface SplitterSpec extends Element {
  readonly source: StreamReference;
}

export interface SplitSpec extends Element {
  readonly splitter: SplitterReference;
  readonly predicate: (value: unknown) => unknown;
}

export interface ConnectionSpec extends Element {
  readonly stream: StreamReference;
  readonly sequencer: Path;
}

export interface PortalSpec extends Element {
  /** The key under which a request runs; without it, the asking event's. */
  readonly keyOf: ((request: unknown) => unknown) | undefined;
}

/** The elements of an application, each in order of creation. */
export interface Elements {
  readonly generators: readonly GeneratorSpec[];
  readonly workflows: readonly WorkflowSpec[];
  readonly sequencers: readonly SequencerSpec[];
  readonly splitters: readonly SplitterSpec[];
  readonly splits: readonly SplitSpec[];
  readonly connections: readonly ConnectionSpec[];
  readonly portals: readonly PortalSpec[];
}

/**
 * A built application: immutable data that says what to run, whatever runs it. `build()` of an
 * application builder returns one, for `System().launch`.
 */
export class Application {
  get [SHARED](): true {
    return true;
  }
  readonly name: string;
  readonly path: Path;
  readonly site: CallSite | undefined;
  readonly elements: Elements;

  constructor(name: string, site: CallSite | undefined, elements: Elements) {
    this.name = name;
    this.path = path('', name);
    this.site = site;
    this.elements = elements;
    Object.freeze(this);
  }
}
