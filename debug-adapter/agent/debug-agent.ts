import {
  type Choice,
  type EditTarget,
  type Fault,
  type Inspector,
  innerErrorsOf,
  type Moment,
  type Notice,
  preview,
  type RecordedInput,
  type Simulator,
  type Topology,
} from '../../runtime/index.ts';
import { BreakpointGate } from './breakpoints/breakpoint-gate.ts';
import { type ConditionRealm, Conditions } from './breakpoints/conditions.ts';
import {
  type DataBreakpoint,
  DataBreakpoints,
  type StateTarget,
} from './breakpoints/data-breakpoints.ts';
import { type ExceptionRule, ExceptionRules } from './breakpoints/exception-rules.ts';
import { type ModelBreakpoint, ModelBreakpoints } from './breakpoints/model-breakpoints.ts';
import { ReplayFilter } from './breakpoints/replay-filter.ts';
import { type StateReader, stateReader } from './breakpoints/state-reader.ts';
import { EvaluationPromises } from './evaluation-promises.ts';
import { GuardedCall } from './guarded-call.ts';
import { LineTrace, type TracedLine } from './line-trace.ts';
import { ObjectReader } from './object-reader.ts';
import { ObjectWriter } from './object-writer.ts';
import type { Outbox } from './outbox.ts';
import type { PauseSnapshot } from './pause-snapshot.ts';
import { assignmentName, isAssignmentDue, type PendingAssignment } from './pending-assignment.ts';
import { mutedUntil, type RunTarget } from './run-target.ts';
import { type BackStep, StopHistory } from './stop-history.ts';
import type { ModelStop, RunMode } from './stop-rules.ts';
import {
  type PackedRows,
  pack,
  rowsOf,
  targetOfName,
  targetOfRow,
  type ViewRef,
  type Window,
} from './views/index.ts';
import { type PageQuery, type ShownPage, shownPage } from './views/pages.ts';

const EVERYTHING: Window = { start: 0, count: Number.MAX_SAFE_INTEGER };

/**
 * The debugger inside the program's thread. The adapter calls its methods through V8 while the
 * program is paused; arguments and, unless stated otherwise, results are plain data.
 */
export class DebugAgent {
  mode: RunMode = { kind: 'continue' };
  stopOnEntry = false;
  stop: ModelStop | undefined;
  /** The model breakpoints that caused {@link stop}. */
  hits: readonly number[] = [];
  topologyVersion = 0;
  /** Why nothing was enabled when the run last ended. */
  rested: 'complete' | 'max-steps' | undefined;
  /** The target of a replay; the run is muted until it reaches the target. */
  target: RunTarget | undefined;
  emitting = false;
  readonly stopHistory = new StopHistory();
  /** The current stop is the target. */
  reachedTarget = false;
  /** The debugger has paused at the throwing line, so the error's notice does not stop again. */
  errorShown = false;
  /** Called by conditions of breakpoints, within the author's code. */
  readonly gate: BreakpointGate;
  readonly lines: LineTrace;
  readonly innerErrors = innerErrorsOf;
  readonly replays = new ReplayFilter();
  readonly promises = new EvaluationPromises();
  readonly guardedCall = new GuardedCall(this.promises);
  readonly objects = new ObjectReader((value) => this.simulator?.inspect.stateOf(value));
  readonly writer = new ObjectWriter();
  readonly breakpoints: ModelBreakpoints;
  readonly data: DataBreakpoints;
  readonly exceptions: ExceptionRules;
  /** The class of the errors by which the runtime refuses what a program asks for. */
  errorClass: object | undefined;
  private readonly conditions = new Conditions();
  private simulator: Simulator | undefined;
  private readonly outbox: Outbox;

  constructor(outbox: Outbox) {
    this.outbox = outbox;
    const isReExecuting = () => this.simulator?.inspect.isReExecuting() === true;
    const emit: Outbox['emit'] = (item) => outbox.emit(item);
    const { replays, promises } = this;
    this.gate = new BreakpointGate(emit, replays, promises, isReExecuting, () => this.moment);
    this.lines = new LineTrace(isReExecuting);
    this.breakpoints = new ModelBreakpoints(this.gate, this.conditions);
    const isReplaying = () => this.target !== undefined;
    this.data = new DataBreakpoints(this.gate, this.conditions, isReplaying);
    this.exceptions = new ExceptionRules(this.gate, this.conditions);
  }

  /** Connects the agent to the simulator of the loaded program. */
  attach(simulator: Simulator, realm: ConditionRealm): void {
    this.simulator = simulator;
    const { promises } = this;
    const apart: ConditionRealm['apart'] = (action) => promises.during(() => realm.apart(action));
    this.conditions.attach({ Function: realm.Function, apart }, simulator.inspect);
    this.data.attach(simulator);
    this.exceptions.attach(simulator.inspect);
  }

  /** Updates what depends on every notice, also while the run is muted. */
  onNotice(notice: Notice): void {
    this.breakpoints.learn(notice);
    this.data.learn(notice);
    this.exceptions.learn(notice);
  }

  /** The run's position; the beginning until the program is loaded. */
  get moment(): Moment {
    return this.simulator?.moment ?? { boundary: 0, notice: 0 };
  }

  describe(): PauseSnapshot {
    const event = this.simulator?.inspect.event();
    return {
      ...(this.simulator && { moment: this.simulator.moment }),
      ...(this.reachedTarget && { reachedTarget: true }),
      topologyVersion: this.topologyVersion,
      hitCounts: this.gate.hitCount,
      output: this.outbox.take(),
      ...(this.stop && { stop: this.stop }),
      ...(this.simulator?.inspect.isReExecuting() === true && { isReExecuting: true as const }),
      ...(this.hits.length > 0 && { hits: this.hits }),
      ...(this.simulator && { status: this.simulator.inspect.status() }),
      ...(event && { eventKey: preview(event.key) }),
      ...(event && this.exceptions.hasFailed(event.step) && { poison: true }),
    };
  }

  /** Whether the program itself runs the simulator. */
  get driven(): boolean {
    return this.simulator?.driven ?? false;
  }

  /** Whether a handler is running. */
  isProcessing(): boolean {
    return this.simulator?.inspect.event() !== undefined;
  }

  /** Reads the state of tasks, for the user's expressions. */
  get state(): StateReader {
    return stateReader(this.inspector);
  }

  /** Decides how the program runs when V8 resumes it. */
  run(mode: RunMode): void {
    this.promises.end();
    this.mode = mode;
  }

  /** Called before V8 evaluates an expression of the user, and after. */
  beginEvaluation(): void {
    this.promises.begin();
  }

  endEvaluation(): void {
    this.promises.end();
  }

  /** Reports an unhandled rejection if its promise belongs to an expression of the user. */
  claimRejection(promise: Promise<unknown>, reason: unknown): boolean {
    if (!this.promises.has(promise)) return false;
    this.outbox.emit({ kind: 'evaluation-rejected', text: preview(reason) });
    return true;
  }

  setExceptionRules(rules: readonly ExceptionRule[]): void {
    this.exceptions.set(rules);
  }

  setModelBreakpoints(breakpoints: readonly ModelBreakpoint[]): void {
    this.breakpoints.set(breakpoints);
  }

  setDataBreakpoints(breakpoints: readonly DataBreakpoint[]): void {
    this.data.set(breakpoints);
  }

  setStopOnEntry(stop: boolean): void {
    this.stopOnEntry = stop;
  }

  /** Whether to stop for what a handler throws; `thrown` may be anything. */
  wantsError(thrown: unknown): boolean {
    const site = this.simulator?.inspect.event();
    return site !== undefined && this.exceptions.wantsError({ thrown }, site);
  }

  errorWasShown(): void {
    this.errorShown = true;
  }

  /**
   * Replays the run, repeating `inputs`, up to `target`. The run must be paused at an earlier
   * position, or not be loaded yet. Without `emitting` it is muted on the way.
   */
  seek(target: RunTarget, inputs: readonly RecordedInput[], emitting: boolean): void {
    this.target = target;
    this.emitting = emitting;
    this.requireSimulator().repeat(inputs, mutedUntil(target), emitting);
  }

  /** Makes a replay that is before `step` stop at the next boundary that can be gone back to. */
  stopEarly(step: number): void {
    const { target, emitting } = this;
    if (!target || mutedUntil(target) <= this.moment.boundary + 1) return;
    this.seek({ kind: 'step', step: step + 1 }, this.requireSimulator().inputs, emitting);
  }

  /** Cancels a replay's target: the run stays at its current position. */
  stopHere(): void {
    this.target = undefined;
    this.requireSimulator().repeat(this.requireSimulator().inputs, 0, false);
  }

  /** Sets the inputs to come: all of `inputs` but those that the run already received. */
  expectInputs(inputs: readonly RecordedInput[]): void {
    this.requireSimulator().repeat(inputs, 0, false);
  }

  /** The stop that a step back leads to; `null` at the beginning of the run. */
  previousStop(by: BackStep): Moment | null {
    return this.stopHistory.previous(this.moment, by) ?? null;
  }

  /** The lines that steps back would go to, from a stack of `depth` frames of the author. */
  tracedLinesFrom(depth: number): readonly TracedLine[] {
    return this.lines.linesFrom(depth);
  }

  /** The start of the current event, or of the last handler; `null` if there is none. */
  startOf(what: 'event' | 'handler'): Moment | null {
    return this.stopHistory.startOf(what, this.moment) ?? null;
  }

  /** The run's position and every input it has received. */
  changes() {
    const { moment, inputs, inspect } = this.requireSimulator();
    return { moment, inputs, status: inspect.status() };
  }

  /** Drops the inputs still to come. */
  forgetFuture(): void {
    this.requireSimulator().forgetFuture();
  }

  /** The inputs that a changed program could not repeat. */
  missed(): readonly RecordedInput[] {
    return this.requireSimulator().missed;
  }

  /** Arms `fault` and returns it as armed: after those that trigger at the same point before it. */
  inject(fault: Fault): Fault {
    const simulator = this.requireSimulator();
    simulator.receive({ kind: 'inject', fault });
    const isSite = ({ target, point }: Fault) => target === fault.target && point === fault.point;
    return simulator.inspect.status().armed.findLast(isSite) ?? fault;
  }

  choose(label: string): void {
    this.requireSimulator().receive({ kind: 'choose', label });
  }

  /** Records an assignment to a variable at the `hitCount`-th hit of `at` since the moment. */
  assign(at: string, hitCount: number, assignment: string): void {
    const simulator = this.requireSimulator();
    simulator.receive({ kind: 'assign', at, arrival: hitCount, assignment });
    // It is done for this hit; a loop may reach the location again.
    const nth = simulator.inputs.length - 1;
    for (let times = 0; times < hitCount; times++) this.gate.countHit(assignmentName({ at, nth }));
  }

  /** Called by a probe: whether to repeat the recorded assignment now. */
  isAssignmentDue(asked: PendingAssignment): boolean {
    return isAssignmentDue(asked, this.moment, this.requireSimulator().inputs, this.gate);
  }

  /** Sets a state to the value of `expression`, or deletes it if there is none. */
  edit(target: EditTarget, expression?: string): void {
    const change = {
      kind: 'edit',
      target,
      ...(expression !== undefined && { expression }),
    } as const;
    this.requireSimulator().receive(change);
  }

  topology(): Topology {
    return this.inspector.topology();
  }

  enabled(): readonly Choice[] {
    return this.inspector.enabled();
  }

  /** Every choice that the history names so far. */
  choices(): readonly Choice[] {
    return this.inspector.choices();
  }

  /** An array whose elements V8 shows; see {@link PackedRows}. */
  view(ref: ViewRef, window: Window = EVERYTHING): PackedRows {
    return pack(this.simulator ? rowsOf(this.simulator.inspect, ref, window) : []);
  }

  /** The state that a row of a view shows, or the current key's state of that name. */
  stateTarget(name: string, ref?: ViewRef): StateTarget | undefined {
    return ref ? targetOfRow(this.inspector, ref, name) : targetOfName(this.inspector, name);
  }

  page(query: PageQuery): ShownPage {
    return shownPage(this.inspector, query);
  }

  /** A value as a logpoint prints it: strings without quotes, all else as a preview. */
  text(value: unknown): string {
    return typeof value === 'string' ? value : preview(value);
  }

  /** The answer of a method, found by its name, as JSON. */
  answer(name: string, args: readonly unknown[]): string {
    const method = this[name as keyof DebugAgent] as (...values: unknown[]) => unknown;
    return JSON.stringify(Reflect.apply(method, this, args) ?? null);
  }

  private get inspector(): Inspector {
    return this.requireSimulator().inspect;
  }

  private requireSimulator(): Simulator {
    if (!this.simulator) throw new Error('the program has not been loaded yet');
    return this.simulator;
  }
}
