import type { Choice } from '../contracts/choice.ts';
import type { EnvironmentState } from '../contracts/environment.ts';
import { PortalsError } from '../contracts/errors.ts';
import type { Fault } from '../contracts/fault.ts';
import type { AppError } from '../contracts/notices.ts';
import type { Path } from '../contracts/paths.ts';
import type { RuntimeOptions } from '../contracts/simulator.ts';
import { DivergenceCheck } from '../recovery/divergence-check.ts';
import type { StepEffects } from '../tasks/execution-host.ts';
import type { HandlerOwner } from '../tasks/handler-results.ts';
import type { OnFailure } from '../tasks/workflow-runner.ts';
import { assertAllCommitted, internalError } from './assertions.ts';
import { runCommitProtocol } from './commit-protocol.ts';
import { DecisionLog } from './decision-log.ts';
import { Edit } from './edit.ts';
import { EpochLog } from './epoch-log.ts';
import { Crash } from './fault-plan.ts';
import { FullSpeed } from './full-speed.ts';
import { appErrorOf, endsStep, FailedUnits, Retries, StepFailed } from './handler-failure.ts';
import { effectsOf, Journal, type Step } from './journal.ts';
import { deliver } from './message-delivery.ts';
import type { StepStart } from './processors/step-start.ts';
import type { Output, Transition } from './processors/transition.ts';
import { Snapshot } from './snapshot.ts';
import { type HostSignals, StepHost } from './step-host.ts';

/** What an epoch runner leaves to the engine. */
export interface EngineSignals extends Pick<HostSignals, 'onInputDue'> {
  /** The unit has failed for good; it takes no further step. */
  readonly onUnitFailed: (unit: Path) => void;
}

/** A step under way; its outputs are unknown while it processes events. */
interface Attempted extends StepStart {
  readonly outputs: readonly Output[] | undefined;
}

/**
 * Processes steps and commits them in epochs; on a crash it rolls the epoch back and replays it
 * with the same transitions. Everything that a rollback must undo enters itself in the epoch.
 *
 * ```
 *             process           aligned            epoch full
 *  boundary ─────────► processing ─────► boundary ───────────► committing ──► boundary
 *      ▲                   │ crash                   │ crash before decide
 *      │ replay            ▼                         ▼
 *      └────────────── recovering ◄──────────────────┘   (after decide: back to committing)
 * ```
 */
export class EpochRunner {
  readonly host: StepHost;
  readonly journal: Journal;
  readonly failed = new FailedUnits();
  readonly #options: RuntimeOptions;
  readonly #signals: EngineSignals;
  readonly #log = new EpochLog();
  readonly #divergence = new DivergenceCheck();
  readonly #snapshot: Snapshot;
  readonly #retries: Retries;
  readonly #fullSpeed: FullSpeed;
  readonly #onFailure: OnFailure = (thrown, at) => this.#onHandlerError(thrown, at);
  /** The program's time and randomness once a rollback has been replayed. */
  #resumeWith: EnvironmentState | undefined;

  constructor(options: RuntimeOptions, signals: EngineSignals) {
    this.#options = options;
    this.#signals = signals;
    this.host = new StepHost(options, this.#log, signals);
    this.journal = new Journal(DecisionLog.of(options));
    this.#snapshot = new Snapshot(this.host, options.verify === true);
    this.#retries = new Retries(options.onHandlerError);
    const { host, journal } = this;
    const [log, divergence, snapshot] = [this.#log, this.#divergence, this.#snapshot];
    this.#fullSpeed = new FullSpeed(options, host, { journal, log, divergence, snapshot });
  }

  /**
   * Arrives at the boundary before the next step.
   *
   * @throws an internal error if anything is uncommitted although no epoch is open
   */
  reachBoundary(): void {
    const { host } = this;
    host.notices.reachBoundary(this.#log.stepIndex, host.faults.isArmed);
    if (!this.#log.isEmpty) return;
    if (!host.epoch.isEmpty) throw internalError('a part is uncommitted, but no epoch is open');
    if (host.notices.detailed || this.#options.verify === true) assertAllCommitted(host.graph);
  }

  /** Runs `transition` as the next step. */
  run(transition: Transition): void {
    const environment = this.host.environment?.save();
    if (!this.#fullSpeed.isPossible(transition.unit)) {
      this.#attempt({ transition, environment });
    } else {
      try {
        this.#fullSpeed.run(transition, environment, this.#onFailure);
        return;
      } catch (thrown) {
        this.#abort({ transition, environment, outputs: undefined }, thrown);
        this.host.enter('boundary');
      }
    }
    this.settle(false);
  }

  /** Replays what a crash undid, and commits the epoch if it is full or `evenPartly`. */
  settle(evenPartly: boolean): void {
    for (;;) {
      while (this.#log.isReplaying) this.#replayNext();
      this.#resume();
      const { length } = this.#log.steps;
      if (length === 0 || (length < this.#options.snapshotEvery && !evenPartly)) return;
      this.#commit();
    }
  }

  /** Reports the end of the run, which is at a boundary. */
  rest(reason: 'complete' | 'max-steps'): void {
    this.host.enter('complete');
    this.host.notices.notifyRest({ kind: 'rested', step: this.#log.stepIndex, reason });
    this.host.enter('boundary');
  }

  /**
   * Makes an edit: between steps it is part of the epoch, within a step of the current attempt.
   *
   * @throws PortalsError PORTALS_NOT_EDITABLE during a commit or a recovery
   */
  edit(edit: Edit): void {
    const { phase, environment } = this.host;
    if (phase === 'committing' || phase === 'recovering') {
      throw new PortalsError(
        'PORTALS_NOT_EDITABLE',
        `no state can be edited while a step is ${phase}; continue to the next step or event first`,
      );
    }
    const betweenSteps = phase !== 'processing';
    if (betweenSteps && this.#log.isEmpty) this.#snapshot.take(environment?.save());
    edit.apply(betweenSteps);
    if (betweenSteps) this.#log.addEdit(edit);
  }

  /** Arms `fault`, which may trigger in the attempt under way. */
  inject(fault: Fault): void {
    this.host.faults.arm(fault);
    this.host.countsEvents = true;
  }

  /** Something is changed from outside: until the epoch commits, attempts may differ. */
  disturb(): void {
    this.#divergence.suspend();
  }

  /** Processes one atom; after a crash the log says what is to be replayed. */
  #attempt(start: StepStart): void {
    const { host } = this;
    const { transition } = start;
    const { unit } = transition;
    if (this.#log.isEmpty) this.#snapshot.take(start.environment);
    this.#begin(transition);
    const { stepIndex: step } = host;
    let outputs: readonly Output[] | undefined;
    try {
      if (host.passesPoints(unit)) host.reachPoint(unit, 'read');
      outputs = transition.run(this.#onFailure);
      this.#options.builtins?.step();
      if (host.passesPoints(unit)) host.reachPoint(unit, 'aligned');
      this.#align(start, outputs);
      this.#retries.succeed(step);
    } catch (thrown) {
      this.#abort({ ...start, outputs }, thrown);
    }
    host.event = undefined;
    host.enter('boundary');
  }

  /** Recovers from what has ended the attempt under way, if it can be recovered from. */
  #abort(underWay: Attempted, thrown: unknown): void {
    this.#options.builtins?.check();
    if (thrown instanceof Crash) this.#recover(underWay.transition.unit, thrown, underWay);
    else if (thrown instanceof StepFailed) this.#giveUp(underWay, thrown.error);
    else throw thrown;
  }

  #begin(transition: Transition): void {
    const { host } = this;
    const { isOpen } = host.notices;
    const choice = isOpen || this.journal.log !== undefined ? transition.describe() : undefined;
    const mayAbort =
      host.passesPoints(transition.unit) || this.#options.snapshotEvery > 1 || host.attempt > 1;
    host.begin(transition, choice, host.recordsActivations && mayAbort);
  }

  /** Hands what the step caused to its consumers, who see it as part of the epoch. */
  #align(start: StepStart, outputs: readonly Output[]): void {
    const { choice, effects, trace, stepIndex: index, attempt } = this.host;
    const crashes = attempt - 1;
    deliver(effects, this.host.graph.portals);
    const indexes = outputs.map(({ stream, atom }) => stream.append(atom));
    const step: Step = { ...start, index, choice, outputs, indexes, effects, trace, crashes };
    if (crashes > 0) this.#compare(step);
    this.#log.add(step);
  }

  /** Reports it when a step that is processed again does something else than before. */
  #compare(step: Step): void {
    const error = this.host.notices.isOpen ? this.#divergence.errorOf(step) : undefined;
    if (error !== undefined) this.#reportDiverged(step.index, step.transition.unit, error);
  }

  #commit(): void {
    const { host } = this;
    const environment = host.environment?.save();
    host.enter('committing');
    this.#log.beginCommit();
    try {
      this.#runCommit();
    } catch (thrown) {
      if (!(thrown instanceof Crash)) throw thrown;
      this.#resumeWith = environment;
      this.#recover(this.#log.unitOf(thrown.fault), thrown);
      return;
    }
    for (const step of this.#log.steps) {
      const { index, transition, outputs, effects, choice, crashes } = step;
      const { unit } = transition;
      this.#book(index, unit, outputs, effects, choice, crashes);
      if (!host.notices.isOpen) continue;
      host.notify({ kind: 'committed', step: index, unit, effects: effectsOf(step) });
    }
    this.#close();
  }

  #runCommit(): void {
    const { host } = this;
    runCommitProtocol({
      units: this.#log.units.filter((unit) => host.passesPoints(unit)),
      reachPoint: (unit, point) => host.reachPoint(unit, point),
      publish: () => host.epoch.commit(),
      rollForward: (unit, crash) => this.#rollForward(unit, crash),
    });
  }

  /** Keeps the books of one committed step. */
  #book(
    index: number,
    unit: Path,
    outputs: readonly Output[],
    effects: StepEffects,
    choice: Choice | undefined,
    crashes: number,
  ): void {
    this.journal.record(outputs, effects, choice, crashes);
    this.host.notices.notifyLines(index, unit, effects.lines);
  }

  #close(): void {
    this.#log.commit();
    this.#divergence.commit();
    this.host.close();
  }

  #replayNext(): void {
    const next = this.#log.nextReplay();
    if (next instanceof Edit) {
      this.edit(next);
    } else if (next !== undefined) {
      if (next.environment !== undefined) this.host.environment?.restore(next.environment);
      this.#attempt(next);
    }
  }

  /** Ends a replay: time and randomness continue where they were, and failures are reported. */
  #resume(): void {
    if (this.#resumeWith !== undefined) this.host.environment?.restore(this.#resumeWith);
    this.#resumeWith = undefined;
    if (this.failed.areUnreported) this.failed.report((notice) => this.host.notify(notice));
  }

  /** Rolls the epoch back, and arranges for its steps, and the crashed one, to be replayed. */
  #recover(unit: Path, { fault }: Crash, underWay?: Attempted): void {
    const { stepIndex: step } = this.host;
    this.host.crash(unit, fault, 'back');
    this.journal.countRecovery();
    this.#rollback(step, unit, underWay);
    this.host.recover(unit, 'back');
    this.host.enter('boundary');
  }

  /** Recovers from a crash after the decision, which no longer undoes anything. */
  #rollForward(unit: Path, { fault }: Crash): void {
    this.host.crash(unit, fault, 'forward');
    this.journal.countRecovery();
    this.host.enter('committing');
    this.host.recover(unit, 'forward');
  }

  #rollback(step: number, unit: Path, underWay: Attempted | undefined): void {
    const { host } = this;
    const { effects, trace } = host;
    // Attempts are recorded in quiet runs, too: the next attempt may emit notices.
    const last = underWay && { ...underWay, index: step, effects, trace };
    this.#divergence.abort(last === undefined ? this.#log.steps : [...this.#log.steps, last]);
    this.#log.rollback(underWay);
    for (const { runner } of host.graph.workflows.values()) runner.abort();
    host.epoch.rollback();
    const diverged = host.reExecute();
    this.#snapshot.restore();
    host.notify({ kind: 'aborted', step, unit, toStep: host.stepIndex });
    for (const each of diverged) this.#reportDiverged(host.stepIndex, each.unit, each.error);
    host.attempt += 1;
  }

  #reportDiverged(step: number, unit: Path, error: AppError): void {
    this.host.notify({ kind: 'diverged', step, unit, error });
  }

  /** A handler threw: returns to let the error propagate, or throws to give the step up. */
  #onHandlerError(thrown: unknown, at: HandlerOwner): void {
    if (thrown instanceof Crash || thrown instanceof StepFailed) throw thrown;
    const { host } = this;
    const error = appErrorOf(thrown, at);
    const { event: site, stepIndex: step } = host;
    if (site !== undefined) host.notify({ kind: 'handler-error', step, site, error });
    if (endsStep(error, this.#options.onHandlerError)) throw new StepFailed(error);
    host.effects.addLine({ kind: 'error', error });
  }

  /** Aborts the step: it is retried, or its unit fails and the rest of the epoch is replayed. */
  #giveUp(underWay: Attempted, error: AppError): void {
    const { host } = this;
    const { unit } = underWay.transition;
    const { stepIndex: step } = host;
    const mayRetry = this.#retries.fail(step);
    host.enter('recovering');
    this.#rollback(step, unit, mayRetry ? underWay : undefined);
    if (mayRetry) {
      host.notify({ kind: 'retried', step, unit, error, ...this.#retries.current });
      return;
    }
    this.#resumeWith = underWay.environment;
    this.failed.add(step, unit, error);
    this.#signals.onUnitFailed(unit);
    if (this.#log.isEmpty) host.attempt = 1;
  }
}
