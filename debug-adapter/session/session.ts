import assert from 'node:assert/strict';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Path, RecordedInput, Topology } from '../../runtime/index.ts';
import { BreakpointSet } from '../breakpoints/breakpoint-set.ts';
import { ClientCapabilities } from '../dap/client.ts';
import type { SendEvent } from '../dap/connection.ts';
import type { DiagnosticLog } from '../dap/diagnostic-log.ts';
import { AdapterError, notPausedError, supersededError } from '../dap/errors.ts';
import { StepQueue } from '../dap/step-queue.ts';
import { FrameStore } from '../inspection/frames.ts';
import { activeWorkflow, nextStep } from '../inspection/stack-trace.ts';
import { type StopReason, stoppedBody, stopReasonOf } from '../inspection/stop-reason.ts';
import { VariableStore } from '../inspection/variable-store.ts';
import { CHANGED_EVENT } from '../protocol.ts';
import type { Navigation } from '../time-travel/navigation.ts';
import {
  type NavigationHandle,
  NavigationProgress,
  type ProgressOptions,
} from '../time-travel/navigation-progress.ts';
import type { Navigator } from '../time-travel/navigator.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import type { RunEvents, RunOutcome } from '../v8/run-events.ts';
import { loadImage, type ProgramImage } from '../v8/script/program-image.ts';
import type { ResumeAction } from '../v8/step-state.ts';
import type { ClientInspector } from '../v8/worker-inspector.ts';
import { ClientConsole } from './client-console.ts';
import { DelayedReport } from './delayed-report.ts';
import { Execution } from './execution.ts';
import { exitReportOf } from './exit-report.ts';
import { forwardWhile } from './forward-while.ts';
import type { Launch } from './launch.ts';
import { LaunchGate } from './launch-gate.ts';
import type { Phase } from './phase.ts';
import { Threads } from './threads.ts';

type FindTarget = (navigator: Navigator, from: Pause) => Promise<Navigation>;

/** One debug session: the client's breakpoints and requests, and the program that runs for it. */
export class Session {
  readonly breakpoints = new BreakpointSet();
  readonly frames = new FrameStore();
  readonly variables = new VariableStore();
  threads = new Threads();
  readonly progress: NavigationProgress;
  phase: Phase = 'created';
  readonly client = new ClientCapabilities();
  private current: Execution | undefined;
  /** Counts starts and ends: an operation that awaited compares it to notice it was superseded. */
  private turn = 0;
  /** The turn whose run is the current one. A run that ends before that has failed to start. */
  private prepared = 0;
  readonly launching = new LaunchGate();
  readonly steps = new StepQueue();
  private readonly runningReport = new DelayedReport();
  private readonly inspector: ClientInspector;
  readonly sendEvent: SendEvent;
  readonly log: DiagnosticLog;

  constructor(inspector: ClientInspector, sendEvent: SendEvent, log: DiagnosticLog) {
    this.inspector = inspector;
    this.sendEvent = this.steps.watch(sendEvent);
    this.log = log;
    this.progress = new NavigationProgress(sendEvent);
  }

  /** The run under way, or the last one. @throws AdapterError before the first launch. */
  get execution(): Execution {
    if (this.current) return this.current;
    throw new AdapterError('NOT_LAUNCHED', 'no program has been launched yet');
  }

  /** The launched applications; absent before the first launch. */
  get topology(): Topology | undefined {
    return this.current?.report.topology;
  }

  /** The debugger's side of the run. @throws AdapterError when no run is debugged. */
  get debuggee(): Debuggee {
    const { debuggee } = this.execution;
    if (this.phase === 'ended') throw new AdapterError('ENDED', 'the program has ended');
    if (debuggee) return debuggee;
    throw new AdapterError('NOT_DEBUGGING', 'the program was started without debugging');
  }

  /** The current pause. @throws AdapterError when the program is not paused. */
  get pause(): Pause {
    const { pause } = this.debuggee;
    if (pause && this.phase === 'stopped') return pause;
    throw notPausedError();
  }

  /** Starts a program's thread; {@link begin} loads and runs the program. */
  async prepare(launch: Launch): Promise<void> {
    if (this.phase !== 'created' && this.phase !== 'ended') {
      throw new AdapterError('ALREADY_LAUNCHED', 'a program has been launched already');
    }
    await this.start(launch);
    this.sendEvent('initialized');
  }

  /** Runs the program; resolves when it is loaded or paused, and rejects if loading fails. */
  async begin(): Promise<void> {
    if (this.phase !== 'starting') throw supersededError();
    const settled = this.launching.begin();
    this.phase = 'running';
    const { turn } = this;
    await this.execution.begin(this.inspector).catch((error: unknown) => {
      throw turn === this.turn ? error : supersededError();
    });
    await settled();
  }

  /** As {@link begin}, but runs to the boundary before `step`, repeating `inputs`. */
  async beginAt(
    step: number,
    inputs: readonly RecordedInput[],
    asked: ProgressOptions,
  ): Promise<void> {
    if (this.phase !== 'starting') throw supersededError();
    const { turn } = this;
    this.phase = 'running';
    const progress = this.beginNavigation(this.execution.navigator, asked);
    const reloaded = { reason: 'goto', description: 'Reloaded' } as const;
    const begun = this.execution.beginAt(step, inputs, reloaded).finally(() => progress.end());
    const { pause, announced } = await begun;
    if (turn !== this.turn) throw supersededError();
    this.pauseAfterResponse(pause, announced);
  }

  /** Resumes the program; `hidden` if the client does not expect it to run. */
  async resume(action: ResumeAction, hidden?: true): Promise<void> {
    const { debuggee, pause } = this;
    assert(pause);
    this.runs(hidden);
    this.execution.navigator.positions.onResume(action);
    await debuggee.resume(action);
  }

  /**
   * Moves the session to the position that `find` determines, forward or back.
   *
   * @throws AdapterError if it cannot be reached; the session then stays where it was.
   */
  async navigate(find: FindTarget, asked: ProgressOptions): Promise<void> {
    const { pause: from, turn } = this;
    const { navigator } = this.execution;
    this.runs(asked.hidden);
    const progress = this.beginNavigation(navigator, asked);
    try {
      const { pause, announced } = await navigator.navigate(from, await find(navigator, from));
      if (turn !== this.turn) throw supersededError();
      this.pauseAfterResponse(pause, announced);
    } catch (error) {
      if (turn === this.turn && this.phase === 'running') this.pauseAfterResponse(from, {});
      throw error;
    } finally {
      progress.end();
    }
  }

  /** Lets the client follow and cancel what the navigator is about to do. */
  private beginNavigation({ replayer }: Navigator, asked: ProgressOptions): NavigationHandle {
    const progress = this.progress.begin(asked, () => replayer.progress);
    replayer.signal = progress.signal;
    return progress;
  }

  /** Pauses the program as soon as possible; a paused program stays paused. */
  requestPause(): void {
    this.steps.cancel();
    if (this.progress.cancel()) return;
    if (this.phase !== 'stopped') this.debuggee.requestPause();
  }

  /** Applies new {@link breakpoints}; before the launch they are only stored. */
  async applyFilters(): Promise<void> {
    if (this.phase === 'running' || this.phase === 'stopped') await this.current?.applyFilters();
  }

  /**
   * Ends the run and starts the program again from its current files. If they do not bundle, the
   * run continues unchanged.
   */
  async restart(launch: Launch, begin = () => this.begin()): Promise<void> {
    this.refuseWhileStarting();
    const { turn } = this;
    const image = await loadImage(launch.program);
    if (turn !== this.turn) throw supersededError();
    this.refuseWhileStarting();
    // Without this event, clients keep showing the program as paused.
    if (this.phase === 'stopped') this.sendContinued();
    this.phase = 'starting';
    await this.current?.terminate();
    if (this.phase !== 'starting') throw supersededError();
    await this.start(launch, image);
    await begin();
  }

  private refuseWhileStarting(): void {
    if (this.phase !== 'starting') return;
    throw new AdapterError('ALREADY_LAUNCHED', 'the program is just being started');
  }

  /** Ends the run, whatever it is doing. */
  async terminate(): Promise<void> {
    this.turn += 1;
    if (this.phase !== 'ended') this.end(0);
    // A launch request may still be waiting for its response.
    this.launching.configurationIsDone();
    this.launching.finish(supersededError());
    await this.current?.terminate();
  }

  private async start(launch: Launch, loaded?: ProgramImage): Promise<void> {
    const turn = ++this.turn;
    this.phase = 'starting';
    let execution: Execution;
    try {
      const image = loaded ?? (await loadImage(launch.program));
      execution = await this.prepareExecution(launch, image, turn);
    } catch (error) {
      if (turn === this.turn) this.end(1);
      throw error;
    }
    if (turn !== this.turn) {
      await execution.terminate();
      throw supersededError();
    }
    this.current = execution;
    this.prepared = turn;
    this.threads = new Threads();
    this.clearReferences();
    this.sendBreakpoints(this.breakpoints.verify(undefined));
    this.sendBreakpoints(await this.breakpoints.lines.bindAll(execution.breakTarget));
  }

  private sendBreakpoints(changed: readonly DebugProtocol.Breakpoint[]): void {
    for (const breakpoint of changed) {
      this.sendEvent('breakpoint', { reason: 'changed', breakpoint });
    }
  }

  private prepareExecution(launch: Launch, image: ProgramImage, turn: number): Promise<Execution> {
    const isActive = () => turn === this.turn && turn === this.prepared && this.phase !== 'ended';
    const events = forwardWhile(isActive, this.runEvents(image));
    return Execution.prepare(launch, image, this.inspector, this.breakpoints, events);
  }

  private runEvents({ sources }: ProgramImage): RunEvents {
    const siteOf = (path: Path) => this.topology?.nodes.find((node) => node.path === path)?.site;
    const breakpointAt = (id: number) => this.breakpoints.lines.positionOf(id);
    const output = new ClientConsole(this.sendEvent, sources, siteOf, breakpointAt);
    return {
      onOutput: (records) => output.write(records),
      onOutputCleared: (why) => output.clear(why, this.client.clearsConsole),
      onTopology: (topology) => this.onTopology(topology),
      onStatus: () => this.sendChanged(),
      onLoaded: () => this.launching.finish(),
      onPaused: (pause) => this.stopped(pause),
      onEnded: (outcome) => this.ended(outcome),
    };
  }

  private onTopology(topology: Topology): void {
    for (const threadId of this.threads.update(topology)) {
      this.sendEvent('thread', { reason: 'started', threadId });
    }
    this.sendBreakpoints(this.breakpoints.verify(topology));
  }

  /** Clients treat the response to a navigation request as `continued`, so `stopped` follows it. */
  private pauseAfterResponse(pause: Pause, announced: Partial<StopReason>): void {
    const { turn } = this;
    setImmediate(() => {
      if (turn === this.turn && this.phase !== 'ended') this.stopped(pause, announced);
    });
  }

  private stopped(pause: Pause, announced: Partial<StopReason> = {}): void {
    const { breakpoints, execution } = this;
    const { report } = execution;
    const reason = { ...stopReasonOf(pause, breakpoints.namesAt(pause)), ...announced };
    this.phase = 'stopped';
    report.stopped = { reason: reason.reason, description: reason.description };
    report.next = nextStep(pause);
    const threadId = this.threads.idOf(activeWorkflow(pause.snapshot, report.topology));
    this.sendEvent('stopped', stoppedBody(reason, threadId, breakpoints.hitAt(pause)));
    this.sendChanged();
    this.launching.finish();
  }

  /** Called before the program runs: invalidates what was shown of the pause. */
  private runs(hidden?: true): void {
    this.phase = 'running';
    if (hidden) this.sendContinued();
    const { report } = this.execution;
    report.stopped = report.next = report.chosen = undefined;
    this.clearReferences();
    this.runningReport.begin(() => {
      if (this.phase === 'running') this.sendChanged();
    });
  }

  /** All threads run, not only the one that had stopped. */
  private sendContinued(): void {
    const threadId = this.threads.idOf(undefined);
    this.sendEvent('continued', { threadId, allThreadsContinued: true });
  }

  private ended(outcome: RunOutcome): void {
    const { outputs, problem, exitCode } = exitReportOf(outcome, this.execution);
    for (const output of outputs) this.sendEvent('output', output);
    this.launching.finish(problem);
    this.end(exitCode);
    // The active run's thread has ended, but checkpoints still hold threads.
    void this.execution.terminate();
  }

  private end(exitCode: number): void {
    this.phase = 'ended';
    this.clearReferences();
    if (this.current) {
      this.current.report.stopped = undefined;
      this.sendChanged();
    }
    // Sent after the response to a failed launch; otherwise clients do not show that response.
    setImmediate(() => {
      this.sendEvent('exited', { exitCode });
      this.sendEvent('terminated');
    });
  }

  private clearReferences(): void {
    this.frames.clear();
    this.variables.clear();
  }

  /** Makes the client read `area` again: it changed without a step. */
  invalidate(area: DebugProtocol.InvalidatedAreas): void {
    if (this.client.readsAgain && this.phase === 'stopped') {
      this.sendEvent('invalidated', { areas: [area] });
    }
  }

  sendChanged(): void {
    this.sendEvent(CHANGED_EVENT, this.execution.report.body);
  }
}
