import type { Path, Topology } from '../runtime/index.ts';
import { BreakPlaces } from './breakpoint-places.ts';
import type { BreakTarget } from './breakpoints.ts';
import { Console, type Output } from './console.ts';
import type { Debuggee } from './debuggee.ts';
import type { Launch } from './launch.ts';
import type { Pause } from './pause.ts';
import { loadImage, type ProgramImage } from './program-image.ts';
import { type Outcome, Run, type RunListener } from './run.ts';
import { StatusReport } from './status-report.ts';
import type { Wishes } from './wishes.ts';
import type { WorkerInspector } from './worker-inspector.ts';

/** What happens in an execution, told in order. */
export interface ExecutionListener {
  onOutput(output: Output): void;
  /** The status has changed. */
  onChanged(): void;
  /** Workflows may have been added. */
  onTopology(topology: Topology): void;
  onLoaded(): void;
  onStopped(pause: Pause): void;
  onOver(outcome: Outcome): void;
}

type BreakpointAt = ConstructorParameters<typeof Console>[2];

/** One run of a program, with all that is known of it; a restart makes a new one. */
export class Execution {
  readonly launch: Launch;
  readonly image: ProgramImage;
  readonly report: StatusReport;
  /** Where breakpoints are set; absent when the run is not debugged. */
  breakTarget: BreakTarget | undefined;
  private run: Run | undefined;
  private topologyVersion = 0;
  private readonly console: Console;
  private readonly wishes: Wishes;
  private readonly listener: ExecutionListener;

  private constructor(
    launch: Launch,
    image: ProgramImage,
    wishes: Wishes,
    breakpointAt: BreakpointAt,
    listener: ExecutionListener,
  ) {
    this.launch = launch;
    this.image = image;
    this.wishes = wishes;
    this.listener = listener;
    const report = new StatusReport(launch.options);
    this.report = report;
    const siteOf = (path: Path) => report.topology.nodes.find((node) => node.path === path)?.site;
    this.console = new Console(image.sources, siteOf, breakpointAt);
  }

  /** Bundles the program, and brings it to where it would be loaded if it is to be debugged. */
  static async prepare(
    launch: Launch,
    inspector: WorkerInspector,
    wishes: Wishes,
    breakpointAt: BreakpointAt,
    listener: ExecutionListener,
  ): Promise<Execution> {
    const image = await loadImage(launch.program);
    const execution = new Execution(launch, image, wishes, breakpointAt, listener);
    if (!launch.noDebug) await execution.prepareDebuggee(inspector);
    return execution;
  }

  /** The debugger's side of the run; absent when it is not debugged. */
  get debuggee(): Debuggee | undefined {
    return this.run?.debuggee;
  }

  /** Loads the program and lets it run. */
  async begin(inspector: WorkerInspector): Promise<void> {
    const { debuggee } = this;
    if (!debuggee) {
      this.run = await Run.free(this.program, inspector, this.runListener());
      return;
    }
    await this.applyFilters();
    await debuggee.control.call('setStopOnEntry', this.launch.stopOnEntry);
    await debuggee.resume({ mode: { kind: 'continue' }, command: 'resume' });
  }

  /** Tells the run what to stop for; takes effect at the latest when it next stands still. */
  async applyFilters(): Promise<void> {
    const { debuggee } = this;
    const { exceptions, functions, data } = this.wishes;
    if (!debuggee) return;
    await debuggee.cdp.send('Debugger.setPauseOnExceptions', { state: exceptions.v8State });
    await debuggee.look(async (control) => {
      await control.call('setFilters', exceptions.filters);
      await control.call('setModelBreakpoints', functions.rules);
      await control.call('setDataBreakpoints', data.rules);
    });
  }

  async terminate(): Promise<void> {
    await this.run?.terminate();
  }

  private get program() {
    const { bundle, runtimeCode } = this.image;
    const { options, env } = this.launch;
    return { bundle, runtimeCode, options, env };
  }

  private async prepareDebuggee(inspector: WorkerInspector): Promise<void> {
    const { image } = this;
    this.run = await Run.debugged(this.program, inspector, this.runListener());
    const { debuggee } = this.run;
    if (!debuggee) return;
    const places = await BreakPlaces.find(debuggee.cdp, image);
    this.breakTarget = { cdp: debuggee.cdp, places, sources: image.sources };
  }

  private runListener(): RunListener {
    const { listener, report, image, wishes } = this;
    return {
      onTold: (items) => {
        report.hear(items);
        for (const item of items) listener.onOutput(this.console.show(item));
      },
      onStatus: (status, topology) => {
        report.status = status;
        if (topology) this.learn(topology);
        listener.onChanged();
      },
      onLoaded: () => listener.onLoaded(),
      onOver: (outcome) => listener.onOver(outcome),
      ignoresException: (paused) => wishes.exceptions.ignores(paused, image.syntax),
      isAuthored: ({ location }) => image.sources.ofLocation(location) !== undefined,
      isDebuggerStatement: ({ location }) => image.syntax.isDebuggerStatement(location),
      onPaused: (pause) => this.stopped(pause),
    };
  }

  private async stopped(pause: Pause): Promise<void> {
    const { report, listener, debuggee, wishes } = this;
    const { status, topologyVersion, told } = pause.standing;
    if (status) report.status = status;
    if (debuggee && topologyVersion !== this.topologyVersion) {
      this.topologyVersion = topologyVersion;
      this.learn(await debuggee.control.call('topology'));
    }
    report.hear(told);
    for (const item of told) listener.onOutput(this.console.show(item));
    if (pause.cause.kind === 'out-of-memory' && wishes.exceptions.v8State === 'none') {
      await debuggee?.resume({ mode: { kind: 'continue' }, command: 'resume' });
      return;
    }
    if (pause.cause.kind === 'exception') await debuggee?.control.call('errorWasShown');
    listener.onStopped(pause);
  }

  private learn(topology: Topology): void {
    this.report.topology = topology;
    this.listener.onTopology(topology);
  }
}
