import assert from 'node:assert/strict';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { RecordedInput, Topology } from '../../runtime/index.ts';
import { Wishes } from '../breakpoints/breakpoint-set.ts';
import { Client } from '../dap/client.ts';
import type { SendEvent } from '../dap/connection.ts';
import { AdapterError, overtaken, running } from '../dap/errors.ts';
import { Frames } from '../inspection/frames.ts';
import { activeWorkflow, nextStep, stackOf } from '../inspection/stack-trace.ts';
import { reasonOf, type StopReason, stoppedBody } from '../inspection/stop-reason.ts';
import { Containers } from '../inspection/variable-store.ts';
import type { Reader } from '../inspection/variables.ts';
import { CHANGED_EVENT } from '../protocol.ts';
import type { Journey } from '../time-travel/navigation.ts';
import { type Asked, type Passage, Passages } from '../time-travel/navigation-progress.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import type { Course } from '../v8/step-state.ts';
import type { WorkerInspector } from '../v8/worker-inspector.ts';
import { Execution } from './execution.ts';
import { conclusionOf } from './exit-report.ts';
import type { Launch } from './launch.ts';
import { Launching } from './launch-gate.ts';
import { withdrawal } from './output-formatter.ts';
import type { Phase } from './phase.ts';
import { loadImage, type ProgramImage } from './program-image.ts';
import type { Outcome } from './run.ts';
import { type ExecutionListener, heardWhile } from './run-events.ts';
import { Threads } from './threads.ts';

type Find = (execution: Execution, from: Pause) => Promise<Journey>;

/** A step is over before anyone has read that it runs; what takes longer is told to run. */
const RUNNING_TOLD_AFTER_MS = 100;

/** One debug session: what its client has asked for, and the program that runs for it. */
export class Session {
  readonly wishes = new Wishes();
  readonly frames = new Frames();
  readonly containers = new Containers();
  threads = new Threads();
  readonly passages: Passages;
  phase: Phase = 'created';
  readonly client = new Client();
  private current: Execution | undefined;
  /** Grows with each start and end, so that whatever was overtaken by one knows it. */
  private turn = 0;
  /** The turn whose run is the current one; one that ends before fails to start. */
  private prepared = 0;
  readonly launching = new Launching();
  private runningTimer: NodeJS.Timeout | undefined;
  private readonly inspector: WorkerInspector;
  readonly sendEvent: SendEvent;

  constructor(inspector: WorkerInspector, sendEvent: SendEvent) {
    this.inspector = inspector;
    this.sendEvent = sendEvent;
    this.passages = new Passages(sendEvent);
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
    throw running();
  }

  /** Where variables are read. @throws AdapterError when the program does not stand still. */
  get reader(): Reader {
    const { debuggee, containers, pause } = this;
    assert(pause);
    const { sources } = this.execution.image;
    return { cdp: debuggee.cdp, control: debuggee.control, containers, sources };
  }

  /** The frames of a thread, innermost first. */
  stack(threadId: number): readonly DebugProtocol.StackFrame[] {
    const { pause, frames } = this;
    const { image, report } = this.execution;
    const { sources } = image;
    const { topology, chosen } = report;
    const at = { pause, frames, sources, topology, chosen };
    return stackOf(at, this.threads.workflowOf(threadId));
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
    if (this.phase !== 'starting') throw overtaken();
    const settled = this.launching.begin();
    this.phase = 'running';
    const { turn } = this;
    await this.execution.begin(this.inspector).catch((error: unknown) => {
      throw turn === this.turn ? error : overtaken();
    });
    await settled();
  }

  /** As {@link begin}, but has it stand where a run with `inputs` has made so many steps. */
  async beginAt(step: number, inputs: readonly RecordedInput[], asked: Asked): Promise<void> {
    if (this.phase !== 'starting') throw overtaken();
    const { turn } = this;
    this.phase = 'running';
    const passage = this.setOut(this.execution, asked);
    const reloaded = { reason: 'goto', description: 'Reloaded' } as const;
    const begun = this.execution.beginAt(step, inputs, reloaded).finally(() => passage.end());
    const { pause, announced } = await begun;
    if (turn !== this.turn) throw overtaken();
    this.standAfterAnswer(pause, announced);
  }

  /** Runs on from where the program stands; `untold` when the client would not know of it. */
  async resume(course: Course, untold?: true): Promise<void> {
    const { debuggee, pause } = this;
    assert(pause);
    this.runs(untold);
    this.execution.whereabouts.goesOn(course);
    await debuggee.resume(course);
  }

  /**
   * Has the program stand at another place of its course, ahead or back, where `find` says; it is
   * announced as it says, too. @throws AdapterError if it cannot; it then stands where it stood.
   */
  async travel(find: Find, asked: Asked): Promise<void> {
    const { pause: from, execution, turn } = this;
    this.runs(asked.untold);
    const passage = this.setOut(execution, asked);
    try {
      const { pause, announced } = await execution.travel(from, await find(execution, from));
      if (turn !== this.turn) throw overtaken();
      this.standAfterAnswer(pause, announced);
    } catch (error) {
      if (turn === this.turn && this.phase === 'running') this.standAfterAnswer(from, {});
      throw error;
    } finally {
      passage.end();
    }
  }

  /** Has `execution` know when the client no longer wants to get where the journey leads. */
  private setOut({ journeys }: Execution, asked: Asked): Passage {
    const passage = this.passages.begin(asked, () => journeys.progress);
    journeys.signal = passage.signal;
    return passage;
  }

  /** Stops the program as soon as it can be stopped; a program that stands still stays so. */
  requestPause(): void {
    if (this.passages.cancel()) return;
    if (this.phase !== 'stopped') this.debuggee.requestPause();
  }

  /** Applies new {@link wishes}; before the launch it is enough to remember them. */
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
    if (turn !== this.turn) throw overtaken();
    this.refuseWhileStarting();
    // Clients show it as standing still until they hear otherwise.
    if (this.phase === 'stopped') this.tellContinued();
    this.phase = 'starting';
    await this.current?.terminate();
    if (this.phase !== 'starting') throw overtaken();
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
    this.launching.settle(overtaken());
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
      throw overtaken();
    }
    this.current = execution;
    this.prepared = turn;
    this.threads = new Threads();
    this.forgetReferences();
    this.tellBreakpoints(this.wishes.verify(undefined));
    this.tellBreakpoints(await this.wishes.lines.bindAll(execution.breakTarget));
  }

  private tellBreakpoints(changed: readonly DebugProtocol.Breakpoint[]): void {
    for (const breakpoint of changed) {
      this.sendEvent('breakpoint', { reason: 'changed', breakpoint });
    }
  }

  private prepareExecution(launch: Launch, image: ProgramImage, turn: number): Promise<Execution> {
    const { inspector, wishes } = this;
    const listener = this.listener(() => turn === this.turn && turn === this.prepared);
    const breakpointAt = (id: number) => wishes.lines.positionOf(id);
    return Execution.prepare(launch, image, inspector, wishes, breakpointAt, listener);
  }

  private listener(mine: () => boolean): ExecutionListener {
    const listener: ExecutionListener = {
      onOutput: (output) => this.sendEvent('output', output),
      onOutputWithdrawn: (why) =>
        this.sendEvent('output', withdrawal(this.client.clearsConsole, why)),
      onChanged: () => this.tellChange(),
      onTopology: (topology) => this.learn(topology),
      onLoaded: () => this.launching.settle(),
      onStopped: (pause) => this.stopped(pause),
      onOver: (outcome) => this.over(outcome),
    };
    return heardWhile(() => mine() && this.phase !== 'ended', listener);
  }

  private learn(topology: Topology): void {
    for (const threadId of this.threads.update(topology)) {
      this.sendEvent('thread', { reason: 'started', threadId });
    }
    this.tellBreakpoints(this.wishes.verify(topology));
  }

  /** Clients take the answer to a request that goes on as a sign that the program runs. */
  private standAfterAnswer(pause: Pause, reason: Partial<StopReason>): void {
    const { turn } = this;
    setImmediate(() => {
      if (turn === this.turn && this.phase !== 'ended') this.stopped(pause, reason);
    });
  }

  private stopped(pause: Pause, announced: Partial<StopReason> = {}): void {
    const { wishes, execution } = this;
    const { report } = execution;
    const said = { ...reasonOf(pause, wishes.namesAt(pause)), ...announced };
    this.phase = 'stopped';
    report.stopped = { reason: said.reason, description: said.description };
    report.next = nextStep(pause);
    const threadId = this.threads.idOf(activeWorkflow(pause.standing, report.topology));
    this.sendEvent('stopped', stoppedBody(said, threadId, wishes.hitAt(pause)));
    this.tellChange();
    this.launching.settle();
  }

  /** The program is about to run on: what was shown of it is no longer true. */
  private runs(untold?: true): void {
    this.phase = 'running';
    if (untold) this.tellContinued();
    const { report } = this.execution;
    report.stopped = report.next = report.chosen = undefined;
    this.forgetReferences();
    clearTimeout(this.runningTimer);
    this.runningTimer = setTimeout(() => {
      if (this.phase === 'running') this.tellChange();
    }, RUNNING_TOLD_AFTER_MS).unref();
  }

  /** What the client shows of other threads than the one that stopped is no longer true either. */
  private tellContinued(): void {
    const threadId = this.threads.idOf(undefined);
    this.sendEvent('continued', { threadId, allThreadsContinued: true });
  }

  private over(outcome: Outcome): void {
    const { outputs, problem, exitCode } = conclusionOf(outcome, this.execution.report);
    for (const output of outputs) this.sendEvent('output', output);
    this.launching.settle(problem);
    this.end(exitCode);
    // Its thread is gone, but runs in reserve stand by.
    void this.execution.terminate();
  }

  private end(exitCode: number): void {
    this.phase = 'ended';
    this.forgetReferences();
    if (this.current) {
      this.current.report.stopped = undefined;
      this.tellChange();
    }
    // After the answer to a launch that failed, which clients would otherwise not show.
    setImmediate(() => {
      this.sendEvent('exited', { exitCode });
      this.sendEvent('terminated');
    });
  }

  private forgetReferences(): void {
    this.frames.clear();
    this.containers.clear();
  }

  tellChange(): void {
    this.sendEvent(CHANGED_EVENT, this.execution.report.body);
  }
}
