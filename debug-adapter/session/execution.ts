import type { Density, HistoryEntry, Moment, Page, Topology } from '../../runtime/index.ts';
import type { RunTarget } from '../agent/index.ts';
import { BreakLocations } from '../breakpoints/break-locations.ts';
import type { BreakpointSet } from '../breakpoints/breakpoint-set.ts';
import type { BreakpointTarget } from '../breakpoints/line-breakpoints.ts';
import { AdapterError } from '../dap/errors.ts';
import type { StopReason } from '../inspection/stop-reason.ts';
import type { Checkpoint, Spawn } from '../time-travel/checkpoint.ts';
import { densityOf } from '../time-travel/density.ts';
import {
  type Navigation,
  type NavigationStop,
  stoppedEarlyReason,
} from '../time-travel/navigation.ts';
import { Navigator, type TargetReached } from '../time-travel/checkpoint-replayer.ts';
import type { StopPosition } from '../time-travel/position.ts';
import { PositionTracker } from '../time-travel/position-tracker.ts';
import { routeTo } from '../time-travel/route.ts';
import { backStepAt } from '../time-travel/step-back.ts';
import { Timeline } from '../time-travel/timeline.ts';
import type { AgentClient } from '../v8/agent-client.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import { pauseFilterOf } from '../breakpoints/pause-filter.ts';
import type { WorkerInspector } from '../v8/worker-inspector.ts';
import type { Launch } from './launch.ts';
import type { OutputFormatter } from './output-formatter.ts';
import { OutputReplay } from './output-replay.ts';
import type { ProgramImage } from '../v8/script/program-image.ts';
import { Run, type RunListener } from '../v8/run.ts';
import type { RunEvents } from './run-events.ts';
import { StatusReport } from './status-report.ts';

type BreakpointAt = ConstructorParameters<typeof OutputFormatter>[2];

const BEGINNING: Moment = { boundary: 0, notice: 0 };

/** One run of a program, with all that is known of it; a restart makes a new one. */
export class Execution {
  readonly launch: Launch;
  readonly image: ProgramImage;
  readonly report: StatusReport;
  /** Where breakpoints are set; absent when the run is not debugged. */
  breakTarget: BreakpointTarget | undefined;
  /** What is known of this and earlier courses of the program. */
  readonly timeline = new Timeline();
  private run: Run | undefined;
  readonly navigator: Navigator;
  readonly positions = new PositionTracker();
  private topologyVersion = 0;
  private readonly output: OutputReplay;
  readonly breakpoints: BreakpointSet;
  private readonly listener: RunEvents;

  private constructor(
    launch: Launch,
    image: ProgramImage,
    wishes: BreakpointSet,
    breakpointAt: BreakpointAt,
    inspector: WorkerInspector,
    listener: RunEvents,
  ) {
    this.launch = launch;
    this.image = image;
    this.breakpoints = wishes;
    this.listener = listener;
    const report = new StatusReport(launch.options, this.timeline);
    this.report = report;
    this.output = new OutputReplay(image, report, this.timeline, breakpointAt, listener);
    const spawn: Spawn = (heard, born) => Run.debugged(this.program, inspector, heard, born);
    this.navigator = new Navigator(spawn, this.timeline, pauseFilterOf(image, wishes));
  }

  /** Brings the program to where it would be loaded, if it is to be debugged. */
  static async prepare(
    launch: Launch,
    image: ProgramImage,
    inspector: WorkerInspector,
    wishes: BreakpointSet,
    breakpointAt: BreakpointAt,
    listener: RunEvents,
  ): Promise<Execution> {
    const execution = new Execution(launch, image, wishes, breakpointAt, inspector, listener);
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
    await debuggee.stopAtRuntimeErrors();
    await this.applyFilters();
    await debuggee.agentClient.call('setStopOnEntry', this.launch.stopOnEntry);
    await debuggee.resume({ mode: { kind: 'continue' }, command: 'resume' });
  }

  /** Loads the program, and has it stand where a run with `inputs` has made so many steps. */
  async beginAt(
    step: number,
    inputs: Timeline['inputs'],
    announced: Partial<StopReason>,
  ): Promise<NavigationStop> {
    const { debuggee, timeline: recording } = this;
    if (!debuggee) throw new AdapterError('NOT_DEBUGGING', 'the program is not debugged');
    await debuggee.stopAtRuntimeErrors();
    await this.applyFilters();
    if (inputs.length > 0) recording.change({ step: 0, inputs }, 'reload');
    this.listener.onOutputCleared('reloaded');
    const target = { kind: 'step', step } as const;
    const pause = await this.goForward(debuggee, target, true);
    const isEarly = this.navigator.endedEarly(pause, target);
    return { pause, announced: isEarly ? stoppedEarlyReason(target) : announced };
  }

  /** Tells the run what to stop for; takes effect at the latest when it next stands still. */
  async applyFilters(): Promise<void> {
    if (this.debuggee) await this.breakpoints.applyTo(this.debuggee);
  }

  /** Has another run of the program stop for whatever the user wants this one to stop for. */
  async enableBreakpoints(debuggee: Debuggee): Promise<void> {
    await debuggee.stopAtRuntimeErrors();
    await this.breakpoints.applyTo(debuggee);
    await this.breakpoints.lines.copyTo(debuggee.cdp);
  }

  async terminate(): Promise<void> {
    await Promise.all([this.run?.terminate(), this.navigator.close()]);
  }

  /**
   * Has the program go on a journey that begins at `from`. Forward it goes itself, backward a run
   * in reserve takes its place.
   *
   * @throws AdapterError if it cannot; it then stands where it stood.
   */
  async navigate(from: Pause, journey: Navigation): Promise<NavigationStop> {
    const { target, path: trail, branch, leavesBranch: leaves, announced = {} } = journey;
    if (!target) return { pause: from, announced };
    const was = this.timeline.branchId;
    if (branch !== undefined) await this.switchTo(branch);
    const pause = await this.goTo(from, target, trail, branch !== undefined).catch(
      async (error: unknown) => {
        if (branch !== undefined) await this.goBackTo(was);
        throw error;
      },
    );
    if (this.navigator.endedEarly(pause, target))
      return { pause, announced: stoppedEarlyReason(target) };
    if (leaves !== undefined) {
      await this.change(leaves, (control) => control.call('forgetFuture'));
    }
    return { pause, announced };
  }

  /** Makes another branch the present one; the run that stands here is then none of it. */
  private async switchTo(branch: number): Promise<void> {
    await this.refreshChoices();
    await this.goBackTo(branch);
  }

  private async goBackTo(branch: number): Promise<void> {
    await this.navigator.discardAfter(BEGINNING);
    this.timeline.switchTo(branch);
  }

  private async goTo(
    from: Pause,
    target: RunTarget,
    trail: StopPosition['path'],
    byAnother: boolean,
  ): Promise<Pause> {
    const { debuggee, timeline: recording } = this;
    if (!debuggee) throw new AdapterError('NOT_DEBUGGING', 'the program is not debugged');
    await this.refreshChoices();
    const known = routeTo(target, from, recording.steps);
    const leaps = known === 'known' && this.navigator.isNearer(target, from);
    const way = byAnother || trail || leaps ? 'back' : known;
    if (way === 'back') return this.activate(await this.navigator.to(target, trail));
    this.navigator.signal.throwIfAborted();
    return this.goForward(debuggee, target, way === 'on', from);
  }

  /**
   * Has the run that stands at `from`, or is to be loaded, go ahead itself. Where it cannot be
   * called back, as in a loop without end, another one stands before the step in which it was seen
   * last, or where it set out.
   */
  private async goForward(
    debuggee: Debuggee,
    target: RunTarget,
    aloud: boolean,
    from?: Pause,
  ): Promise<Pause> {
    const { step: departed = 0 } = from?.snapshot.status ?? {};
    const { moment, path: trail } = (from && this.positions.latest) ?? { moment: BEGINNING };
    const pause = await this.navigator.ahead(debuggee, target, aloud, moment);
    if (pause) {
      await this.finish(pause, { moment: pause.snapshot.moment ?? BEGINNING }, []);
      return pause;
    }
    const { step } = debuggee;
    const isFurther = step > departed;
    const fetched = isFurther
      ? this.navigator.fetch({ kind: 'step', step })
      : this.navigator.fetch({ kind: 'moment', moment }, trail);
    return this.activate(await fetched);
  }

  /**
   * Does something to the run from outside; `reason` says what. If the run stands in its past, what
   * was known of its future is left to a branch.
   */
  async change<Result>(
    reason: string,
    act: (control: AgentClient) => Promise<Result>,
  ): Promise<Result> {
    const { debuggee, timeline: recording, navigator: journeys } = this;
    if (!debuggee) throw new AdapterError('NOT_DEBUGGING', 'the program is not debugged');
    return debuggee.whilePaused(async (control) => {
      const result = await act(control);
      const { moment, inputs, status } = await control.call('changes');
      recording.change({ step: status.step, inputs }, reason);
      this.report.status = status;
      void journeys.discardAfter(moment);
      return result;
    });
  }

  /** The steps of the present branch, those ahead of the present included. */
  async history(start: number, count: number): Promise<Page<HistoryEntry>> {
    await this.refreshChoices();
    return this.timeline.history(start, count);
  }

  /** How they are spread. */
  async density(start: number, count: number, binSize: number): Promise<Density> {
    await this.refreshChoices();
    const read = (from: number, many: number) => this.timeline.history(from, many).items;
    return densityOf(read, start, count, binSize);
  }

  /** Completes a journey: makes report and console those of the place where the program stands. */
  private async finish(
    pause: Pause,
    place: StopPosition,
    told: TargetReached['output'],
  ): Promise<void> {
    const { status, topologyVersion } = pause.snapshot;
    if (status) this.report.status = status;
    if (status) this.timeline.reached(status.step);
    this.positions.onPositioned(place);
    await this.refreshTopology(topologyVersion);
    this.output.goTo(place.moment);
    this.output.onRecord(told);
    const before = await this.debuggee?.agentClient.call('standBefore', backStepAt(pause));
    this.navigator.prepare([...(place.path ? [place.moment] : []), ...(before ? [before] : [])]);
  }

  /** A run in reserve that has arrived takes the place of the one that stood here. */
  private async activate({
    checkpoint: replica,
    pause,
    position: place,
    output: told,
  }: TargetReached): Promise<Pause> {
    await this.replaceRun(replica);
    await this.finish(pause, place, told);
    return pause;
  }

  private async replaceRun({ run, debuggee }: Checkpoint): Promise<void> {
    const old = this.run;
    this.run = run;
    run.listen(this.runListener());
    const { cdp, removals } = debuggee;
    if (this.breakTarget) this.breakTarget = { ...this.breakTarget, cdp, removals };
    // Topologies are counted by each run for itself.
    this.topologyVersion = -1;
    const bound = this.breakpoints.lines.bindAll(this.breakTarget);
    const prepared = Promise.all([debuggee.stopAtRuntimeErrors(), this.applyFilters(), bound]);
    // The session may end meanwhile, and nobody else knows of the old run.
    await prepared.finally(() => void old?.terminate());
  }

  private get program() {
    const { bundle, runtimeCode } = this.image;
    const { options, env } = this.launch;
    const { memory, choices } = this.timeline;
    return { bundle, runtimeCode, options, env, log: { memory, choices } };
  }

  private async prepareDebuggee(inspector: WorkerInspector): Promise<void> {
    this.run = await Run.debugged(this.program, inspector, this.runListener());
    const { debuggee } = this.run;
    if (!debuggee) return;
    const { cdp, removals } = debuggee;
    const places = await BreakLocations.find(cdp, this.image);
    this.breakTarget = { cdp, removals, locations: places, sources: this.image.sources };
  }

  private runListener(): RunListener {
    const { listener, report } = this;
    return {
      onOutput: (items) => this.output.onRecord(items),
      onStatus: (status, topology) => {
        report.status = status;
        this.timeline.reached(status.step);
        if (topology) this.onTopology(topology);
        listener.onChanged();
      },
      onLoaded: () => listener.onLoaded(),
      onEnded: (outcome) => listener.onEnded(outcome),
      ...pauseFilterOf(this.image, this.breakpoints),
      onPaused: (pause) => this.stopped(pause),
    };
  }

  private async stopped(pause: Pause): Promise<void> {
    const { report, listener, debuggee, breakpoints: wishes } = this;
    const { status, topologyVersion } = pause.snapshot;
    if (status) report.status = status;
    if (status) this.timeline.reached(status.step);
    await this.refreshTopology(topologyVersion);
    if (pause.cause.kind === 'out-of-memory' && wishes.exceptions.v8State === 'none') {
      await debuggee?.resume({ mode: { kind: 'continue' }, command: 'resume' });
      return;
    }
    if (pause.cause.kind === 'exception') await debuggee?.agentClient.call('errorWasShown');
    this.positions.stops(pause);
    this.navigator.prepare();
    listener.onStopped(pause);
  }

  /** The memory shared with the run names choices by number. A run that is over says no more. */
  private async refreshChoices(): Promise<void> {
    const { debuggee, timeline: recording } = this;
    const choices = await debuggee
      ?.whilePaused((control) => control.call('choices'))
      .catch(() => []);
    recording.learnChoices(choices ?? []);
  }

  private async refreshTopology(version: number): Promise<void> {
    const { debuggee } = this;
    if (!debuggee || version === this.topologyVersion) return;
    this.topologyVersion = version;
    this.onTopology(await debuggee.agentClient.call('topology'));
  }

  private onTopology(topology: Topology): void {
    this.report.topology = topology;
    this.listener.onTopology(topology);
  }
}
