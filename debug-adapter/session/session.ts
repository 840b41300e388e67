import assert from 'node:assert/strict';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { RecordedInput, Topology } from '../../runtime/index.ts';
import { BreakpointSet } from '../breakpoints/breakpoint-set.ts';
import { ClientCapabilities } from '../dap/client.ts';
import type { SendEvent } from '../dap/connection.ts';
import { AdapterError, notPausedError, supersededError } from '../dap/errors.ts';
import { FrameStore } from '../inspection/frames.ts';
import { activeWorkflow, nextStep, stackTraceOf } from '../inspection/stack-trace.ts';
import { type StopReason, stoppedBody, stopReasonOf } from '../inspection/stop-reason.ts';
import { VariableStore } from '../inspection/variable-store.ts';
import type { VariableReader } from '../inspection/variables.ts';
import { CHANGED_EVENT } from '../protocol.ts';
import type { Navigation } from '../time-travel/navigation.ts';
import {
  type NavigationHandle,
  NavigationProgress,
  type ProgressOptions,
} from '../time-travel/navigation-progress.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import type { ResumeAction } from '../v8/step-state.ts';
import type { WorkerInspector } from '../v8/worker-inspector.ts';
import { Execution } from './execution.ts';
import { exitReportOf } from './exit-report.ts';
import type { Launch } from './launch.ts';
import { LaunchGate } from './launch-gate.ts';
import { clearOutput } from './output-formatter.ts';
import type { Phase } from './phase.ts';
import { loadImage, type ProgramImage } from '../v8/script/program-image.ts';
import type { RunOutcome } from '../v8/run.ts';
import { forwardWhile, type RunEvents } from './run-events.ts';
import { Threads } from './threads.ts';

type Find = (execution: Execution, from: Pause) => Promise<Navigation>;

/** A step is over before anyone has read that it runs; what takes longer is told to run. */
const RUNNING_TOLD_AFTER_MS = 100;

/** One debug session: what its client has asked for, and the program that runs for it. */
export class Session {
  readonly breakpoints = new BreakpointSet();
  readonly frames = new FrameStore();
  readonly variables = new VariableStore();
  threads = new Threads();
  readonly progress: NavigationProgress;
  phase: Phase = 'created';
  readonly client = new ClientCapabilities();
  private current: Execution | undefined;
  /** Grows with each start and end, so that whatever was overtaken by one knows it. */
  private turn = 0;
  /** The turn whose run is the current one; one that ends before fails to start. */
  private prepared = 0;
  readonly launching = new LaunchGate();
  private runningTimer: NodeJS.Timeout | undefined;
  private readonly inspector: WorkerInspector;
  readonly sendEvent: SendEvent;

  constructor(inspector: WorkerInspector, sendEvent: SendEvent) {
    this.inspector = inspector;
    this.sendEvent = sendEvent;
    this.progress = new NavigationProgress(sendEvent);
  }

  /** The run under way, or the last one. @throws AdapterError before the first launch. */
  get execution(): Execution {
    if (this.current) return this.current;
    throw new AdapterError('NOT_LAUNCHED', 'no program has been launched yet');
  }

  /** What is launched; absent before there is a run to know. */
  get topology(): Topology | undefined {
    return this.current?.report.topology;
  }

  /** The debugger's side of the run. @throws AdapterError when there is none to ask. */
  get debuggee(): Debuggee {
    const { debuggee } = this.execution;
    if (this.phase === 'ended') throw new AdapterError('ENDED', 'the program has ended');
    if (debuggee) return debuggee;
    throw new AdapterError('NOT_DEBUGGING', 'the program was started without debugging');
  }

  /** Where the program stands still. @throws AdapterError when it does not. */
  get pause(): Pause {
    const { pause } = this.debuggee;
    if (pause && this.phase === 'stopped') return pause;
    throw notPausedError();
  }

  /** Where variables are read. @throws AdapterError when the program does not stand still. */
  get reader(): VariableReader {
    const { debuggee, variables: containers, pause } = this;
    assert(pause);
    const { sources } = this.execution.image;
    return { cdp: debuggee.cdp, agent: debuggee.agentClient, variables: containers, sources };
  }

  /** The frames of a thread, innermost first. */
  stack(threadId: number): readonly DebugProtocol.StackFrame[] {
    const { pause, frames } = this;
    const { image, report } = this.execution;
    const { sources } = image;
    const { topology, chosen } = report;
    const at = { pause, frames, sources, topology, chosen };
    return stackTraceOf(at, this.threads.workflowOf(threadId));
  }

  /** Brings a program to where it would be loaded; {@link begin} lets it go. */
  async prepare(launch: Launch): Promise<void> {
    if (this.phase !== 'created' && this.phase !== 'ended') {
      throw new AdapterError('ALREADY_LAUNCHED', 'a program has been launched already');
    }
    await this.start(launch);
    this.sendEvent('initialized');
  }

  /** Lets the program go; resolves when it is loaded, or stands still, and fails if it does not. */
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

  /** As {@link begin}, but has it stand where a run with `inputs` has made so many steps. */
  async beginAt(
    step: number,
    inputs: readonly RecordedInput[],
    asked: ProgressOptions,
  ): Promise<void> {
    if (this.phase !== 'starting') throw supersededError();
    const { turn } = this;
    this.phase = 'running';
    const passage = this.beginNavigation(this.execution, asked);
    const reloaded = { reason: 'goto', description: 'Reloaded' } as const;
    const begun = this.execution.beginAt(step, inputs, reloaded).finally(() => passage.end());
    const { pause, announced } = await begun;
    if (turn !== this.turn) throw supersededError();
    this.pauseAfterResponse(pause, announced);
  }

  /** Runs on from where the program stands; `untold` when the client would not know of it. */
  async resume(course: ResumeAction, untold?: true): Promise<void> {
    const { debuggee, pause } = this;
    assert(pause);
    this.runs(untold);
    this.execution.positions.onResume(course);
    await debuggee.resume(course);
  }

  /**
   * Has the program stand at another place of its course, ahead or back, where `find` says; it is
   * announced as it says, too. @throws AdapterError if it cannot; it then stands where it stood.
   */
  async navigate(find: Find, asked: ProgressOptions): Promise<void> {
    const { pause: from, execution, turn } = this;
    this.runs(asked.hidden);
    const passage = this.beginNavigation(execution, asked);
    try {
      const { pause, announced } = await execution.navigate(from, await find(execution, from));
      if (turn !== this.turn) throw supersededError();
      this.pauseAfterResponse(pause, announced);
    } catch (error) {
      if (turn === this.turn && this.phase === 'running') this.pauseAfterResponse(from, {});
      throw error;
    } finally {
      passage.end();
    }
  }

  /** Has `execution` know when the client no longer wants to get where the journey leads. */
  private beginNavigation(
    { navigator: journeys }: Execution,
    asked: ProgressOptions,
  ): NavigationHandle {
    const passage = this.progress.begin(asked, () => journeys.progress);
    journeys.signal = passage.signal;
    return passage;
  }

  /** Stops the program as soon as it can be stopped; a program that stands still stays so. */
  requestPause(): void {
    if (this.progress.cancel()) return;
    if (this.phase !== 'stopped') this.debuggee.requestPause();
  }

  /** Applies new {@link breakpoints}; before the launch it is enough to remember them. */
  async applyFilters(): Promise<void> {
    if (this.phase === 'running' || this.phase === 'stopped') await this.current?.applyFilters();
  }

  /**
   * Ends the run and begins the program anew, as its files are now. If they make no program, the
   * run stays as it is.
   */
  async restart(launch: Launch, begin = () => this.begin()): Promise<void> {
    this.refuseWhileStarting();
    const { turn } = this;
    const image = await loadImage(launch.program);
    if (turn !== this.turn) throw supersededError();
    this.refuseWhileStarting();
    // Clients show it as standing still until they hear otherwise.
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
    // A launch that is still waiting is answered too.
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
    const { inspector, breakpoints: wishes } = this;
    const listener = this.listener(() => turn === this.turn && turn === this.prepared);
    const breakpointAt = (id: number) => wishes.lines.positionOf(id);
    return Execution.prepare(launch, image, inspector, wishes, breakpointAt, listener);
  }

  private listener(mine: () => boolean): RunEvents {
    const listener: RunEvents = {
      onOutput: (output) => this.sendEvent('output', output),
      onOutputCleared: (why) =>
        this.sendEvent('output', clearOutput(this.client.clearsConsole, why)),
      onChanged: () => this.sendChanged(),
      onTopology: (topology) => this.onTopology(topology),
      onLoaded: () => this.launching.finish(),
      onStopped: (pause) => this.stopped(pause),
      onEnded: (outcome) => this.ended(outcome),
    };
    return forwardWhile(() => mine() && this.phase !== 'ended', listener);
  }

  private onTopology(topology: Topology): void {
    for (const threadId of this.threads.update(topology)) {
      this.sendEvent('thread', { reason: 'started', threadId });
    }
    this.sendBreakpoints(this.breakpoints.verify(topology));
  }

  /** Clients take the answer to a request that goes on as a sign that the program runs. */
  private pauseAfterResponse(pause: Pause, reason: Partial<StopReason>): void {
    const { turn } = this;
    setImmediate(() => {
      if (turn === this.turn && this.phase !== 'ended') this.stopped(pause, reason);
    });
  }

  private stopped(pause: Pause, announced: Partial<StopReason> = {}): void {
    const { breakpoints: wishes, execution } = this;
    const { report } = execution;
    const said = { ...stopReasonOf(pause, wishes.namesAt(pause)), ...announced };
    this.phase = 'stopped';
    report.stopped = { reason: said.reason, description: said.description };
    report.next = nextStep(pause);
    const threadId = this.threads.idOf(activeWorkflow(pause.snapshot, report.topology));
    this.sendEvent('stopped', stoppedBody(said, threadId, wishes.hitAt(pause)));
    this.sendChanged();
    this.launching.finish();
  }

  /** The program is about to run on: what was shown of it is no longer true. */
  private runs(untold?: true): void {
    this.phase = 'running';
    if (untold) this.sendContinued();
    const { report } = this.execution;
    report.stopped = report.next = report.chosen = undefined;
    this.clearReferences();
    clearTimeout(this.runningTimer);
    this.runningTimer = setTimeout(() => {
      if (this.phase === 'running') this.sendChanged();
    }, RUNNING_TOLD_AFTER_MS).unref();
  }

  /** What the client shows of other threads than the one that stopped is no longer true either. */
  private sendContinued(): void {
    const threadId = this.threads.idOf(undefined);
    this.sendEvent('continued', { threadId, allThreadsContinued: true });
  }

  private ended(outcome: RunOutcome): void {
    const { outputs, problem, exitCode } = exitReportOf(outcome, this.execution.report);
    for (const output of outputs) this.sendEvent('output', output);
    this.launching.finish(problem);
    this.end(exitCode);
    // Its thread is gone, but runs in reserve stand by.
    void this.execution.terminate();
  }

  private end(exitCode: number): void {
    this.phase = 'ended';
    this.clearReferences();
    if (this.current) {
      this.current.report.stopped = undefined;
      this.sendChanged();
    }
    // After the answer to a launch that failed, which clients would otherwise not show.
    setImmediate(() => {
      this.sendEvent('exited', { exitCode });
      this.sendEvent('terminated');
    });
  }

  private clearReferences(): void {
    this.frames.clear();
    this.variables.clear();
  }

  sendChanged(): void {
    this.sendEvent(CHANGED_EVENT, this.execution.report.body);
  }
}
