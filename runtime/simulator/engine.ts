import type { Application } from '../application/application.ts';
import { PortalsError } from '../contracts/errors.ts';
import type { Input, RecordedInput } from '../contracts/recorded-input.ts';
import type { RuntimeOptions } from '../contracts/simulator.ts';
import { Edit } from './edit.ts';
import { EpochRunner } from './epoch-runner.ts';
import type { Transition } from './processors/transition.ts';
import { createScheduler, transitionCalled } from './scheduler.ts';
import { Systems } from './systems.ts';

/**
 * The simulator of one run: it chooses the next step, has the {@link EpochRunner} process it, and
 * applies what a host does to the run from outside.
 */
export class Engine {
  readonly systems: Systems;
  readonly runner: EpochRunner;
  readonly #options: RuntimeOptions;
  /** The transition that is to be the next step, whatever the scheduler would choose. */
  #chosen: Transition | undefined;
  #hasRested = false;
  /** What has ended the run in the midst of a step; it cannot continue. */
  #broken: { readonly thrown: unknown } | undefined;

  constructor(options: RuntimeOptions) {
    this.#options = options;
    this.systems = new Systems(() => createScheduler(options.schedule, options.seed));
    this.runner = new EpochRunner(options, {
      onInputDue: (recorded) => this.#repeat(recorded),
      onUnitFailed: (unit) => this.systems.stop(unit),
    });
  }

  launch(application: Application): void {
    this.systems.add(this.runner.host.graph.launch(application));
    this.#hasRested = false;
    this.runner.host.notify({ kind: 'launched', application: application.path });
  }

  /**
   * Applies `input` and records it: the run then takes another course than before.
   *
   * @throws PortalsError if it cannot be applied
   */
  receive(input: Input): void {
    this.#apply(input);
    this.runner.host.inputs.record(input);
  }

  /**
   * Runs one step to its commit, or to the end of its part in a longer epoch, and recovers from
   * crashes on the way. Returns `false` when nothing is enabled.
   *
   * @throws PortalsError PORTALS_HANDLER_REENTERED inside a handler
   */
  advance(): boolean {
    if (this.#broken !== undefined) throw this.#broken.thrown;
    const { runner } = this;
    const { host } = runner;
    if (host.phase !== 'boundary' || host.notices.isNotifying) {
      throw new PortalsError(
        'PORTALS_HANDLER_REENTERED',
        'a handler drives the system it runs in; call step() outside of handlers',
      );
    }
    if (host.stepIndex >= (this.#options.maxSteps ?? Infinity)) return this.#rest('max-steps');
    let transition = this.#next();
    runner.reachBoundary();
    if (host.notices.isOpen) {
      const next = transition === undefined ? {} : { next: transition.describe() };
      const ordinal = host.clock.boundary;
      host.notify({ kind: 'boundary', step: host.stepIndex, ordinal, ...next });
      // A debugger that stopped there may have chosen otherwise.
      if (this.#chosen !== undefined) transition = this.#next();
    }
    if (transition === undefined) return this.#rest('complete');
    this.#hasRested = false;
    try {
      runner.run(transition);
    } catch (thrown) {
      this.#broken = { thrown };
      throw thrown;
    }
    return true;
  }

  /** Commits what is left of an epoch that will not be filled. */
  finish(): void {
    this.runner.settle(true);
  }

  #next(): Transition | undefined {
    const chosen = this.#chosen;
    this.#chosen = undefined;
    return chosen?.ready() ? chosen : this.systems.next();
  }

  #rest(reason: 'complete' | 'max-steps'): false {
    this.finish();
    if (!this.#hasRested) {
      this.#hasRested = true;
      this.runner.rest(reason);
    }
    return false;
  }

  #apply(input: Input): void {
    const { runner } = this;
    switch (input.kind) {
      case 'choose':
        this.#chosen = transitionCalled(input.label, this.systems.enabled());
        break;
      case 'inject':
        runner.inject(input.fault);
        break;
      case 'assign':
        runner.disturb();
        break;
      case 'edit':
        runner.disturb();
        runner.edit(Edit.of(input, runner.host.graph, this.#options));
    }
  }

  /** Applies an input of a run that repeats another; what cannot be applied is missed. */
  #repeat(recorded: RecordedInput): void {
    try {
      this.#apply(recorded.input);
    } catch {
      this.runner.host.inputs.missed.push(recorded);
    }
  }
}
