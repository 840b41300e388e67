import type { Moment, Topology } from '../../runtime/index.ts';
import type { OutputRecord } from '../agent/index.ts';
import { type BreakLocation, BreakLocations } from '../breakpoints/break-locations.ts';
import type { BreakpointSet } from '../breakpoints/breakpoint-set.ts';
import type { BreakpointTarget } from '../breakpoints/line-breakpoints.ts';
import { pauseFilterOf } from '../breakpoints/pause-filter.ts';
import type { StopReason } from '../inspection/stop-reason.ts';
import type { Checkpoint, Spawn } from '../time-travel/checkpoint.ts';
import { CheckpointReplayer } from '../time-travel/checkpoint-replayer.ts';
import type { NavigationStop } from '../time-travel/navigation.ts';
import { type ActiveRun, Navigator } from '../time-travel/navigator.ts';
import { Timeline } from '../time-travel/timeline.ts';
import type { AgentClient } from '../v8/agent-client.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { PauseFilter } from '../v8/decide.ts';
import type { Pause } from '../v8/pause.ts';
import { Run } from '../v8/run.ts';
import type { RunEvents } from '../v8/run-events.ts';
import type { ProgramImage } from '../v8/script/program-image.ts';
import type { ClientInspector } from '../v8/worker-inspector.ts';
import type { Launch } from './launch.ts';
import { OutputReplay } from './output-replay.ts';
import { StatusReport } from './status-report.ts';

/** One launch of a program and everything known about its run. A restart creates a new one. */
export class Execution implements ActiveRun {
  readonly launch: Launch;
  readonly image: ProgramImage;
  readonly report: StatusReport;
  /** Where breakpoints are set; absent when the run is not debugged. */
  breakTarget: BreakpointTarget | undefined;
  /** The recorded history, with its branches. */
  readonly timeline = new Timeline();
  private run: Run | undefined;
  readonly navigator: Navigator;
  private topologyVersion = 0;
  private readonly output: OutputReplay;
  readonly breakpoints: BreakpointSet;
  private readonly events: RunEvents;
  private readonly pauseFilter: PauseFilter;

  private constructor(
    launch: Launch,
    image: ProgramImage,
    breakpoints: BreakpointSet,
    inspector: ClientInspector,
    events: RunEvents,
  ) {
    this.launch = launch;
    this.image = image;
    this.breakpoints = breakpoints;
    this.events = events;
    this.pauseFilter = pauseFilterOf(image, breakpoints);
    const report = new StatusReport(launch.options, this.timeline);
    this.report = report;
    this.output = new OutputReplay(report, this.timeline, events);
    const spawn: Spawn = (runEvents, born) =>
      Run.debugged(this.program, inspector, this.pauseFilter, runEvents, born);
    const replayer = new CheckpointReplayer(spawn, this.timeline, () => breakpoints.data.rules);
    this.navigator = new Navigator(this, this.timeline, replayer);
  }

  /** Starts the program's thread and, if it is debugged, pauses it before the program is loaded. */
  static async prepare(
    launch: Launch,
    image: ProgramImage,
    inspector: ClientInspector,
    breakpoints: BreakpointSet,
    events: RunEvents,
  ): Promise<Execution> {
    const execution = new Execution(launch, image, breakpoints, inspector, events);
    if (!launch.noDebug) await execution.prepareDebuggee(inspector);
    return execution;
  }

  /** The debugger's side of the run; absent when it is not debugged. */
  get debuggee(): Debuggee | undefined {
    return this.run?.debuggee;
  }

  /** Loads the program and runs it. */
  async begin(inspector: ClientInspector): Promise<void> {
    const { debuggee } = this;
    if (!debuggee) {
      this.run = await Run.free(this.program, inspector, this.runEvents);
      return;
    }
    await debuggee.stopAtRuntimeErrors();
    await this.applyFilters();
    await debuggee.agentClient.call('setStopOnEntry', this.launch.stopOnEntry);
    await debuggee.resume({ mode: { kind: 'continue' }, command: 'resume' });
  }

  /**
   * Loads the program and runs it to the boundary before `step`, repeating `inputs`.
   *
   * @throws AdapterError if the program is not debugged.
   */
  async beginAt(
    step: number,
    inputs: Timeline['inputs'],
    announced: Partial<StopReason>,
  ): Promise<NavigationStop> {
    await this.navigator.debuggee.stopAtRuntimeErrors();
    await this.applyFilters();
    if (inputs.length > 0) this.timeline.change({ step: 0, inputs }, 'reload');
    this.events.onOutputCleared('reloaded');
    return this.navigator.beginAt(step, announced);
  }

  /** Sends the breakpoints to the run; they take effect at the latest at its next pause. */
  async applyFilters(): Promise<void> {
    if (this.debuggee) await this.breakpoints.applyTo(this.debuggee);
  }

  async enableBreakpoints(debuggee: Debuggee): Promise<void> {
    await debuggee.stopAtRuntimeErrors();
    await this.breakpoints.applyTo(debuggee);
    await this.breakpoints.lines.copyTo(debuggee.cdp);
  }

  async terminate(): Promise<void> {
    await Promise.all([this.run?.terminate(), this.navigator.replayer.close()]);
  }

  /**
   * Changes the run from outside; `reason` describes how. In the past, the steps that were known to
   * follow become a branch of their own.
   */
  async change<Result>(
    reason: string,
    act: (agent: AgentClient) => Promise<Result>,
  ): Promise<Result> {
    const { timeline, navigator } = this;
    return navigator.debuggee.whilePaused(async (agent) => {
      const result = await act(agent);
      const { moment, inputs, status } = await agent.call('changes');
      timeline.change({ step: status.step, inputs }, reason);
      this.report.status = status;
      void navigator.replayer.discardAfter(moment);
      return result;
    });
  }

  locationsAround({ handler }: Pause): readonly BreakLocation[] {
    const { syntax } = this.image;
    const functions = handler.map(({ location }) => syntax.functionsAround(location).at(-1) ?? -1);
    return this.breakTarget?.locations.within(new Set(functions)) ?? [];
  }

  async showMoment(pause: Pause, moment: Moment, output: readonly OutputRecord[]): Promise<void> {
    const { status, topologyVersion } = pause.snapshot;
    if (status) this.report.status = status;
    await this.refreshTopology(topologyVersion);
    this.output.goTo(moment);
    this.output.onRecord(output);
  }

  async activate({ run, debuggee }: Checkpoint): Promise<void> {
    const old = this.run;
    this.run = run;
    run.emitTo(this.runEvents);
    const { cdp, removals } = debuggee;
    if (this.breakTarget) this.breakTarget = { ...this.breakTarget, cdp, removals };
    // Each run numbers its topologies independently.
    this.topologyVersion = -1;
    const bound = this.breakpoints.lines.bindAll(this.breakTarget);
    const prepared = Promise.all([debuggee.stopAtRuntimeErrors(), this.applyFilters(), bound]);
    // The old run must end even if the session ends meanwhile: nothing else refers to it.
    await prepared.finally(() => void old?.terminate());
  }

  private get program() {
    const { bundle, runtimeCode } = this.image;
    const { options, env } = this.launch;
    const { memory, choices } = this.timeline;
    return { bundle, runtimeCode, options, env, log: { memory, choices } };
  }

  private async prepareDebuggee(inspector: ClientInspector): Promise<void> {
    this.run = await Run.debugged(this.program, inspector, this.pauseFilter, this.runEvents);
    const { debuggee } = this.run;
    if (!debuggee) return;
    const { cdp, removals } = debuggee;
    const places = await BreakLocations.find(cdp, this.image);
    this.breakTarget = { cdp, removals, locations: places, sources: this.image.sources };
  }

  /** Keeps what is known of the active run up to date, and passes its events on. */
  private readonly runEvents: RunEvents = {
    onOutput: (records) => this.output.onRecord(records),
    onOutputCleared: (why) => this.events.onOutputCleared(why),
    onTopology: (topology) => this.onTopology(topology),
    onStatus: (status) => {
      this.report.status = status;
      this.timeline.reached(status.step);
      this.events.onStatus(status);
    },
    onLoaded: () => this.events.onLoaded(),
    onPaused: (pause) => this.paused(pause),
    onEnded: (outcome) => this.events.onEnded(outcome),
  };

  private async paused(pause: Pause): Promise<void> {
    const { report, debuggee, breakpoints } = this;
    const { status, topologyVersion } = pause.snapshot;
    if (status) report.status = status;
    if (status) this.timeline.reached(status.step);
    await this.refreshTopology(topologyVersion);
    if (pause.cause.kind === 'out-of-memory' && breakpoints.exceptions.v8State === 'none') {
      await debuggee?.resume({ mode: { kind: 'continue' }, command: 'resume' });
      return;
    }
    if (pause.cause.kind === 'exception') await debuggee?.agentClient.call('errorWasShown');
    this.navigator.positions.stops(pause);
    this.navigator.replayer.prepare();
    await this.events.onPaused(pause);
  }

  private async refreshTopology(version: number): Promise<void> {
    const { debuggee } = this;
    if (!debuggee || version === this.topologyVersion) return;
    this.topologyVersion = version;
    this.onTopology(await debuggee.agentClient.call('topology'));
  }

  private onTopology(topology: Topology): void {
    this.report.topology = topology;
    this.events.onTopology(topology);
  }
}
