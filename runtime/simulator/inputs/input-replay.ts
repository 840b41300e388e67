import type { Input, RecordedInput } from '../../contracts/recorded-input.ts';
import type { LogicalClock } from './logical-clock.ts';

/** The inputs of a run: those it has received, and those that a repeated run still receives. */
export class InputReplay {
  /** Inputs that could not be repeated: the program has changed since they were recorded. */
  readonly missed: RecordedInput[] = [];
  readonly #clock: LogicalClock;
  #inputs: readonly RecordedInput[];
  /** How many of the inputs the run has received. */
  #received = 0;

  constructor(clock: LogicalClock, inputs: readonly RecordedInput[] = []) {
    this.#clock = clock;
    this.#inputs = inputs;
  }

  /** All inputs of the run, received and to come. */
  get inputs(): readonly RecordedInput[] {
    return this.#inputs;
  }

  /** Replaces the inputs by those of a longer recording; the run has received the first ones. */
  replace(inputs: readonly RecordedInput[]): void {
    this.#inputs = inputs;
  }

  /** Adds a new input. Inputs still to come belonged to another course of the run. */
  record(input: Input): void {
    this.forgetFuture();
    this.#inputs = [...this.#inputs, { at: this.#clock.now, input }];
    this.#received += 1;
  }

  /** Drops the inputs still to come. */
  forgetFuture(): void {
    this.#inputs = this.#inputs.slice(0, this.#received);
  }

  get areAllReceived(): boolean {
    return this.#received >= this.#inputs.length;
  }

  /** Whether an input is due between this boundary and the next. */
  isDueAt(boundary: number): boolean {
    return this.#inputs[this.#received]?.at.boundary === boundary;
  }

  /** Gives up the inputs that were due before the present boundary and never received. */
  skipPassed(): void {
    for (;;) {
      const next = this.#inputs[this.#received];
      if (next === undefined || next.at.boundary >= this.#clock.boundary) return;
      this.missed.push(next);
      this.#received += 1;
    }
  }

  /** The inputs that are due now, each once. */
  *due(): Iterable<RecordedInput> {
    for (;;) {
      const next = this.#inputs[this.#received];
      if (next?.at.boundary !== this.#clock.boundary) return;
      if (next.at.notice > this.#clock.notice) return;
      this.#received += 1;
      yield next;
    }
  }
}
