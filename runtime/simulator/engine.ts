import type { Application } from '../application/application.ts';
import type { Choice } from '../contracts/choice.ts';
import type { EnvironmentState, ProgramEnvironment } from '../contracts/environment.ts';
import { PortalsError } from '../contracts/errors.ts';
import type { Status } from '../contracts/inspection.ts';
import type { AppError, EventSite, Notice } from '../contracts/notices.ts';
import type { Path } from '../contracts/paths.ts';
import type { ProtocolPoint } from '../contracts/protocol-points.ts';
import type { Input } from '../contracts/recorded-input.ts';
import type { RuntimeOptions } from '../contracts/simulator.ts';
import { DivergenceCheck } from '../recovery/divergence-check.ts';
import { Epoch } from '../tasks/epoch.ts';
import { type ExecutionHost, StepEffects } from '../tasks/execution-host.ts';
import type { HandlerOwner } from '../tasks/handler-results.ts';
import type { OnFailure } from '../tasks/workflow-runner.ts';
import { applyEdit, applyInput, repeatInput } from './apply-input.ts';
import { commitEpoch } from './commit-protocol.ts';
import { makeContinuationsAnew, mayRollBack } from './continuation-recovery.ts';
import { DecisionLog } from './decision-log.ts';
import { Edit } from './edit.ts';
import { EpochLog } from './epoch-log.ts';
import { Crash, FaultPlan } from './fault-plan.ts';
import { appErrorOf, StepFailed } from './handler-failure.ts';
import { Journal, type Step } from './journal.ts';
import { deliver } from './message-delivery.ts';
import { NoticeGate } from './notice-gate.ts';
import { printerOf } from './printing.ts';
import type { Output, Transition } from './processors/transition.ts';
import { RuntimeGraph } from './runtime-graph.ts';
import { createScheduler } from './scheduler.ts';
import { Systems } from './systems.ts';

/**
 * The simulator's control flow: choose a move, process it, and commit the epoch when it is full; on
 * a crash roll the epoch back and replay it with the same choices. Everything that a rollback must
 * undo enters itself in the epoch; this class holds only what says where the run stands.
 *
 * ```
 *             choose            aligned            epoch full
 *  boundary ─────────► processing ─────► boundary ───────────► committing ──► boundary
 *      ▲                   │ crash                   │ crash before decide
 *      │ replay            ▼                         ▼
 *      └────────────── recovering ◄──────────────────┘   (after decide: committing goes on)
 * ```
 */
export class Engine implements ExecutionHost {
  readonly epoch = new Epoch();
  readonly options: RuntimeOptions;
  readonly graph: RuntimeGraph;
  readonly systems: Systems;
  readonly journal: Journal;
  readonly notices: NoticeGate;
  readonly faults = new FaultPlan();
  readonly failures = new Map<Path, AppError>();
  readonly recordsActivations: boolean;
  instrumented: boolean;
  attempt = 1;
  phase: Status['phase'] | 'rehearsing' = 'boundary';
  point: ProtocolPoint | undefined;
  crashed: Path | undefined;
  choice: Choice | undefined;
  event: EventSite | undefined;
  effects = new StepEffects();
  readonly epochLog = new EpochLog();
  readonly divergence = new DivergenceCheck();
  /** The move that is to be the next step, whatever the scheduler would choose. */
  chosen: Transition | undefined;
  #committedSteps = 0;
  /** From the first point of a commit to its end, or to the rollback after a crash. */
  #committing = false;
  #saved: EnvironmentState | undefined;
  #ids = 0;
  #idsSaved = 0;
  /** The step that handlers' exceptions have given up, and how often. */
  #failing: { readonly step: number; readonly attempts: number } | undefined;
  readonly #onFailure: OnFailure = (thrown, at) => this.#failed(thrown, at);
  #rested = false;

  constructor(options: RuntimeOptions) {
    this.options = options;
    this.graph = new RuntimeGraph(this, options.retainedAtoms ?? 0);
    this.systems = new Systems(() => createScheduler(options.schedule, options.seed));
    this.recordsActivations = mayRollBack(options);
    this.notices = new NoticeGate(options);
    this.journal = new Journal(DecisionLog.of(options));
    for (const fault of options.faults) this.faults.arm(fault);
    this.instrumented = this.notices.detailed || this.faults.isArmed;
    const { environment } = options;
    if (environment !== undefined) environment.print = printerOf(this);
  }

  /** The number of the step under way, which may be under commit, or of the next one. */
  get stepIndex(): number {
    return this.#committedSteps + this.epochLog.steps.length - (this.#committing ? 1 : 0);
  }

  get environment(): ProgramEnvironment | undefined {
    return this.options.environment;
  }

  get notifies(): boolean {
    return this.notices.isOpen;
  }

  launch(application: Application): void {
    this.systems.add(this.graph.launch(application));
    this.#rested = false;
    this.notify({ kind: 'launched', application: application.path });
  }

  /** Does what is asked from outside, and records it: the run is then another than it was. */
  receive(input: Input): void {
    applyInput(this, input);
    this.notices.record(input);
  }

  /**
   * Runs one step to its commit, or to the end of its part in a longer epoch; crashes on the way
   * are recovered from. Returns `false` when nothing is enabled.
   */
  advance(): boolean {
    if (this.phase !== 'boundary' || this.notices.isNotifying) {
      throw new PortalsError(
        'PORTALS_HANDLER_REENTERED',
        'a handler drives the system it runs in; call step() outside of handlers',
      );
    }
    const { stepIndex } = this;
    if (stepIndex >= (this.options.maxSteps ?? Infinity)) return this.#rest('max-steps');
    let move = this.#next();
    this.notices.reachBoundary(stepIndex, this.faults.isArmed);
    this.instrumented = this.notices.detailed || this.faults.isArmed;
    if (this.notifies) {
      const next = move === undefined ? {} : { next: move.describe() };
      const { boundary: ordinal } = this.notices.moment;
      this.notify({ kind: 'boundary', step: this.stepIndex, ordinal, ...next });
      // A debugger that stood there may have chosen otherwise.
      if (this.chosen !== undefined) move = this.#next();
    }
    if (move === undefined) return this.#rest('complete');
    this.#rested = false;
    this.#attemptStep(move);
    this.#settle(false);
    return true;
  }

  /** Commits what is left of an epoch that nobody will fill. */
  finish(): void {
    this.#settle(true);
  }

  /** Remembers the program's surroundings as they are before the epoch. */
  saveEnvironment(): void {
    this.#idsSaved = this.#ids;
    this.#saved = this.options.environment?.save();
  }

  // What executing tasks asks of its world.

  nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  keyOfRequest(portal: Path, request: unknown, askerKey: unknown): unknown {
    return this.graph.keyOfRequest(portal, request, askerKey);
  }

  reachPoint(unit: Path, point: ProtocolPoint, task?: Path): void {
    this.point = point;
    if (point !== 'process') this.notify({ kind: 'point', step: this.stepIndex, unit, point });
    this.faults.reach(unit, point, task);
  }

  notify(notice: Notice): void {
    if (!this.notifies || this.phase === 'rehearsing') return;
    this.notices.notify(notice);
    for (const recorded of this.notices.due()) repeatInput(this, recorded);
  }

  #next(): Transition | undefined {
    const chosen = this.chosen;
    this.chosen = undefined;
    return chosen?.ready() ? chosen : this.systems.next();
  }

  #rest(reason: 'complete' | 'max-steps'): false {
    this.#settle(true);
    if (!this.#rested) {
      this.#rested = true;
      this.phase = 'complete';
      this.notices.notifyRest({ kind: 'rested', step: this.stepIndex, reason });
      this.phase = 'boundary';
    }
    return false;
  }

  /** Replays what a crash undid, and commits the epoch if it is full or `evenPartly`. */
  #settle(evenPartly: boolean): void {
    for (;;) {
      while (this.epochLog.isReplaying) this.#replayNext();
      const full = this.epochLog.steps.length >= this.options.snapshotEvery;
      if (this.epochLog.steps.length === 0 || !(full || evenPartly)) return;
      this.#commit();
    }
  }

  #replayNext(): void {
    const next = this.epochLog.nextReplay();
    if (next instanceof Edit) applyEdit(this, next);
    else if (next !== undefined) this.#attemptStep(next);
  }

  /** Processes `move`'s atom; after a crash `work` says what is to be done again. */
  #attemptStep(move: Transition): void {
    if (this.epochLog.steps.length === 0) this.saveEnvironment();
    this.phase = 'processing';
    const { notifies: told } = this;
    // Nobody keeps those of a step that is committed at once.
    if (told || this.epochLog.steps.length > 0) this.effects = new StepEffects();
    else this.effects.clear();
    this.choice = told || this.journal.log !== undefined ? move.describe() : undefined;
    const { stepIndex: step, attempt, choice } = this;
    if (told && choice !== undefined) this.notify({ kind: 'started', step, choice, attempt });
    try {
      if (this.instrumented) this.reachPoint(move.unit, 'read');
      const outputs = move.run(this.#onFailure);
      if (this.instrumented) this.reachPoint(move.unit, 'aligned');
      this.#align(move, outputs);
      if (step === this.#failing?.step) this.#failing = undefined;
    } catch (thrown) {
      if (thrown instanceof Crash) this.#recover(move.unit, thrown, move);
      else if (thrown instanceof StepFailed) this.#giveUp(move, thrown.error);
      else throw thrown;
    }
    this.event = undefined;
    this.phase = 'boundary';
  }

  /** Hands what the step caused to its consumers, who see it as part of the epoch. */
  #align(move: Transition, outputs: readonly Output[]): void {
    const { choice, effects, stepIndex: index } = this;
    const crashes = this.attempt - 1;
    deliver(effects, this.graph.portals);
    if (this.options.snapshotEvery > 1 || this.instrumented || this.notifies) {
      const indexes = outputs.map(({ stream, atom }) => stream.append(atom));
      const step: Step = { index, transition: move, choice, outputs, indexes, effects, crashes };
      if (crashes > 0) this.#compare(step);
      this.epochLog.steps.push(step);
      return;
    }
    // Nobody aims at a point or listens, so committing the epoch of one step is all there is to do.
    for (const { stream, atom } of outputs) stream.append(atom);
    this.epoch.commit();
    this.journal.record(outputs, effects, choice, crashes);
    this.notices.notifyLines(index, move.unit, effects.lines);
    this.#committedSteps += 1;
    this.#finishEpoch();
  }

  /** Tells when a step that is processed again does something else than before. */
  #compare(step: Step): void {
    const error = this.notifies ? this.divergence.errorOf(step) : undefined;
    const { index, transition: move } = step;
    if (error !== undefined) this.notify({ kind: 'diverged', step: index, unit: move.unit, error });
  }

  #commit(): void {
    this.phase = 'committing';
    this.#committing = true;
    try {
      commitEpoch(this);
    } catch (thrown) {
      if (!(thrown instanceof Crash)) throw thrown;
      this.#recover(this.epochLog.unitOf(thrown.fault), thrown);
      return;
    }
    this.#finishEpoch();
  }

  #finishEpoch(): void {
    this.#committing = false;
    this.#committedSteps += this.epochLog.steps.length;
    this.epochLog.commit();
    this.divergence.commit();
    this.attempt = 1;
    this.#idsSaved = this.#ids;
    this.choice = undefined;
    this.point = undefined;
    this.phase = 'boundary';
  }

  /** Rolls the epoch back, and arranges for its steps, and the crashed one, to be replayed. */
  #recover(unit: Path, { fault }: Crash, crashed?: Transition): void {
    const step = this.stepIndex;
    this.crashed = unit;
    this.phase = 'recovering';
    this.journal.countRecovery();
    this.notify({ kind: 'crashed', step, unit, fault, outcome: 'back' });
    this.#rollback(crashed === undefined ? [] : [crashed]);
    this.notify({ kind: 'aborted', step, unit, toStep: this.stepIndex });
    this.attempt += 1;
    this.crashed = undefined;
    this.notify({ kind: 'recovered', step: this.stepIndex, unit, outcome: 'back' });
    this.phase = 'boundary';
  }

  #rollback(further: readonly Transition[]): void {
    const { effects, stepIndex: index } = this;
    const [move] = further;
    this.divergence.abort(
      this.epochLog.steps,
      move && { index, attempt: { transition: move, effects } },
    );
    this.epochLog.rollback(further);
    for (const { runner: execution } of this.graph.workflows.values()) execution.abort();
    this.epoch.rollback();
    // A rehearsal's effects are nobody's.
    this.effects = new StepEffects();
    makeContinuationsAnew(this);
    this.#committing = false;
    this.#ids = this.#idsSaved;
    this.event = undefined;
    this.point = undefined;
    if (this.#saved !== undefined) this.options.environment?.restore(this.#saved);
  }

  /** A handler threw: returns to let the error propagate, or throws to give the step up. */
  #failed(thrown: unknown, at: HandlerOwner): void {
    if (thrown instanceof Crash || thrown instanceof StepFailed) throw thrown;
    const error = appErrorOf(thrown, at);
    const { event: site, stepIndex: step } = this;
    if (site !== undefined) this.notify({ kind: 'handler-error', step, site, error });
    if (this.options.onHandlerError.kind !== 'propagate') throw new StepFailed(error);
    this.effects.addLine({ kind: 'error', error });
  }

  /** Aborts the step: it is tried again, or its unit stopped and the rest of the epoch redone. */
  #giveUp(move: Transition, error: AppError): void {
    const policy = this.options.onHandlerError;
    const step = this.stepIndex;
    const attempts = this.#failing?.step === step ? this.#failing.attempts : 0;
    const again = policy.kind === 'retry' && attempts < policy.attempts;
    this.phase = 'recovering';
    this.#rollback(again ? [move] : []);
    this.notify({ kind: 'aborted', step, unit: move.unit, toStep: this.stepIndex });
    this.#failing = again ? { step, attempts: attempts + 1 } : undefined;
    this.attempt += 1;
    if (again) return;
    this.failures.set(move.unit, error);
    this.systems.stop(move.unit);
    this.notify({ kind: 'failed', step, unit: move.unit, error });
  }
}
