import type { Density, HistoryEntry, Moment, Page, Topology } from '../../runtime/index.ts';
import type { Target } from '../agent/index.ts';
import { BreakPlaces } from '../breakpoints/break-locations.ts';
import type { Wishes } from '../breakpoints/breakpoint-set.ts';
import type { BreakTarget } from '../breakpoints/line-breakpoints.ts';
import { AdapterError } from '../dap/errors.ts';
import type { StopReason } from '../inspection/stop-reason.ts';
import type { Replica, Spawn } from '../time-travel/checkpoint.ts';
import { densityOf } from '../time-travel/density.ts';
import { cutShort, type Journey, type Stop } from '../time-travel/navigation.ts';
import { type Arrived, Journeys } from '../time-travel/navigator.ts';
import type { Place } from '../time-travel/position.ts';
import { Whereabouts } from '../time-travel/position-tracker.ts';
import { wayTo } from '../time-travel/route.ts';
import { backStepAt } from '../time-travel/step-back.ts';
import { Recording } from '../time-travel/timeline.ts';
import type { ControlProxy } from '../v8/agent-client.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import { eyesOf } from '../v8/pause-filter.ts';
import type { WorkerInspector } from '../v8/worker-inspector.ts';
import type { Launch } from './launch.ts';
import type { Console } from './output-formatter.ts';
import { Narration } from './output-replay.ts';
import type { ProgramImage } from './program-image.ts';
import { Run, type RunListener } from './run.ts';
import type { ExecutionListener } from './run-events.ts';
import { StatusReport } from './status-report.ts';

type BreakpointAt = ConstructorParameters<typeof Console>[2];

const BEGINNING: Moment = { boundary: 0, notice: 0 };

/** One run of a program, with all that is known of it; a restart makes a new one. */
export class Execution {
  readonly launch: Launch;
  readonly image: ProgramImage;
  readonly report: StatusReport;
  /** Where breakpoints are set; absent when the run is not debugged. */
  breakTarget: BreakTarget | undefined;
  /** What is known of this and earlier courses of the program. */
  readonly recording = new Recording();
  private run: Run | undefined;
  readonly journeys: Journeys;
  readonly whereabouts = new Whereabouts();
  private topologyVersion = 0;
  private readonly narration: Narration;
  readonly wishes: Wishes;
  private readonly listener: ExecutionListener;

  private constructor(
    launch: Launch,
    image: ProgramImage,
    wishes: Wishes,
    breakpointAt: BreakpointAt,
    inspector: WorkerInspector,
    listener: ExecutionListener,
  ) {
    this.launch = launch;
    this.image = image;
    this.wishes = wishes;
    this.listener = listener;
    const report = new StatusReport(launch.options, this.recording);
    this.report = report;
    this.narration = new Narration(image, report, this.recording, breakpointAt, listener);
    const spawn: Spawn = (heard, born) => Run.debugged(this.program, inspector, heard, born);
    this.journeys = new Journeys(spawn, this.recording, eyesOf(image, wishes));
  }

  /** Brings the program to where it would be loaded, if it is to be debugged. */
  static async prepare(
    launch: Launch,
    image: ProgramImage,
    inspector: WorkerInspector,
    wishes: Wishes,
    breakpointAt: BreakpointAt,
    listener: ExecutionListener,
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
    await debuggee.watchRefusals();
    await this.applyFilters();
    await debuggee.control.call('setStopOnEntry', this.launch.stopOnEntry);
    await debuggee.resume({ mode: { kind: 'continue' }, command: 'resume' });
  }

  /** Loads the program, and has it stand where a run with `inputs` has made so many steps. */
  async beginAt(
    step: number,
    inputs: Recording['inputs'],
    announced: Partial<StopReason>,
  ): Promise<Stop> {
    const { debuggee, recording } = this;
    if (!debuggee) throw new AdapterError('NOT_DEBUGGING', 'the program is not debugged');
    await debuggee.watchRefusals();
    await this.applyFilters();
    if (inputs.length > 0) recording.change({ step: 0, inputs }, 'reload');
    this.listener.onOutputWithdrawn('reloaded');
    const target = { kind: 'step', step } as const;
    const pause = await this.goAhead(debuggee, target, true);
    const isEarly = this.journeys.endedEarly(pause, target);
    return { pause, announced: isEarly ? cutShort(target) : announced };
  }

  /** Tells the run what to stop for; takes effect at the latest when it next stands still. */
  async applyFilters(): Promise<void> {
    if (this.debuggee) await this.wishes.applyTo(this.debuggee);
  }

  /** Has another run of the program stop for whatever the user wants this one to stop for. */
  async beWatchful(debuggee: Debuggee): Promise<void> {
    await debuggee.watchRefusals();
    await this.wishes.applyTo(debuggee);
    await this.wishes.lines.copyTo(debuggee.cdp);
  }

  async terminate(): Promise<void> {
    await Promise.all([this.run?.terminate(), this.journeys.close()]);
  }

  /**
   * Has the program go on a journey that begins at `from`. Forward it goes itself, backward a run
   * in reserve takes its place.
   *
   * @throws AdapterError if it cannot; it then stands where it stood.
   */
  async travel(from: Pause, journey: Journey): Promise<Stop> {
    const { target, trail, branch, leaves, announced = {} } = journey;
    if (!target) return { pause: from, announced };
    const was = this.recording.branchId;
    if (branch !== undefined) await this.switchTo(branch);
    const pause = await this.goTo(from, target, trail, branch !== undefined).catch(
      async (error: unknown) => {
        if (branch !== undefined) await this.leaveFor(was);
        throw error;
      },
    );
    if (this.journeys.endedEarly(pause, target)) return { pause, announced: cutShort(target) };
    if (leaves !== undefined) {
      await this.change(leaves, (control) => control.call('forgetFuture'));
    }
    return { pause, announced };
  }

  /** Makes another branch the present one; the run that stands here is then none of it. */
  private async switchTo(branch: number): Promise<void> {
    await this.learnChoices();
    await this.leaveFor(branch);
  }

  private async leaveFor(branch: number): Promise<void> {
    await this.journeys.forgetAfter(BEGINNING);
    this.recording.switchTo(branch);
  }

  private async goTo(
    from: Pause,
    target: Target,
    trail: Place['trail'],
    byAnother: boolean,
  ): Promise<Pause> {
    const { debuggee, recording } = this;
    if (!debuggee) throw new AdapterError('NOT_DEBUGGING', 'the program is not debugged');
    await this.learnChoices();
    const known = wayTo(target, from, recording.steps);
    const leaps = known === 'known' && this.journeys.isNearer(target, from);
    const way = byAnother || trail || leaps ? 'back' : known;
    if (way === 'back') return this.seat(await this.journeys.to(target, trail));
    this.journeys.signal.throwIfAborted();
    return this.goAhead(debuggee, target, way === 'on', from);
  }

  /**
   * Has the run that stands at `from`, or is to be loaded, go ahead itself. Where it cannot be
   * called back, as in a loop without end, another one stands before the step in which it was seen
   * last, or where it set out.
   */
  private async goAhead(
    debuggee: Debuggee,
    target: Target,
    aloud: boolean,
    from?: Pause,
  ): Promise<Pause> {
    const { step: departed = 0 } = from?.standing.status ?? {};
    const { moment, trail } = (from && this.whereabouts.latest) ?? { moment: BEGINNING };
    const pause = await this.journeys.ahead(debuggee, target, aloud, moment);
    if (pause) {
      await this.settle(pause, { moment: pause.standing.moment ?? BEGINNING }, []);
      return pause;
    }
    const { step } = debuggee;
    const isFurther = step > departed;
    const fetched = isFurther
      ? this.journeys.fetch({ kind: 'step', step })
      : this.journeys.fetch({ kind: 'moment', moment }, trail);
    return this.seat(await fetched);
  }

  /**
   * Does something to the run from outside; `reason` says what. If the run stands in its past, what
   * was known of its future is left to a branch.
   */
  async change<Result>(
    reason: string,
    act: (control: ControlProxy) => Promise<Result>,
  ): Promise<Result> {
    const { debuggee, recording, journeys } = this;
    if (!debuggee) throw new AdapterError('NOT_DEBUGGING', 'the program is not debugged');
    return debuggee.look(async (control) => {
      const result = await act(control);
      const { moment, inputs, status } = await control.call('changes');
      recording.change({ step: status.step, inputs }, reason);
      this.report.status = status;
      void journeys.forgetAfter(moment);
      return result;
    });
  }

  /** The steps of the present branch, those ahead of the present included. */
  async history(start: number, count: number): Promise<Page<HistoryEntry>> {
    await this.learnChoices();
    return this.recording.history(start, count);
  }

  /** How they are spread. */
  async density(start: number, count: number, binSize: number): Promise<Density> {
    await this.learnChoices();
    const read = (from: number, many: number) => this.recording.history(from, many).items;
    return densityOf(read, start, count, binSize);
  }

  /** Completes a journey: makes report and console those of the place where the program stands. */
  private async settle(pause: Pause, place: Place, told: Arrived['told']): Promise<void> {
    const { status, topologyVersion } = pause.standing;
    if (status) this.report.status = status;
    if (status) this.recording.reached(status.step);
    this.whereabouts.isBroughtTo(place);
    await this.learnTopology(topologyVersion);
    this.narration.goTo(place.moment);
    this.narration.hear(told);
    const before = await this.debuggee?.control.call('standBefore', backStepAt(pause));
    this.journeys.prepare([...(place.trail ? [place.moment] : []), ...(before ? [before] : [])]);
  }

  /** A run in reserve that has arrived takes the place of the one that stood here. */
  private async seat({ replica, pause, place, told }: Arrived): Promise<Pause> {
    await this.adopt(replica);
    await this.settle(pause, place, told);
    return pause;
  }

  private async adopt({ run, debuggee }: Replica): Promise<void> {
    const old = this.run;
    this.run = run;
    run.listen(this.runListener());
    const { cdp, removals } = debuggee;
    if (this.breakTarget) this.breakTarget = { ...this.breakTarget, cdp, removals };
    // Topologies are counted by each run for itself.
    this.topologyVersion = -1;
    const bound = this.wishes.lines.bindAll(this.breakTarget);
    const prepared = Promise.all([debuggee.watchRefusals(), this.applyFilters(), bound]);
    // The session may end meanwhile, and nobody else knows of the old run.
    await prepared.finally(() => void old?.terminate());
  }

  private get program() {
    const { bundle, runtimeCode } = this.image;
    const { options, env } = this.launch;
    const { memory, choices } = this.recording;
    return { bundle, runtimeCode, options, env, log: { memory, choices } };
  }

  private async prepareDebuggee(inspector: WorkerInspector): Promise<void> {
    this.run = await Run.debugged(this.program, inspector, this.runListener());
    const { debuggee } = this.run;
    if (!debuggee) return;
    const { cdp, removals } = debuggee;
    const places = await BreakPlaces.find(cdp, this.image);
    this.breakTarget = { cdp, removals, places, sources: this.image.sources };
  }

  private runListener(): RunListener {
    const { listener, report } = this;
    return {
      onTold: (items) => this.narration.hear(items),
      onStatus: (status, topology) => {
        report.status = status;
        this.recording.reached(status.step);
        if (topology) this.learn(topology);
        listener.onChanged();
      },
      onLoaded: () => listener.onLoaded(),
      onOver: (outcome) => listener.onOver(outcome),
      ...eyesOf(this.image, this.wishes),
      onPaused: (pause) => this.stopped(pause),
    };
  }

  private async stopped(pause: Pause): Promise<void> {
    const { report, listener, debuggee, wishes } = this;
    const { status, topologyVersion } = pause.standing;
    if (status) report.status = status;
    if (status) this.recording.reached(status.step);
    await this.learnTopology(topologyVersion);
    if (pause.cause.kind === 'out-of-memory' && wishes.exceptions.v8State === 'none') {
      await debuggee?.resume({ mode: { kind: 'continue' }, command: 'resume' });
      return;
    }
    if (pause.cause.kind === 'exception') await debuggee?.control.call('errorWasShown');
    this.whereabouts.stops(pause);
    this.journeys.prepare();
    listener.onStopped(pause);
  }

  /** The memory shared with the run names choices by number. A run that is over says no more. */
  private async learnChoices(): Promise<void> {
    const { debuggee, recording } = this;
    const choices = await debuggee?.look((control) => control.call('choices')).catch(() => []);
    recording.learnChoices(choices ?? []);
  }

  private async learnTopology(version: number): Promise<void> {
    const { debuggee } = this;
    if (!debuggee || version === this.topologyVersion) return;
    this.topologyVersion = version;
    this.learn(await debuggee.control.call('topology'));
  }

  private learn(topology: Topology): void {
    this.report.topology = topology;
    this.listener.onTopology(topology);
  }
}
