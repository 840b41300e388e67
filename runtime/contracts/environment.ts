/** The four 32-bit words of the seeded generator: plain data, to be saved and restored. */
export type RandomState = readonly [number, number, number, number];

/** Everything a program can draw from its surroundings. Plain data. */
export interface EnvironmentState {
  readonly nowMs: number;
  readonly random: RandomState;
  /** Of `console.count`, by label. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of `console.time`, by label: the start in virtual milliseconds. */
  readonly timers: Readonly<Record<string, number>>;
  /** Of `console.group`: the depth. */
  readonly indent: number;
}

/** The output category of a `console` method, as in DAP. */
export type PrintLevel = 'stdout' | 'stderr';

/**
 * The program's virtual time, randomness and console, as the simulator sees them. Their state is
 * part of the run: the simulator saves it before each attempt and restores it after a rollback, so
 * that the next attempt reads the same times and draws the same numbers.
 */
export interface ProgramEnvironment {
  /** Receives each text that the program prints: one call per `console` call, no final newline. */
  print: (text: string, level: PrintLevel) => void;
  /** Immutable, and the same object as long as the program draws nothing: cheap to call often. */
  save(): EnvironmentState;
  restore(state: EnvironmentState): void;
}
