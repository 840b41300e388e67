import type { Choice } from './choice.ts';
import type { ProgramEnvironment } from './environment.ts';
import type { Inspector } from './inspection.ts';
import type { Probe } from './notices.ts';
import type { RunOptions } from './options.ts';
import type { Input, Moment, RecordedInput } from './recorded-input.ts';
import type { StateAccess, StateWatch, WatchedState } from './state-access.ts';

/** The deterministic simulator of one run. `PortalsJS.System()` is a thin front of it. */
export interface Simulator {
  readonly inspect: Inspector;
  /** Launches a built application: the value that `builder.build()` returned. */
  launch(application: unknown): void;
  /** Runs one step; `false` when nothing is enabled. */
  step(): boolean;
  /** Runs until nothing is enabled or `maxSteps` is reached. */
  stepUntilComplete(): void;
  /** Commits an open epoch that a program which drives the system has not filled. */
  finish(): void;
  /**
   * Applies an input from outside and records it in {@link inputs}. It drops the inputs still to
   * come of a replayed run, because they belong to another course of the run.
   *
   * @throws PortalsError if no enabled choice has the label, or an edited state does not exist.
   */
  receive(input: Input): void;
  /** All inputs from outside: those applied, and those still to come of a replayed run. */
  readonly inputs: readonly RecordedInput[];
  /** Drops the inputs still to come. */
  forgetFuture(): void;
  /** Inputs that a replayed run could not apply: its program is not the one recorded. */
  readonly missed: readonly RecordedInput[];
  /**
   * Replays `inputs`, the first few of which the run has already applied. Up to the boundary with
   * the ordinal `quietUntil` the probe receives nothing, or with `lines` only output.
   */
  repeat(inputs: readonly RecordedInput[], quietUntil: number, lines: boolean): void;
  /** The current position of the run. */
  readonly moment: Moment;
  /** Emits text that the program prints; within a step it is part of the step's atom. */
  output(text: string): void;
  /** Calls `onAccess` for each access to a state; `undefined` if there is no such state. */
  watchState(state: WatchedState, onAccess: (access: StateAccess) => void): StateWatch | undefined;
  /** Ends the system: nothing is enabled afterwards. */
  shutdown(): void;
  /** True once the program itself has driven the system (`System().step…`). */
  readonly driven: boolean;
}

/** What a host needs of the runtime: the authors' API, and the simulator behind it. */
export interface Runtime {
  /** The global `PortalsJS` of author programs. */
  readonly PortalsJS: object;
  readonly simulator: Simulator;
}

/** Whether the built-ins that the runtime uses are still those of the language. */
export interface BuiltinCheck {
  /**
   * Called in every step, before it commits.
   *
   * @throws PortalsError PORTALS_BUILTIN_OVERRIDDEN
   */
  step(): void;
  /**
   * The same for all of them; takes longer.
   *
   * @throws PortalsError PORTALS_BUILTIN_OVERRIDDEN
   */
  check(): void;
}

export interface RuntimeOptions extends RunOptions {
  readonly probe?: Probe;
  readonly environment?: ProgramEnvironment;
  /**
   * Which notices the probe receives: all of them (`events`, the default), or only steps and what
   * they commit (`steps`), which runs at nearly full speed.
   */
  readonly detail?: 'events' | 'steps';
  /** Inputs of an earlier run, to be applied at the same positions. */
  readonly inputs?: readonly RecordedInput[];
  /** Called with the step's number at the boundary before each step of a quiet replay. */
  readonly onQuiet?: (step: number) => void;
  /** As the parameter of {@link Simulator.repeat}; default 0. */
  readonly quietUntil?: number;
  /**
   * Keeps a history even without a probe. `memory` is shared with other threads; `choices` are
   * those of the run that wrote the memory before.
   */
  readonly history?: { readonly memory?: Uint32Array; readonly choices?: readonly Choice[] };
  /** Ends the run when its program has replaced built-ins of the language; see `BuiltinWatch`. */
  readonly builtins?: BuiltinCheck;
  /** Evaluates an edit's expressions in the program's realm; without it nothing can be edited. */
  readonly evaluate?: (expression: string) => unknown;
  /**
   * Check the whole state at each boundary, and after each rollback that it is the snapshot's: for
   * tests of the simulator, as it takes time in proportion to the state.
   */
  readonly verify?: boolean;
  /** How many of each stream's consumed atoms are kept for inspection; default 0. */
  readonly retainedAtoms?: number;
}
