import type { Protocol } from 'devtools-protocol';
import type { RecordedInput } from '../../runtime/index.ts';
import type { ModelStop, PauseSnapshot, RunTarget } from '../agent/index.ts';
import { AdapterError, notPausedError } from '../dap/errors.ts';
import { AgentClient, PAUSE_GROUP } from './agent-client.ts';
import type { Cdp } from './cdp.ts';
import type { DebuggeeState, PendingTarget } from './debuggee-state.ts';
import {
  decide,
  decideAtTarget,
  type Intent,
  isElsewhere,
  type PauseFilter,
  type TopFrame,
  unnamedCause,
} from './decide.ts';
import { DeferredRemovals } from './deferred-removals.ts';
import {
  BLACKBOXED,
  type CallFrame,
  causeOfV8Pause,
  depthOf,
  isException,
  originOf,
  type Pause,
  type PauseCause,
  splitFrames,
} from './pause.ts';
import { PauseQueue } from './pause-queue.ts';
import { PauseRequests } from './pause-requests.ts';
import { RecordedAssignments } from './recorded-assignments.ts';
import type { RunEvents } from './run-events.ts';
import { RuntimeErrorStops } from './runtime-error-stops.ts';
import { LoadedScripts } from './script/loaded-scripts.ts';
import {
  CONTINUE,
  type ResumeAction,
  resumeStep,
  stepStateFrom,
  type V8Command,
} from './step-state.ts';
import type { WorkerThread } from './worker-thread.ts';

type Paused = Protocol.Debugger.PausedEvent;

/** The program's thread, as V8's debugger sees it. */
export class Debuggee {
  readonly cdp: Cdp;
  private readonly runtimeErrorStops: RuntimeErrorStops;
  readonly assignments: RecordedAssignments;
  readonly removals: DeferredRemovals;
  private state: DebuggeeState = { kind: 'starting', done: () => {}, fail: () => {} };
  private intent: Intent = {};
  private target: PendingTarget | undefined;
  private readonly pauseQueue = new PauseQueue();
  private readonly pauseRequests: PauseRequests;
  private agent: AgentClient | undefined;
  private readonly scripts: LoadedScripts;
  private readonly link: WorkerThread;
  private readonly filter: PauseFilter;
  /** Where the events of the run go. */
  events: RunEvents;

  constructor(cdp: Cdp, link: WorkerThread, filter: PauseFilter, events: RunEvents) {
    this.cdp = cdp;
    this.runtimeErrorStops = new RuntimeErrorStops(cdp);
    this.assignments = new RecordedAssignments(cdp);
    this.removals = new DeferredRemovals(cdp);
    this.scripts = new LoadedScripts(cdp);
    this.pauseRequests = new PauseRequests(cdp);
    this.link = link;
    this.filter = filter;
    this.events = events;
  }

  /** Starts the thread and pauses it before it loads the program. */
  async prepare(): Promise<void> {
    const { cdp } = this;
    const ready = new Promise<void>((done, fail) => {
      this.state = { kind: 'starting', done, fail };
    });
    cdp.on('Debugger.paused', (paused) => void this.paused(paused));
    await Promise.all([
      ready,
      cdp.send('Runtime.enable'),
      cdp.send('Debugger.enable', {}),
      cdp.send('Debugger.setBlackboxPatterns', { patterns: BLACKBOXED, skipAnonymous: false }),
      cdp.send('Runtime.runIfWaitingForDebugger'),
    ]);
  }

  /** The pause that the user sees. */
  get pause(): Pause | undefined {
    return this.state.kind === 'paused' ? this.state.pause : undefined;
  }

  /** The execution context of the program's realm. @throws AdapterError before it exists. */
  get context(): number {
    return this.scripts.context;
  }

  /** Whether a script is the author's bundled program. */
  isProgram(scriptId: string): boolean {
    return this.scripts.isProgram(scriptId);
  }

  /** Calls the agent in the thread. @throws AdapterError unless the thread is paused. */
  get agentClient(): AgentClient {
    if (!this.agent || this.state.kind !== 'paused') throw notPausedError();
    return this.agent;
  }

  /** Pauses from now on where the runtime rejects what a handler asks for. */
  async stopAtRuntimeErrors(): Promise<void> {
    await this.runtimeErrorStops.watch(this.context);
  }

  /** Resumes the program; a program whose heap is full ends instead. */
  async resume(action: ResumeAction): Promise<void> {
    const { agentClient, pause } = this;
    if (pause?.cause.kind === 'out-of-memory') return this.link.exhaust();
    const step = stepStateFrom(pause, action);
    this.intent = { ...this.intent, step };
    const command = step?.callingLine !== undefined ? 'stepOut' : action.command;
    await Promise.all([agentClient.call('run', action.mode), this.go(command)]);
  }

  /**
   * Replays the run with `inputs` up to `target`; resolves when it is paused there. Nothing stops
   * it on the way; it is muted unless `emitting`.
   */
  async seek(
    target: RunTarget,
    inputs: readonly RecordedInput[],
    emitting: boolean,
  ): Promise<Pause> {
    this.link.signals.earlyStopRequested = false;
    await this.assignments.expect(inputs);
    await this.agentClient.call('seek', target, inputs, emitting);
    const targetReached = new Promise<Pause>((reached, fail) => {
      this.target = { reached, fail };
    });
    // The run may end before the caller awaits this.
    targetReached.catch(() => undefined);
    await this.resume(CONTINUE);
    return targetReached;
  }

  /** Makes a run that was sent to a target stop earlier, at the next boundary but one. */
  stopEarly(): void {
    this.link.signals.earlyStopRequested = true;
  }

  /** Makes a run that was sent to a target stop at the next line of the author. */
  stay(): void {
    if (this.target) this.target = { ...this.target, stopsHere: true };
    this.interrupt();
  }

  /** The current step, also while the program runs. */
  get step(): number {
    return this.link.signals.step;
  }

  /** Pauses at the next boundary of the model or statement of the author. */
  requestPause(): void {
    this.intent = { ...this.intent, pauseRequest: 'by-user' };
    this.interrupt();
  }

  /** Calls the agent at once; a running program is paused between two statements for it. */
  whilePaused<Result>(read: (agent: AgentClient) => Promise<Result>): Promise<Result> {
    if (this.state.kind === 'closed') {
      return Promise.reject(new AdapterError('ENDED', 'the program has ended'));
    }
    if (this.state.kind !== 'running') return read(this.agentClient);
    this.intent = { ...this.intent, pauseRequest: this.intent.pauseRequest ?? 'internal' };
    this.interrupt();
    return this.pauseQueue.wait(read);
  }

  /** The thread has ended: everything that waits for it fails. */
  close(): void {
    const error = new AdapterError('ENDED', 'the program has ended');
    if (this.state.kind === 'starting') this.state.fail(error);
    this.state = { kind: 'closed' };
    this.pauseRequests.stop();
    this.pauseQueue.fail(error);
    this.target?.fail(error);
  }

  private interrupt(): void {
    this.link.signals.requestPause();
    this.pauseRequests.send();
  }

  private async go(command: V8Command): Promise<void> {
    if (this.state.kind !== 'closed') this.state = { kind: 'running' };
    this.cdp.send('Runtime.releaseObjectGroup', { objectGroup: PAUSE_GROUP }).catch(() => {});
    await this.cdp.send(`Debugger.${command}`, {});
  }

  /** V8 has paused: finds out why, and acts on it. */
  private async paused(event: Paused): Promise<void> {
    try {
      const paused = await this.identifyPause(event);
      const top = paused.callFrames[0];
      if (!this.agent) return await this.firstPause(top);
      if (this.state.kind === 'closed') return;
      this.state = { kind: 'paused', top };
      this.pauseRequests.stop();
      if (this.target) return await this.pauseOnTheWay(paused, this.target);
      const ignored =
        (await this.filter.ignoresException(paused, this.agentClient)) ||
        (await this.isStale(paused));
      if (ignored) return await this.continueStep(paused);
      if (isElsewhere(originOf(top), paused.reason)) return await this.leaveRuntime(paused);
      await this.pauseForUser(paused);
    } catch (error) {
      // Commands fail when the thread ends during a pause; its exit is reported separately.
      if (!this.isClosed && !this.cdp.closed) throw error;
    }
  }

  private get isClosed(): boolean {
    return this.state.kind === 'closed';
  }

  /** V8's pause with the URLs of its frames, and with runtime errors as exceptions. */
  private async identifyPause(paused: Paused): Promise<Paused> {
    const callFrames = paused.callFrames.map((frame) => this.scripts.withUrl(frame));
    return this.runtimeErrorStops.asException({ ...paused, callFrames });
  }

  /** Whether the runtime rejects the result of a handler that has returned: a notice follows. */
  private async isStale(paused: Paused): Promise<boolean> {
    if (!isException(paused) || originOf(paused.callFrames[0]) !== 'runtime') return false;
    if (splitFrames(paused.callFrames).handler.length > 0) return false;
    return this.agentClient.call('isProcessing');
  }

  /** V8 pauses before the first statement by itself, and then where the worker calls `halt`. */
  private async firstPause(top: CallFrame | undefined): Promise<void> {
    if (!top || originOf(top) !== 'halt') return void (await this.cdp.send('Debugger.resume', {}));
    const innermostFrame = () => (this.state.kind === 'paused' ? this.state.top : undefined);
    this.agent = await AgentClient.within(this.cdp, this.context, innermostFrame);
    const { state } = this;
    if (state.kind !== 'starting') return;
    this.state = { kind: 'paused', top };
    state.done();
  }

  /** Paused in the runtime: returns to the author's handler, or runs to the next boundary. */
  private async leaveRuntime(paused: Paused): Promise<void> {
    const { handler } = splitFrames(paused.callFrames);
    await this.go(handler.length > 0 ? 'stepOut' : 'resume');
  }

  private async pauseForUser(paused: Paused): Promise<void> {
    const [top] = paused.callFrames;
    if (!top) return this.continueStep(paused);
    const snapshot = await this.readSnapshot();
    const frames = splitFrames(paused.callFrames);
    if (frames.handler.length === 0) await this.removals.release();
    const { intent } = this;
    const hits = snapshot.hits ?? intent.entering?.hits ?? [];
    const pause = { ...frames, snapshot, hits, cause: this.causeOf(paused, snapshot.stop) };
    const action = decide(intent, pause, this.describeTop(top));
    if (action.kind === 'enter-handler') return this.enter(action.hits);
    // The handler just entered was the runtime's own, such as that of an identity.
    if (action.kind === 'enter-next-handler') {
      return this.resume({ mode: { kind: 'enter' }, command: 'resume' });
    }
    await this.servePauseRequests();
    if (action.kind === 'continue') return this.continueStep(paused);
    if (action.kind === 'step') {
      this.intent = { ...this.intent, step: action.step };
      return this.go(action.step.command);
    }
    this.intent = { pauseRequest: this.intent.pauseRequest };
    if (!this.isClosed) this.state = { kind: 'paused', top, pause };
    await this.events.onPaused(pause);
  }

  private describeTop(top: CallFrame): TopFrame {
    return {
      isAuthored: this.filter.isAuthored(top),
      line: top.location.lineNumber,
      isWithinStatement: (location) => this.filter.isWithinStatement(location, top),
    };
  }

  /** Reads the snapshot and emits the output that precedes the pause. */
  private async readSnapshot(): Promise<PauseSnapshot> {
    const snapshot = await this.agentClient.call('describe');
    this.link.drain();
    this.events.onOutput(snapshot.output);
    return snapshot;
  }

  /** Runs what waits for a pause; the request for one is thereby fulfilled. */
  private async servePauseRequests(): Promise<void> {
    this.intent = { ...this.intent, pauseRequest: undefined };
    this.link.signals.takePause();
    await this.pauseQueue.take(this.agentClient);
  }

  /** On the way to a target, every other pause is passed. */
  private async pauseOnTheWay(paused: Paused, target: PendingTarget): Promise<void> {
    const top = paused.callFrames[0];
    const origin = originOf(top);
    const stopsHere = target.stopsHere === true;
    const mayStop = origin === 'halt' || (stopsHere && origin === 'author');
    const snapshot = mayStop ? await this.readSnapshot() : undefined;
    const action = decideAtTarget(origin, snapshot, stopsHere);
    if (action.kind === 'pass' || !snapshot) return this.go('resume');
    if (action.cause.kind === 'pause') await this.agentClient.call('stopHere');
    this.target = undefined;
    const frames = splitFrames(paused.callFrames);
    const pause: Pause = { ...frames, snapshot, cause: action.cause, hits: [] };
    if (!this.isClosed) this.state = { kind: 'paused', top, pause };
    await this.servePauseRequests();
    target.reached(pause);
  }

  /** Enters the handler in two steps: out of `halt`, then into the author's function. */
  async enter(hits: readonly number[] = []): Promise<void> {
    this.intent = { ...this.intent, entering: { hits } };
    await this.resume({ mode: { kind: 'line' }, command: 'stepInto' });
  }

  /** Continues what the pause has interrupted. */
  private async continueStep({ callFrames }: Paused): Promise<void> {
    const { step } = this.intent;
    if (!step) return this.go('resume');
    const interrupted = { ...step, interrupted: true } as const;
    this.intent = { ...this.intent, step: interrupted };
    const atHalt = originOf(callFrames[0]) === 'halt';
    await this.go(resumeStep(interrupted, depthOf(splitFrames(callFrames)), atHalt));
  }

  private causeOf(paused: Paused, stop: ModelStop | undefined): PauseCause {
    if (stop) return { kind: 'model', stop };
    const isStatement = (frame: CallFrame) => this.filter.isDebuggerStatement(frame);
    return causeOfV8Pause(paused) ?? unnamedCause(this.intent, paused.callFrames[0], isStatement);
  }
}
