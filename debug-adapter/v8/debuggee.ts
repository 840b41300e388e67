import type { Protocol } from 'devtools-protocol';
import { PROGRAM_URL } from '../../program/index.ts';
import type { RecordedInput } from '../../runtime/index.ts';
import type { ModelStop, PauseSnapshot, RunTarget } from '../agent/index.ts';
import { AdapterError, notPausedError } from '../dap/errors.ts';
import { AgentClient, PAUSE_GROUP } from './agent-client.ts';
import type { Cdp } from './cdp.ts';
import type { DebuggeeListener } from './debuggee-listener.ts';
import { DeferredRemovals } from './deferred-removals.ts';
import {
  BLACKBOXED,
  type CallFrame,
  causeOfV8Pause,
  depthOf,
  isAt,
  isException,
  isOrdinary,
  originOf,
  type Pause,
  type PauseCause,
  splitFrames,
} from './pause.ts';
import { PauseQueue } from './pause-queue.ts';
import { RecordedAssignments } from './recorded-assignments.ts';
import { RuntimeErrorStops } from './runtime-error-stops.ts';
import {
  CONTINUE,
  locationOfPause,
  nextAction,
  type ResumeAction,
  resumeStep,
  type StepState,
  stepStateFrom,
  type V8Command,
} from './step-state.ts';
import type { WorkerThread } from './worker-thread.ts';

type Paused = Protocol.Debugger.PausedEvent;

/** Someone waits for the run to arrive where it is sent. */
interface Arrival {
  readonly arrived: (pause: Pause) => void;
  readonly fail: (error: Error) => void;
  /** The next line of the author's is near enough. */
  anywhere?: true;
}

/**
 * The program's thread as V8's debugger has it:
 *
 *     ready ──resume──► running ──pause──► paused
 *                          ▲                 │
 *                          └─────resume──────┘
 */
export class Debuggee {
  readonly cdp: Cdp;
  private readonly runtimeErrorStops: RuntimeErrorStops;
  readonly assignments: RecordedAssignments;
  readonly removals: DeferredRemovals;
  private realm: number | undefined;
  pause: Pause | undefined;
  private agent: AgentClient | undefined;
  private stepState: StepState | undefined;
  private readonly pauseQueue = new PauseQueue();
  private pauseWanted: 'by-user' | 'for-a-look' | undefined;
  private start: { readonly done: () => void; readonly fail: (error: Error) => void } | undefined;
  private arrival: Arrival | undefined;
  private isPaused = true;
  /** V8's innermost frame, the runtime's and the host's included. */
  private top: CallFrame | undefined;
  /** On the way into the author's next handler, for the breakpoints by name that are hit there. */
  private entering: { readonly hits: readonly number[] } | undefined;
  private closed = false;
  private readonly scripts = new Map<string, string>();
  private readonly link: WorkerThread;
  private readonly listener: DebuggeeListener;

  constructor(cdp: Cdp, link: WorkerThread, listener: DebuggeeListener) {
    this.cdp = cdp;
    this.runtimeErrorStops = new RuntimeErrorStops(cdp);
    this.assignments = new RecordedAssignments(cdp);
    this.removals = new DeferredRemovals(cdp);
    this.link = link;
    this.listener = listener;
  }

  /** Lets the thread start, up to the point where the program would be loaded. */
  async prepare(): Promise<void> {
    const { cdp } = this;
    const ready = new Promise<void>((done, fail) => {
      this.start = { done, fail };
    });
    cdp.on('Debugger.scriptParsed', ({ scriptId, url }) => this.scripts.set(scriptId, url));
    cdp.on('Debugger.paused', (paused) => void this.paused(paused));
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (!(context.auxData as { isDefault?: boolean } | undefined)?.isDefault) {
        this.realm = context.id;
      }
    });
    await Promise.all([
      ready,
      cdp.send('Runtime.enable'),
      cdp.send('Debugger.enable', {}),
      cdp.send('Debugger.setBlackboxPatterns', { patterns: BLACKBOXED, skipAnonymous: false }),
      cdp.send('Runtime.runIfWaitingForDebugger'),
    ]);
  }

  /** The execution context of the program's realm, once there is one. */
  get context(): number {
    if (this.realm === undefined) {
      throw new AdapterError('NOT_STOPPED', 'the program has not been loaded yet');
    }
    return this.realm;
  }

  /** Whether a script is the author's program, bundled. */
  isProgram(scriptId: string): boolean {
    return this.scripts.get(scriptId)?.endsWith(PROGRAM_URL) ?? false;
  }

  /** What can be asked of the simulator; only while the thread stands still. */
  get agentClient(): AgentClient {
    if (!this.agent || !this.isPaused) throw notPausedError();
    return this.agent;
  }

  /** Stops from now on for what the runtime refuses. */
  async stopAtRuntimeErrors(): Promise<void> {
    await this.runtimeErrorStops.watch(this.context);
  }

  /** Runs on; a program whose heap is full does not. */
  async resume(course: ResumeAction): Promise<void> {
    const { agentClient: control } = this;
    if (this.pause?.cause.kind === 'out-of-memory') return this.listener.onOutOfMemory();
    this.stepState = stepStateFrom(this.pause, course);
    this.pause = undefined;
    const inCall = this.stepState?.callingLine !== undefined;
    const command = inCall ? 'stepOut' : course.command;
    await Promise.all([control.call('run', course.mode), this.go(command)]);
  }

  /**
   * Repeats what is known of the run, with `inputs`, up to `target`; resolves when it stands there.
   * Nothing stops it on the way, and what it tells is heard only `aloud`.
   */
  async seek(target: RunTarget, inputs: readonly RecordedInput[], aloud: boolean): Promise<Pause> {
    this.link.signals.earlyStopRequested = false;
    await this.assignments.expect(inputs);
    await this.agentClient.call('seek', target, inputs, aloud);
    const arrival = new Promise<Pause>((arrived, fail) => {
      this.arrival = { arrived, fail };
    });
    // The run may end before anyone waits for this.
    arrival.catch(() => undefined);
    await this.resume(CONTINUE);
    return arrival;
  }

  /** Has a run that is sent somewhere stand still earlier, at the next boundary but one. */
  stopEarly(): void {
    this.link.signals.earlyStopRequested = true;
  }

  /** Has a run that is sent somewhere arrive where it is, as on a pause. */
  stay(): void {
    if (this.arrival) this.arrival.anywhere = true;
    this.interrupt();
  }

  /** The step that the run is at, also while it runs. */
  get step(): number {
    return this.link.signals.step;
  }

  /** Stops at the next boundary of the model or statement of the author. */
  requestPause(): void {
    this.pauseWanted = 'by-user';
    this.interrupt();
  }

  /** Reads the simulator at once, between two statements if the program is running. */
  whilePaused<Result>(read: (control: AgentClient) => Promise<Result>): Promise<Result> {
    if (this.closed) return Promise.reject(new AdapterError('ENDED', 'the program has ended'));
    if (this.isPaused) return read(this.agentClient);
    this.pauseWanted ??= 'for-a-look';
    this.interrupt();
    return this.pauseQueue.wait(read);
  }

  /** The thread is gone; nobody waits for it any longer. */
  close(): void {
    const error = new AdapterError('ENDED', 'the program has ended');
    this.closed = true;
    this.isPaused = false;
    this.pauseQueue.fail(error);
    (this.arrival ?? this.start)?.fail(error);
  }

  private interrupt(): void {
    this.link.signals.requestPause();
    this.cdp.send('Debugger.pause').catch(() => undefined);
  }

  private async go(command: V8Command): Promise<void> {
    this.isPaused = false;
    this.cdp.send('Runtime.releaseObjectGroup', { objectGroup: PAUSE_GROUP }).catch(() => {});
    await this.cdp.send(`Debugger.${command}`, {});
  }

  /** V8 has paused: finds out why, and whether the user gets to see it. */
  private async paused(event: Paused): Promise<void> {
    try {
      const paused = await this.identifyPause(event);
      const top = paused.callFrames[0];
      this.top = top;
      if (!this.agent) return await this.prepared(paused);
      this.isPaused = true;
      if (this.arrival) return await this.resumeTo(paused, this.arrival);
      const ignored =
        (await this.listener.ignoresException(paused, this.agentClient)) ||
        (await this.isStale(paused));
      if (ignored) return await this.resumeStepping(paused);
      const elsewhere = originOf(top) === 'runtime' || originOf(top) === 'host';
      if (elsewhere && paused.reason === 'other') return await this.resumeWith(paused);
      await this.enterPause(paused);
    } catch (error) {
      // Commands fail when the thread ends while it is looked at; its exit is told elsewhere.
      if (!this.closed && !this.cdp.closed) throw error;
    }
  }

  /** V8's word, with the frames' scripts by name and the runtime's refusals as exceptions. */
  private async identifyPause(paused: Paused): Promise<Paused> {
    const callFrames = paused.callFrames.map((frame) => {
      return { ...frame, url: this.scripts.get(frame.location.scriptId) ?? '' };
    });
    return this.runtimeErrorStops.asException({ ...paused, callFrames });
  }

  /** The runtime finds fault with a handler that has returned; it tells of that by a notice. */
  private async isStale(paused: Paused): Promise<boolean> {
    if (!isException(paused) || originOf(paused.callFrames[0]) !== 'runtime') return false;
    if (splitFrames(paused.callFrames).handler.length > 0) return false;
    return this.agentClient.call('isProcessing');
  }

  /** The first pauses: V8's own before the first statement, then the worker's call. */
  private async prepared({ callFrames: [top] }: Paused): Promise<void> {
    if (!top || originOf(top) !== 'halt') return void (await this.cdp.send('Debugger.resume', {}));
    const standing = () => (this.isPaused ? this.top : undefined);
    this.agent = await AgentClient.within(this.cdp, this.context, standing);
    this.start?.done();
  }

  /** Paused in the runtime: goes back to the author's handler, or on to the next boundary. */
  private async resumeWith(paused: Paused): Promise<void> {
    const { handler } = splitFrames(paused.callFrames);
    await this.go(handler.length > 0 ? 'stepOut' : 'resume');
  }

  private async enterPause(paused: Paused): Promise<void> {
    const [top] = paused.callFrames;
    if (!top) return this.resumeStepping(paused);
    const snapshot = await this.describe();
    const frames = splitFrames(paused.callFrames);
    if (frames.handler.length === 0) await this.removals.release();
    const hits = snapshot.hits ?? this.entering?.hits ?? [];
    const pause = { ...frames, snapshot, hits, cause: this.causeOf(paused, snapshot.stop) };
    if (isAt(pause, 'enter-handler')) return this.enter(hits);
    if (this.entering?.hits.length === 0 && isAt(pause, 'after-event')) return this.enterNext();
    const wanted = this.pauseWanted;
    this.pauseWanted = undefined;
    this.link.signals.takePause();
    await this.pauseQueue.take(this.agentClient);
    const uncalled = isOrdinary(pause) || snapshot.isReExecuting === true;
    if (uncalled && wanted !== 'by-user') return this.resumeStepping(paused);
    const { stepState: steering } = this;
    if (pause.cause.kind === 'step' && steering) {
      if (!this.listener.isAuthored(top)) return this.go(steering.command);
      const isWithin = (place: string) => this.listener.isWithinStatement(place, top);
      const next = nextAction(steering, depthOf(pause), top.location.lineNumber, isWithin);
      if (next === 'interrupted') return this.resumeStepping(paused);
      if (next) {
        this.stepState = next;
        return this.go(next.command);
      }
      // The pause for a look may come before the step has left its place.
      if (wanted === 'for-a-look' && locationOfPause(pause) === steering.from)
        return this.resumeStepping(paused);
    }
    this.stepState = undefined;
    this.entering = undefined;
    this.pause = pause;
    await this.listener.onPaused(pause);
  }

  /** Where the program stands; what it has told by then is told first, whoever gets to see it. */
  private async describe(): Promise<PauseSnapshot> {
    const snapshot = await this.agentClient.call('describe');
    this.link.drain();
    this.listener.onOutput(snapshot.output);
    return snapshot;
  }

  /** On the way to a target every stop but the arrival is passed by. */
  private async resumeTo(paused: Paused, { arrived, anywhere }: Arrival): Promise<void> {
    const room = originOf(paused.callFrames[0]);
    const isNear = anywhere && room === 'author';
    const snapshot = isNear || room === 'halt' ? await this.describe() : undefined;
    const stop = snapshot?.reachedTarget && snapshot.stop;
    if (!snapshot || !(stop || isNear)) return this.go('resume');
    const cause: PauseCause = stop ? { kind: 'model', stop } : { kind: 'pause' };
    if (isNear) await this.agentClient.call('stopHere');
    this.arrival = undefined;
    this.pauseWanted = undefined;
    this.link.signals.takePause();
    const pause: Pause = { ...splitFrames(paused.callFrames), snapshot: snapshot, cause, hits: [] };
    this.pause = pause;
    await this.pauseQueue.take(this.agentClient);
    arrived(pause);
  }

  /** Two steps into: out of the stop's own function, then into the author's handler. */
  async enter(hits: readonly number[] = []): Promise<void> {
    this.entering = { hits };
    await this.resume({ mode: { kind: 'line' }, command: 'stepInto' });
  }

  /** The handler was the runtime's own, as of an identity: the author's next one is meant. */
  private async enterNext(): Promise<void> {
    await this.resume({ mode: { kind: 'enter' }, command: 'resume' });
  }

  /** Not a stop for the user: takes up what was under way. */
  private async resumeStepping({ callFrames }: Paused): Promise<void> {
    if (!this.stepState) return this.go('resume');
    this.stepState = { ...this.stepState, interrupted: true };
    const atHalt = originOf(callFrames[0]) === 'halt';
    await this.go(resumeStep(this.stepState, depthOf(splitFrames(callFrames)), atHalt));
  }

  private causeOf(paused: Paused, stop: ModelStop | undefined): PauseCause {
    const [top] = paused.callFrames;
    const told = stop ? ({ kind: 'model', stop } as const) : causeOfV8Pause(paused);
    if (told) return told;
    if (this.stepState && this.pauseWanted !== 'by-user') return { kind: 'step' };
    const statement = top && !this.pauseWanted && this.listener.isDebuggerStatement(top);
    return { kind: statement ? 'debugger-statement' : 'pause' };
  }
}
