import type { Application } from '../application/application.ts';
import { checkLaunch } from '../application/check-launch.ts';
import { type Path, streamOf } from '../contracts/paths.ts';
import type { RuntimeOptions } from '../contracts/simulator.ts';
import type { ExecutionHost } from '../tasks/execution-host.ts';
import { givenKey } from '../tasks/handler-results.ts';
import { Fingerprint } from '../values/fingerprint.ts';
import { isolate } from '../values/isolate.ts';
import { AtomicStream } from './processors/atomic-stream.ts';
import { GeneratorUnit } from './processors/generator.ts';
import { PortalMailbox } from './processors/portal-mailbox.ts';
import { SequencerUnit } from './processors/sequencer.ts';
import { SplitterUnit } from './processors/splitter.ts';
import type { Transition, Unit } from './processors/transition.ts';
import { WorkflowUnit } from './processors/workflow.ts';

/** All launched applications: their units, streams and portals, by path. */
export class RuntimeGraph {
  readonly applications: Application[] = [];
  readonly streams = new Map<Path, AtomicStream>();
  readonly portals = new Map<Path, PortalMailbox>();
  readonly workflows = new Map<Path, WorkflowUnit>();
  readonly sequencers = new Map<Path, SequencerUnit>();
  readonly splitters = new Map<Path, SplitterUnit>();
  readonly generators = new Map<Path, GeneratorUnit>();
  readonly #host: ExecutionHost;
  readonly #retained: number;
  /** Whether streams keep a fingerprint of their events: where a host compares runs. */
  readonly #digests: boolean;

  constructor(host: ExecutionHost, { retainedAtoms = 0, probe }: RuntimeOptions) {
    this.#host = host;
    this.#retained = retainedAtoms;
    this.#digests = probe !== undefined;
  }

  get units(): Unit[] {
    return [this.workflows, this.sequencers, this.splitters, this.generators].flatMap(
      (units): Unit[] => [...units.values()],
    );
  }

  /**
   * Adds an application's elements and returns its transitions. A consumer of a stream that
   * is already running starts at its current end.
   *
   * @throws PortalsError if the application does not fit what is launched
   */
  launch(application: Application): Transition[] {
    checkLaunch(application, this.applications);
    this.applications.push(application);
    const { elements } = application;
    const { epoch } = this.#host;
    for (const spec of elements.portals)
      this.portals.set(spec.path, new PortalMailbox(spec, epoch));
    for (const { path } of elements.workflows) this.#addStream(path);
    for (const { path } of elements.sequencers) this.#addStream(path);
    for (const { path } of elements.splits) this.#addStream(path);
    const generators = elements.generators.map((spec) => {
      const unit = new GeneratorUnit(spec, this.#addStream(spec.path), this.#host);
      this.generators.set(spec.path, unit);
      return unit;
    });
    return [
      ...this.#launchConsumers(application),
      ...generators.flatMap((unit) => unit.transitions),
    ];
  }

  #launchConsumers({ elements }: Application): Transition[] {
    const transitions: Transition[] = [];
    for (const spec of elements.workflows) {
      const mailbox = (portal: Path) => found(this.portals, portal);
      const reader = found(this.streams, spec.source.path).subscribe(spec.path);
      const own = found(this.streams, streamOf(spec.path));
      const unit = new WorkflowUnit(spec, reader, own, mailbox, this.#host);
      this.workflows.set(spec.path, unit);
      transitions.push(...unit.transitions);
    }
    for (const spec of elements.sequencers) {
      const unit = new SequencerUnit(spec, found(this.streams, streamOf(spec.path)));
      this.sequencers.set(spec.path, unit);
    }
    for (const { path, stream, sequencer } of elements.connections) {
      const reader = found(this.streams, stream.path).subscribe(sequencer);
      transitions.push(found(this.sequencers, sequencer).connect(reader, path));
    }
    for (const spec of elements.splitters) {
      const reader = found(this.streams, spec.source.path).subscribe(spec.path);
      const unit = new SplitterUnit(spec, reader, this.#host);
      this.splitters.set(spec.path, unit);
      transitions.push(...unit.transitions);
    }
    for (const spec of elements.splits) {
      const stream = found(this.streams, streamOf(spec.path));
      found(this.splitters, spec.splitter.path).addSplit(spec, stream);
    }
    return transitions;
  }

  /** The key under which a portal's `request` is processed. */
  keyOfRequest(portal: Path, request: unknown, askerKey: unknown): unknown {
    const spec = this.portals.get(portal)?.spec;
    if (spec?.keyOf === undefined) return askerKey;
    return givenKey(spec.keyOf(isolate(request)), request, spec);
  }

  #addStream(producer: Path): AtomicStream {
    const path = streamOf(producer);
    const digest = this.#digests ? new Fingerprint() : undefined;
    const stream = new AtomicStream(path, this.#host.epoch, this.#retained, digest);
    this.streams.set(path, stream);
    return stream;
  }
}

/** What the launch check has made sure of. */
function found<Value>(known: ReadonlyMap<Path, Value>, path: Path): Value {
  const value = known.get(path);
  if (value === undefined) throw new Error(`internal: ${path} was not checked at launch`);
  return value;
}
