import {
  type Choice,
  DEFAULT_LIMITS,
  type EditTarget,
  formatFault,
  type Inspector,
  type Moment,
  type Notice,
  parseFault,
  preview,
  type RecordedInput,
  type Simulator,
  type Status,
  type Topology,
  toJson,
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
import { GuardedCall } from './guarded-call.ts';
import { LineTrace, type TracedLine } from './line-trace.ts';
import type { OutputRecord } from './messages.ts';
import type { Outbox } from './outbox.ts';
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

/** Everything a debugger needs to know at once when the program has come to a stop. */
export interface PauseSnapshot {
  /** Absent when V8 stopped by itself, at a line of the author. */
  readonly stop?: ModelStop;
  /** The author's handler runs in a rehearsal: nothing to stop for. */
  readonly isReExecuting?: true;
  /** The breakpoints by name that have been hit here. */
  readonly hits?: readonly number[];
  /** Absent until there is a simulator. */
  readonly status?: Status;
  /** The key of the event under way, as text. */
  readonly eventKey?: string;
  /** Where in the run that is; absent until there is a simulator. */
  readonly moment?: Moment;
  /** How often places of the script with breakpoints were reached since the moment. */
  readonly hitCounts: Readonly<Record<string, number>>;
  /** A run that repeated what is known has come to its target. */
  readonly reachedTarget?: true;
  /** A handler has thrown before in the step under way, which is tried again. */
  readonly poison?: boolean;
  /** Counts changes of the topology, so that it need not be asked for at every stop. */
  readonly topologyVersion: number;
  /** Console text that has not been sent yet. */
  readonly output: readonly OutputRecord[];
}

const EVERYTHING: Window = { start: 0, count: Number.MAX_SAFE_INTEGER };

/**
 * The debugger's hand inside the program's thread. Its methods are called through V8 while the
 * program is paused; arguments and, unless said otherwise, results are plain data.
 */
export class DebugAgent {
  mode: RunMode = { kind: 'continue' };
  stopOnEntry = false;
  stop: ModelStop | undefined;
  /** The breakpoints by name that are the reason for {@link stop}. */
  hits: readonly number[] = [];
  topologyVersion = 0;
  /** Why the simulator last came to rest. */
  rested: 'complete' | 'max-steps' | undefined;
  /** Where a run that repeats what is known is under way to; nothing is told before it is there. */
  target: RunTarget | undefined;
  aloud = false;
  readonly stands = new StopHistory();
  /** The stop under way is the arrival at a target. */
  hasArrived = false;
  /** The debugger has stopped at the throwing line; the notice of the same error is not news. */
  errorShown = false;
  /** Asked by the conditions of breakpoints, in the middle of the author's code. */
  readonly gate: BreakpointGate;
  readonly footsteps: LineTrace;
  readonly replays = new ReplayFilter();
  readonly errand = new GuardedCall();
  readonly breakpoints: ModelBreakpoints;
  readonly data: DataBreakpoints;
  readonly exceptions: ExceptionRules;
  private readonly conditions = new Conditions();
  private simulator: Simulator | undefined;
  private readonly outbox: Outbox;

  constructor(outbox: Outbox) {
    this.outbox = outbox;
    const rehearsing = () => this.simulator?.inspect.isReExecuting() === true;
    const tell: Outbox['emit'] = (item) => outbox.emit(item);
    this.gate = new BreakpointGate(tell, this.replays, rehearsing, () => this.moment);
    this.footsteps = new LineTrace(rehearsing);
    this.breakpoints = new ModelBreakpoints(this.gate, this.conditions);
    const travels = () => this.target !== undefined;
    this.data = new DataBreakpoints(this.gate, this.conditions, travels);
    this.exceptions = new ExceptionRules(this.gate, this.conditions);
  }

  /** Gives the control its simulator, as soon as there is one. */
  attach(simulator: Simulator, realm: ConditionRealm): void {
    this.simulator = simulator;
    this.conditions.attach(realm, simulator.inspect);
    this.data.attach(simulator);
    this.exceptions.attach(simulator.inspect);
  }

  /** What has to be known of a notice even on the way to somewhere else. */
  learn(notice: Notice): void {
    this.breakpoints.learn(notice);
    this.data.learn(notice);
    this.exceptions.learn(notice);
  }

  /** Where the run stands; before there is one, at its very beginning. */
  get moment(): Moment {
    return this.simulator?.moment ?? { boundary: 0, notice: 0 };
  }

  describe(): PauseSnapshot {
    const event = this.simulator?.inspect.event();
    return {
      ...(this.simulator && { moment: this.simulator.moment }),
      ...(this.hasArrived && { reachedTarget: true }),
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

  /** Whether a handler's event is under way. */
  isProcessing(): boolean {
    return this.simulator?.inspect.event() !== undefined;
  }

  /** Reads the model's state, for expressions of the user's. */
  get state(): StateReader {
    return stateReader(this.inspector);
  }

  /** Decides how the program runs when V8 resumes it. */
  run(mode: RunMode): void {
    this.mode = mode;
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
   * Has the run repeat what is known of it, `inputs` included, up to `target`; call it while the
   * run stands at an earlier place, or before the program is loaded. What it tells on the way is
   * told only `aloud`.
   */
  seek(target: RunTarget, inputs: readonly RecordedInput[], aloud: boolean): void {
    this.target = target;
    this.aloud = aloud;
    this.reach().repeat(inputs, mutedUntil(target), aloud);
  }

  /** Has the run, on its way before `step`, stand where the way back is known: at the next one. */
  landSoon(step: number): void {
    const { target, aloud } = this;
    if (!target || mutedUntil(target) <= this.moment.boundary + 1) return;
    this.seek({ kind: 'step', step: step + 1 }, this.reach().inputs, aloud);
  }

  /** Has the run no longer go where it was sent; it stands in the midst of the way. */
  stay(): void {
    this.target = undefined;
    this.reach().repeat(this.reach().inputs, 0, false);
  }

  /** Has the run get `inputs` from here on, of which it has had the first few. */
  expect(inputs: readonly RecordedInput[]): void {
    this.reach().repeat(inputs, 0, false);
  }

  /** Where a step back ends; `null` at the beginning of the run. */
  standBefore(by: BackStep): Moment | null {
    return this.stands.previous(this.moment, by) ?? null;
  }

  /** The lines by which steps back would go, as seen from `depth` frames of the author. */
  footstepsFrom(depth: number): readonly TracedLine[] {
    return this.footsteps.seenFrom(depth);
  }

  /** Where the event under way, or the last handler, began; `null` if there is none. */
  startOf(what: 'event' | 'handler'): Moment | null {
    return this.stands.startOf(what, this.moment) ?? null;
  }

  /** Where the run stands, and everything done to it from outside. */
  changes() {
    const { moment, inputs, inspect } = this.reach();
    return { moment, inputs, status: inspect.status() };
  }

  /** Nothing of what was to be done later will be done. */
  forgetFuture(): void {
    this.reach().forgetFuture();
  }

  /** What of that a changed program could not repeat. */
  missed(): readonly RecordedInput[] {
    return this.reach().missed;
  }

  /** Arms a fault; answers it as canonical text. */
  inject(spec: string): string {
    const fault = parseFault(spec);
    this.reach().receive({ kind: 'inject', fault });
    return formatFault(fault);
  }

  choose(label: string): void {
    this.reach().receive({ kind: 'choose', label });
  }

  /** The user has assigned to a variable here, where `at` was reached so often since the moment. */
  assign(at: string, arrival: number, assignment: string): void {
    const simulator = this.reach();
    simulator.receive({ kind: 'assign', at, arrival, assignment });
    // Here it has been made; a loop may come by once more.
    const nth = simulator.inputs.length - 1;
    for (let times = 0; times < arrival; times++) this.gate.countHit(assignmentName({ at, nth }));
  }

  /** Asked at the place `at`: whether the `nth` input, an assignment, is to be made again. */
  isDue(asked: PendingAssignment): boolean {
    return isAssignmentDue(asked, this.moment, this.reach().inputs, this.gate);
  }

  /** Sets a state to the value of `expression`, or deletes it if there is none. */
  edit(target: EditTarget, expression?: string): void {
    const change = {
      kind: 'edit',
      target,
      ...(expression !== undefined && { expression }),
    } as const;
    this.reach().receive(change);
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

  /** The state behind a row of a view, or the current one of that name. */
  stateTarget(name: string, ref?: ViewRef): StateTarget | undefined {
    return ref ? targetOfRow(this.inspector, ref, name) : targetOfName(this.inspector, name);
  }

  page(query: PageQuery): ShownPage {
    return shownPage(this.inspector, query);
  }

  /** One line for each of `values`, which may be anything. */
  previews(...values: unknown[]): readonly string[] {
    const stateOf = (value: object) => this.simulator?.inspect.stateOf(value);
    return values.map((value) => preview(value, { ...DEFAULT_LIMITS, stateOf }));
  }

  /** A value as a logpoint writes it: strings bare, all else as its preview. */
  text(value: unknown): string {
    return typeof value === 'string' ? value : preview(value);
  }

  /** All of a value, to be copied. */
  wholeText(value: unknown): string {
    if (typeof value === 'string') return value;
    if (typeof value !== 'object' || value === null) return preview(value);
    return JSON.stringify(toJson(value), null, 2);
  }

  private get inspector(): Inspector {
    return this.reach().inspect;
  }

  private reach(): Simulator {
    if (!this.simulator) throw new Error('the program has not been loaded yet');
    return this.simulator;
  }
}
