import type { EnvironmentState } from '../contracts/environment.ts';
import type { Path } from '../contracts/paths.ts';
import type { BuiltinCheck, RuntimeOptions } from '../contracts/simulator.ts';
import type { DivergenceCheck } from '../recovery/divergence-check.ts';
import type { OnFailure } from '../tasks/workflow-runner.ts';
import type { EpochLog } from './epoch-log.ts';
import type { Journal } from './journal.ts';
import { deliver } from './message-delivery.ts';
import type { Transition } from './processors/transition.ts';
import type { Snapshot } from './snapshot.ts';
import type { StepHost } from './step-host.ts';

/** What an epoch consists of, besides the changes in its parts. */
interface EpochBooks {
  readonly journal: Journal;
  readonly log: EpochLog;
  readonly divergence: DivergenceCheck;
  readonly snapshot: Snapshot;
}

/**
 * Processes and commits steps at full speed: those that are epochs of their own and that nothing
 * observes or interrupts. Most steps of most runs are such, so this does only what every step
 * needs; the log of the epoch never sees them unless they are aborted.
 */
export class FullSpeed {
  readonly #host: StepHost;
  readonly #books: EpochBooks;
  readonly #isEpochPerStep: boolean;
  readonly #builtins: BuiltinCheck | undefined;

  constructor(options: RuntimeOptions, host: StepHost, books: EpochBooks) {
    this.#isEpochPerStep = options.snapshotEvery === 1;
    this.#builtins = options.builtins;
    this.#host = host;
    this.#books = books;
  }

  /** Whether the next step, of `unit`, emits no notice, meets no fault and replays nothing. */
  isPossible(unit: Path): boolean {
    const host = this.#host;
    return (
      this.#isEpochPerStep &&
      !host.notices.isOpen &&
      host.attempt === 1 &&
      this.#books.log.isEmpty &&
      !host.faults.isAimedAt(unit)
    );
  }

  /**
   * Processes and commits one atom.
   *
   * @throws StepFailed if the step is given up
   */
  run(
    transition: Transition,
    environment: EnvironmentState | undefined,
    onFailure: OnFailure,
  ): void {
    const host = this.#host;
    const { journal, log, divergence, snapshot } = this.#books;
    snapshot.take(environment);
    host.beginAtFullSpeed(journal.log === undefined ? undefined : transition.describe());
    const outputs = transition.run(onFailure);
    this.#builtins?.step();
    const { effects } = host;
    deliver(effects, host.graph.portals);
    for (const { stream, atom } of outputs) stream.append(atom);
    host.epoch.commit();
    journal.record(outputs, effects, host.choice, 0);
    host.notices.notifyLines(log.stepIndex, transition.unit, effects.lines);
    log.skip();
    divergence.commit();
    host.close();
  }
}
