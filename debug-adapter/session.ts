import assert from 'node:assert/strict';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { RecordedInput, Topology } from '../runtime/index.ts';
import { conclusionOf } from './conclusion.ts';
import type { SendEvent } from './connection.ts';
import { withdrawal } from './console.ts';
import { Containers } from './containers.ts';
import type { Debuggee } from './debuggee.ts';
import { AdapterError, overtaken } from './errors.ts';
import { Execution, type ExecutionListener } from './execution.ts';
import { Frames } from './frames.ts';
import type { Launch } from './launch.ts';
import type { Pause } from './pause.ts';
import { loadImage, type ProgramImage } from './program-image.ts';
import { CHANGED_EVENT } from './protocol.ts';
import type { Outcome } from './run.ts';
import { activeWorkflow, nextStep, stackOf } from './stack.ts';
import type { Course } from './steering.ts';
import { reasonOf, type StopReason } from './stop-reason.ts';
import { Threads } from './threads.ts';
import type { Journey } from './time-travel/journey.ts';
import type { Reader } from './variables.ts';
import { Wishes } from './wishes.ts';
import type { WorkerInspector } from './worker-inspector.ts';

/**
 * Where a session stands:
 *
 *     created ─launch─► starting ─configurationDone─► running ◄──► stopped
 *                           │                            │            │
 *                           └────────────────────────────┴────────────┴──► ended
 */
export type Phase = 'created' | 'starting' | 'running' | 'stopped' | 'ended';

/** A launch is answered by then even if the program is still loading, so that it can be paused. */
const LOADING_MS_MAX = 500;

/** A step is over before anyone has read that it runs; what takes longer is told to run. */
const RUNNING_TOLD_AFTER_MS = 100;

/** One debug session: what its client has asked for, and the program that runs for it. */
export class Session {
  readonly wishes = new Wishes();
  readonly frames = new Frames();
  readonly containers = new Containers();
  threads = new Threads();
  phase: Phase = 'created';
  /** Whether the client's console understands the sequences of terminals. */
  clearsConsole = false;
  private current: Execution | undefined;
  /** Grows with each start and end, so that whatever was overtaken by one knows it. */
  private turn = 0;
  /** Resolves when the client has said all there is to know before the program runs. */
  readonly configured: Promise<void>;
  configurationIsDone: () => void = () => {};
  private runningTimer: NodeJS.Timeout | undefined;
  private settleLaunch: (problem?: AdapterError) => void = () => {};
  private readonly inspector: WorkerInspector;
  readonly sendEvent: SendEvent;

  constructor(inspector: WorkerInspector, sendEvent: SendEvent) {
    this.inspector = inspector;
    this.sendEvent = sendEvent;
    this.configured = new Promise((resolve) => {
      this.configurationIsDone = resolve;
    });
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
    throw new AdapterError('NOT_STOPPED', 'the program is running; pause it first');
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
    const settled = new Promise<void>((resolve, reject) => {
      this.settleLaunch = (problem) => (problem ? reject(problem) : resolve());
    });
    // The session may be ended before anyone waits for this.
    settled.catch(() => undefined);
    this.phase = 'running';
    const { turn } = this;
    await this.execution.begin(this.inspector).catch((error: unknown) => {
      throw turn === this.turn ? error : overtaken();
    });
    const timer = setTimeout(() => this.settleLaunch(), LOADING_MS_MAX);
    await settled.finally(() => clearTimeout(timer));
  }

  /** As {@link begin}, but has it stand where a run with `inputs` has made so many steps. */
  async beginAt(step: number, inputs: readonly RecordedInput[]): Promise<void> {
    if (this.phase !== 'starting') throw overtaken();
    const { turn } = this;
    this.phase = 'running';
    const pause = await this.execution.beginAt(step, inputs);
    if (turn !== this.turn) throw overtaken();
    this.standAfterAnswer(pause, { reason: 'goto', description: 'Reloaded' });
  }

  /** Runs on from where the program stands. */
  async resume(course: Course): Promise<void> {
    const { debuggee, pause } = this;
    assert(pause);
    this.runs();
    this.execution.whereabouts.goesOn(course);
    await debuggee.resume(course);
  }

  /**
   * Has the program stand at another place of its course, ahead or back, where `find` says; it is
   * announced as it says, too. @throws AdapterError if it cannot; it then stands where it stood.
   */
  async travel(find: (execution: Execution, from: Pause) => Promise<Journey>): Promise<void> {
    const { pause: from, execution, turn } = this;
    this.runs();
    try {
      const journey = await find(execution, from);
      const pause = await execution.travel(from, journey);
      if (turn !== this.turn) throw overtaken();
      this.standAfterAnswer(pause, journey.announced ?? {});
    } catch (error) {
      if (turn === this.turn && this.phase === 'running') this.standAfterAnswer(from, {});
      throw error;
    }
  }

  /** Stops the program as soon as it can be stopped; a program that stands still stays so. */
  requestPause(): void {
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
    this.configurationIsDone();
    this.settleLaunch(overtaken());
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
    const listener = this.listener(() => turn === this.turn);
    const breakpointAt = (id: number) => wishes.lines.positionOf(id);
    return Execution.prepare(launch, image, inspector, wishes, breakpointAt, listener);
  }

  private listener(mine: () => boolean): ExecutionListener {
    const guard =
      <Args extends unknown[]>(handle: (...args: Args) => void) =>
      (...args: Args) => {
        if (mine() && this.phase !== 'ended') handle(...args);
      };
    return {
      onOutput: guard((output) => this.sendEvent('output', output)),
      onOutputWithdrawn: guard((why) =>
        this.sendEvent('output', withdrawal(this.clearsConsole, why)),
      ),
      onChanged: guard(() => this.tellChange()),
      onTopology: guard((topology) => this.learn(topology)),
      onLoaded: guard(() => this.settleLaunch()),
      onStopped: guard((pause) => this.stopped(pause)),
      onOver: guard((outcome) => this.over(outcome)),
    };
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
    const reasoned = reasonOf(pause, wishes.namesAt(pause));
    const { reason, description, text: detail } = { ...reasoned, ...announced };
    this.phase = 'stopped';
    report.stopped = { reason, description };
    report.next = nextStep(pause);
    const hitBreakpointIds = wishes.hitAt(pause);
    this.sendEvent('stopped', {
      reason,
      description,
      threadId: this.threads.idOf(activeWorkflow(pause.standing, report.topology)),
      allThreadsStopped: true,
      preserveFocusHint: false,
      ...(detail !== undefined && { text: detail }),
      ...(hitBreakpointIds.length > 0 && { hitBreakpointIds }),
    });
    this.tellChange();
    this.settleLaunch();
  }

  /** The program is about to run on: what was shown of it is no longer true. */
  private runs(): void {
    this.phase = 'running';
    const { report } = this.execution;
    report.stopped = report.next = report.chosen = undefined;
    this.forgetReferences();
    clearTimeout(this.runningTimer);
    this.runningTimer = setTimeout(() => {
      if (this.phase === 'running') this.tellChange();
    }, RUNNING_TOLD_AFTER_MS).unref();
  }

  private over(outcome: Outcome): void {
    const { outputs, problem, exitCode } = conclusionOf(outcome, this.execution.report.errors);
    for (const output of outputs) this.sendEvent('output', output);
    this.settleLaunch(problem);
    this.end(exitCode);
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
