import type { Environment } from '../determinism/index.ts';
import type { StateAccess, StateWatch } from '../tasks/state-watch.ts';
import type { Inspector } from './inspection.ts';
import type { Probe } from './notices.ts';
import type { RunOptions } from './options.ts';
import type { Path } from './paths.ts';
import type { Choice } from './protocol.ts';
import type { Input, Moment, RecordedInput } from './recorded-input.ts';

/** A state of one task; its scope is that of `PerKeyState` or of `PerTaskState`. */
export interface WatchedState {
  readonly task: string;
  readonly state: string;
  readonly scope: 'key' | 'task';
}

/** The deterministic simulator of one run. `PortalsJS.System()` is a thin front of it. */
export interface Simulator {
  readonly inspect: Inspector;
  /** Launches a built application, as the value `builder.build()` returned. */
  launch(application: unknown): void;
  /** Runs one step; `false` when nothing is enabled. */
  step(): boolean;
  /** Runs until nothing is enabled or `maxSteps` is reached. */
  stepUntilComplete(): void;
  /** Commits what is left of an epoch that a program which drove the system did not fill. */
  finish(): void;
  /**
   * Does something to the run from outside, and records it among the {@link inputs}. Inputs that
   * were still to come are dropped: they belonged to another course of the run.
   *
   * @throws PortalsError if no enabled choice has the label, or no state is where one is edited.
   */
  receive(input: Input): void;
  /** Everything done to the run from outside, and what is still to come of a replayed run. */
  readonly inputs: readonly RecordedInput[];
  /** Drops the inputs still to come. */
  forgetFuture(): void;
  /** Inputs that a replayed run could not take: its program is not the one it was recorded with. */
  readonly missed: readonly RecordedInput[];
  /**
   * Repeats what is known: the run gets `inputs`, of which it has had the first few already, and
   * tells nothing, or only what is written, before the boundary with the ordinal `quietUntil`.
   */
  repeat(inputs: readonly RecordedInput[], quietUntil: number, lines: boolean): void;
  /** Where the run stands. */
  readonly moment: Moment;
  /** Writes what the program prints; within a step it is part of the step's atom. */
  output(text: string): void;
  /** Tells `hear` of each access to a state, from now on; `undefined` if there is no such state. */
  watchState(state: WatchedState, hear: (access: StateAccess) => void): StateWatch | undefined;
  /** Ends the system: nothing is enabled afterwards. */
  shutdown(): void;
  /** True once the program itself drove the system (`System().step…`). */
  readonly driven: boolean;
}

/** What a host needs of the runtime: the authors' API, and the simulator behind it. */
export interface Runtime {
  /** The global `PortalsJS` of author programs. */
  readonly PortalsJS: object;
  readonly simulator: Simulator;
}

export interface RuntimeOptions extends RunOptions {
  readonly probe?: Probe;
  /**
   * The program's virtual time, randomness and console. The simulator saves its state before each
   * attempt, restores it when the attempt is aborted, and receives what the program prints.
   */
  readonly environment?: Environment;
  /**
   * Whether the probe is told of every event, point and uncommitted line (`events`, the default),
   * or only of steps and what they committed (`steps`), which runs at nearly full speed.
   */
  readonly detail?: 'events' | 'steps';
  /** What was done to the run from outside when it ran before; done again at the same moments. */
  readonly inputs?: readonly RecordedInput[];
  /** Called at the boundary before each step, by its number, as long as nothing is told. */
  readonly onQuiet?: (step: number) => void;
  /** As the parameter of {@link Simulator.repeat}; default 0. */
  readonly quietUntil?: number;
  /**
   * Keep a history even if nobody listens; with `memory`, where another thread sees it. `choices`
   * are those met by the run that wrote there before.
   */
  readonly history?: { readonly memory?: Uint32Array; readonly choices?: readonly Choice[] };
  /** Evaluates an edit's expressions in the program's realm; without it nothing can be edited. */
  readonly evaluate?: (expression: string) => unknown;
  /** How many of each stream's consumed atoms are kept for inspection; default 0. */
  readonly retainedAtoms?: number;
}

/** True for the value an application builder's `build()` returns. */
export type IsApplication = (value: unknown) => boolean;

export type { Choice, Path, StateAccess };
