import {
  type Choice,
  type Density,
  formatFault,
  type HistoryEntry,
  type Inspector,
  type Page,
  parseFault,
  preview,
  type Simulator,
  type Status,
  type Topology,
  toJson,
} from '../runtime/index.ts';
import { BreakpointGate } from './breakpoint-gate.ts';
import { type ConditionRealm, Conditions } from './conditions.ts';
import { type DataBreakpoint, DataBreakpoints, type StateTarget } from './data-breakpoints.ts';
import { densityOf } from './density.ts';
import type { Told } from './messages.ts';
import { type ModelBreakpoint, ModelBreakpoints } from './model-breakpoints.ts';
import type { Outbox } from './outbox.ts';
import { type PageQuery, type ShownPage, shownPage } from './pages.ts';
import { Replays } from './replays.ts';
import type { ModelStop, RunMode, StopFilters } from './stops.ts';
import {
  type PackedRows,
  pack,
  rowsOf,
  targetOfName,
  targetOfRow,
  type ViewRef,
  type Window,
} from './views/index.ts';

/** Everything a debugger needs to know at once when the program has come to a stop. */
export interface Standing {
  /** Absent when V8 stopped by itself, at a line of the author. */
  readonly stop?: ModelStop;
  /** The breakpoints by name that have been hit here. */
  readonly hits?: readonly number[];
  /** Absent until there is a simulator. */
  readonly status?: Status;
  /** The key of the event under way, as text. */
  readonly eventKey?: string;
  /** Counts changes of the topology, so that it need not be asked for at every stop. */
  readonly topologyVersion: number;
  /** Console text that has not been sent yet. */
  readonly told: readonly Told[];
}

const NONE: StopFilters = { crash: false, recovery: false, handlerError: false };
const EVERYTHING: Window = { start: 0, count: Number.MAX_SAFE_INTEGER };

/**
 * The debugger's hand inside the program's thread. Its methods are called through V8 while the
 * program is paused; arguments and, unless said otherwise, results are plain data.
 */
export class Control {
  mode: RunMode = { kind: 'continue' };
  filters: StopFilters = NONE;
  stopOnEntry = false;
  stop: ModelStop | undefined;
  /** The breakpoints by name that are the reason for {@link stop}. */
  hits: readonly number[] = [];
  topologyVersion = 0;
  /** Why the simulator last came to rest. */
  rested: 'complete' | 'max-steps' | undefined;
  /** The debugger has stopped at the throwing line; the notice of the same error is not news. */
  errorShown = false;
  /** Asked by the conditions of breakpoints, in the middle of the author's code. */
  readonly gate: BreakpointGate;
  readonly replays = new Replays();
  readonly breakpoints: ModelBreakpoints;
  readonly data: DataBreakpoints;
  private readonly conditions = new Conditions();
  private simulator: Simulator | undefined;
  private readonly outbox: Outbox;

  constructor(outbox: Outbox) {
    this.outbox = outbox;
    this.gate = new BreakpointGate((item) => outbox.tell(item), this.replays);
    this.breakpoints = new ModelBreakpoints(this.gate, this.conditions);
    this.data = new DataBreakpoints(this.gate, this.conditions);
  }

  /** Gives the control its simulator, as soon as there is one. */
  attach(simulator: Simulator, realm: ConditionRealm): void {
    this.simulator = simulator;
    this.conditions.attach(realm);
    this.data.attach(simulator);
  }

  describe(): Standing {
    const event = this.simulator?.inspect.event();
    return {
      topologyVersion: this.topologyVersion,
      told: this.outbox.take(),
      ...(this.stop && { stop: this.stop }),
      ...(this.hits.length > 0 && { hits: this.hits }),
      ...(this.simulator && { status: this.simulator.inspect.status() }),
      ...(event && { eventKey: preview(event.key) }),
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

  /** Decides how the program runs when V8 resumes it. */
  run(mode: RunMode): void {
    this.mode = mode;
  }

  setFilters(filters: StopFilters): void {
    this.filters = filters;
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

  errorWasShown(): void {
    this.errorShown = true;
  }

  /** Arms a fault; answers it as canonical text. */
  inject(spec: string): string {
    const fault = parseFault(spec);
    this.reach().inject(fault);
    return formatFault(fault);
  }

  choose(label: string): void {
    this.reach().choose(label);
  }

  topology(): Topology {
    return this.inspector.topology();
  }

  enabled(): readonly Choice[] {
    return this.inspector.enabled();
  }

  history(start: number, count: number): Page<HistoryEntry> {
    return this.inspector.history(start, count);
  }

  /** How `count` steps from `start` on are spread, in bins of `binSize` steps. */
  density(start: number, count: number, binSize: number): Density {
    const { inspector } = this;
    return densityOf((from, many) => inspector.history(from, many).items, start, count, binSize);
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
    return values.map((value) => preview(value));
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
