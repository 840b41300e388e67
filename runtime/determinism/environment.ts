import type { EnvironmentState, PrintLevel, ProgramEnvironment } from '../contracts/environment.ts';
import { Random } from './random.ts';

/** The first instant a program sees: 2024-01-01T00:00:00Z. A run starts then on any machine. */
export const EPOCH_MS = 1_704_067_200_000;

/** Time passes by this much at every reading, so that a busy-wait ends. */
const TICK_MS = 1;

export interface EnvironmentOptions {
  readonly seed: number;
  /** What the program sees as `process.env`; part of the run's input. */
  readonly env?: Readonly<Record<string, string>>;
  /** How stacks name a position in the program's script; `undefined` for a frame to leave out. */
  readonly nameInStack?: (line: number, column: number) => string | undefined;
}

/**
 * The surroundings of a program: virtual time, seeded randomness, its console. They belong to the
 * run's state: the engine, when it aborts an attempt, restores what {@link save} gave before it,
 * so that the next attempt reads the same times and draws the same numbers.
 */
export class Environment implements ProgramEnvironment {
  /** Receives every text the program prints, one call per `console` call, without newline. */
  print: (text: string, level: PrintLevel) => void = () => {};
  readonly env: Readonly<Record<string, string>>;
  readonly nameInStack: EnvironmentOptions['nameInStack'];
  readonly #random: Random;
  #state: EnvironmentState;
  #drawn = false;

  constructor(options: EnvironmentOptions) {
    // The program's draws must not disturb the scheduler's, which start from the seed itself.
    this.#random = new Random(options.seed ^ 0x50524f47);
    this.env = options.env ?? {};
    this.nameInStack = options.nameInStack;
    this.#state = {
      nowMs: EPOCH_MS,
      random: this.#random.save(),
      counts: {},
      timers: {},
      indent: 0,
    };
  }

  /** Reads the clock, which advances it. */
  readClock(): number {
    this.#state = { ...this.#state, nowMs: this.#state.nowMs + TICK_MS };
    return this.#state.nowMs;
  }

  /** A number in [0, 1). */
  drawUnit(): number {
    this.#drawn = true;
    return this.#random.unit();
  }

  /** A whole number from 0 to 2^32 - 1. */
  drawUint32(): number {
    this.#drawn = true;
    return this.#random.uint32();
  }

  /** The console's part of the state, and how to change it. */
  get console(): EnvironmentState {
    return this.#state;
  }

  updateConsole(change: Partial<Pick<EnvironmentState, 'counts' | 'timers' | 'indent'>>): void {
    this.#state = { ...this.#state, ...change };
  }

  /** The state now. Immutable, and the same object while nothing was drawn: cheap to ask often. */
  save(): EnvironmentState {
    if (this.#drawn) {
      this.#state = { ...this.#state, random: this.#random.save() };
      this.#drawn = false;
    }
    return this.#state;
  }

  restore(state: EnvironmentState): void {
    if (state === this.#state && !this.#drawn) return;
    this.#state = state;
    this.#random.restore(state.random);
    this.#drawn = false;
  }
}
