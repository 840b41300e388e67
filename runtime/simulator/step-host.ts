import { captureCallSite } from '../contracts/call-site.ts';
import type { Choice } from '../contracts/choice.ts';
import type { PrintLevel, ProgramEnvironment } from '../contracts/environment.ts';
import type { Fault } from '../contracts/fault.ts';
import type { AppError, EventSite, Notice } from '../contracts/notices.ts';
import type { Path } from '../contracts/paths.ts';
import type { ProtocolPoint } from '../contracts/protocol-points.ts';
import type { RecordedInput } from '../contracts/recorded-input.ts';
import type { RuntimeOptions } from '../contracts/simulator.ts';
import { isInvalidated, reExecute } from '../recovery/re-execution.ts';
import { AttemptTrace } from '../tasks/attempts/attempt-trace.ts';
import { Epoch } from '../tasks/epoch.ts';
import { type ExecutionHost, StepEffects } from '../tasks/execution-host.ts';
import { FaultPlan } from './fault-plan.ts';
import { InputReplay } from './inputs/input-replay.ts';
import { LogicalClock } from './inputs/logical-clock.ts';
import { NoticeGate } from './notice-gate.ts';
import { nextPhase, type Phase } from './phase.ts';
import type { Transition } from './processors/transition.ts';
import { RuntimeGraph } from './runtime-graph.ts';

/** Counts the steps of a run. */
export interface StepCounter {
  /** The number of the step under way, which may be under commit, or of the next one. */
  readonly stepIndex: number;
}

/** What a step host leaves to others. */
export interface HostSignals {
  /** A recorded input is due now. */
  readonly onInputDue: (recorded: RecordedInput) => void;
}

/** A workflow whose handlers, executed again, did something else than recorded. */
export interface Diverged {
  readonly unit: Path;
  readonly error: AppError;
}

/** Whether a crash rolls the epoch back, or, once that is decided, its commit forward. */
type Outcome = 'back' | 'forward';

/** The host of the step under way: what its tasks read and cause, and which notices it emits. */
export class StepHost implements ExecutionHost {
  readonly epoch = new Epoch();
  readonly graph: RuntimeGraph;
  readonly clock = new LogicalClock();
  readonly inputs: InputReplay;
  readonly notices: NoticeGate;
  readonly faults = new FaultPlan();
  readonly recordsActivations: boolean;
  readonly environment: ProgramEnvironment | undefined;
  instrumented = false;
  countsEvents = false;
  attempt = 1;
  event: EventSite | undefined;
  effects = new StepEffects();
  trace: AttemptTrace | undefined;
  choice: Choice | undefined;
  readonly #steps: StepCounter;
  readonly #signals: HostSignals;
  #point: ProtocolPoint | undefined;
  #phase: Phase = 'boundary';
  #crashed: Path | undefined;
  #ids = 0;

  constructor(options: RuntimeOptions, steps: StepCounter, signals: HostSignals) {
    const { environment, faults, inputs } = options;
    this.#steps = steps;
    this.#signals = signals;
    this.inputs = new InputReplay(this.clock, inputs);
    this.notices = new NoticeGate(options, this.clock, this.inputs);
    this.recordsActivations = mayRollBack(options);
    this.graph = new RuntimeGraph(this, options);
    this.environment = environment;
    if (environment !== undefined) environment.print = this.print;
    for (const fault of faults) this.faults.arm(fault);
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** The protocol point passed last; `undefined` at a boundary. */
  get point(): ProtocolPoint | undefined {
    return this.#point;
  }

  /** The unit that has crashed and not recovered yet. */
  get crashed(): Path | undefined {
    return this.#crashed;
  }

  get stepIndex(): number {
    return this.#steps.stepIndex;
  }

  /** How many ids have been given; a rollback goes back to an earlier count. */
  get ids(): number {
    return this.#ids;
  }

  nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  keyOfRequest(portal: Path, request: unknown, askerKey: unknown): unknown {
    return this.graph.keyOfRequest(portal, request, askerKey);
  }

  reachPoint(unit: Path, point: ProtocolPoint, task?: Path): void {
    this.#point = point;
    if (point !== 'process') this.notify({ kind: 'point', step: this.stepIndex, unit, point });
    this.faults.reach(unit, point, task);
  }

  notify(notice: Notice): void {
    if (!this.notices.isOpen || this.#phase === 'reExecuting') return;
    this.notices.notify(notice);
    for (const recorded of this.inputs.due()) this.#signals.onInputDue(recorded);
  }

  /** Writes what the program prints: within a step as part of it, otherwise at once. */
  readonly print = (text: string, level: PrintLevel = 'stdout'): void => {
    if (this.#phase === 'reExecuting') return;
    const site = this.instrumented ? captureCallSite() : undefined;
    const line = {
      kind: 'output',
      text,
      ...(level === 'stderr' && { level }),
      ...(site === undefined ? {} : { site }),
    } as const;
    const notice = { ...line, step: this.stepIndex, attempt: this.attempt };
    if (this.#phase !== 'processing') {
      this.notify({ ...notice, outside: true });
    } else {
      this.effects.addLine(line);
      if (this.instrumented) this.notify(notice);
    }
  };

  /** Whether a step of `unit` passes protocol points. */
  passesPoints(unit: Path): boolean {
    return this.notices.detailed || this.faults.isAimedAt(unit);
  }

  /** @throws an internal error if `phase` must not follow the present one */
  enter(phase: Phase): void {
    this.#phase = nextPhase(this.#phase, phase);
  }

  /** Begins an attempt of a step; with `isTraced`, so that the next attempt can be compared. */
  begin(transition: Transition, choice: Choice | undefined, isTraced: boolean): void {
    this.enter('processing');
    const { isOpen, detailed } = this.notices;
    this.instrumented = detailed;
    this.countsEvents = detailed || this.faults.isAimedAtEventsOf(transition.unit);
    this.effects = new StepEffects();
    this.trace = isTraced ? new AttemptTrace() : undefined;
    this.choice = choice;
    const { stepIndex: step, attempt } = this;
    if (isOpen && choice !== undefined) this.notify({ kind: 'started', step, choice, attempt });
  }

  /** Begins an attempt of a step that commits at once and emits nothing: at full speed. */
  beginAtFullSpeed(choice: Choice | undefined): void {
    this.enter('processing');
    this.instrumented = false;
    this.countsEvents = false;
    this.effects.clear();
    this.trace = undefined;
    this.choice = choice;
  }

  crash(unit: Path, fault: Fault, outcome: Outcome): void {
    this.#crashed = unit;
    this.enter('recovering');
    this.notify({ kind: 'crashed', step: this.stepIndex, unit, fault, outcome });
  }

  recover(unit: Path, outcome: Outcome): void {
    this.#crashed = undefined;
    this.notify({ kind: 'recovered', step: this.stepIndex, unit, outcome });
  }

  /** Forgets the attempt under way after a rollback to a snapshot with so many `ids`. */
  abort(ids: number): void {
    this.#ids = ids;
    this.effects = new StepEffects();
    this.trace = undefined;
    this.event = undefined;
    this.#point = undefined;
  }

  /** Closes the epoch after its commit. */
  close(): void {
    this.attempt = 1;
    this.choice = undefined;
    this.#point = undefined;
    this.enter('boundary');
  }

  /**
   * Rebuilds the continuations that an aborted attempt has run: it may have changed what they
   * captured. The handlers that made them are executed again; they emit no notice, print nothing,
   * and what they do is rolled back. Returns where they did something else than recorded.
   */
  reExecute(): readonly Diverged[] {
    const runners = [...this.graph.workflows.values()].map(({ runner }) => runner);
    const invalidated = runners.filter(isInvalidated);
    if (invalidated.length === 0) return [];
    const { instrumented, countsEvents } = this;
    this.enter('reExecuting');
    this.instrumented = false;
    this.countsEvents = false;
    // What the handlers cause now must not count as the aborted attempt's.
    this.effects = new StepEffects();
    this.trace = undefined;
    try {
      return invalidated.flatMap((runner) =>
        reExecute(runner, this).map((error) => ({ unit: runner.spec.path, error })),
      );
    } finally {
      this.epoch.rollback();
      this.instrumented = instrumented;
      this.countsEvents = countsEvents;
      this.enter('recovering');
    }
  }
}

/**
 * Whether attempts of such a run may be aborted, now or when a debugger intervenes: what is needed
 * to rebuild continuations must then be recorded from the beginning.
 */
function mayRollBack({ probe, detail, faults, onHandlerError }: RuntimeOptions): boolean {
  const isSteered = probe !== undefined && detail !== 'steps';
  return isSteered || faults.length > 0 || onHandlerError.kind !== 'propagate';
}
