import type { Notice } from '../contracts/notices.ts';
import type { Path } from '../contracts/paths.ts';
import type { RecordedInput } from '../contracts/recorded-input.ts';
import type { RuntimeOptions } from '../contracts/simulator.ts';
import type { OutputLine } from '../tasks/execution-host.ts';
import type { InputReplay } from './inputs/input-replay.ts';
import type { LogicalClock } from './inputs/logical-clock.ts';

/**
 * Decides which notices reach the host. A run that repeats a recorded one is quiet up to a given
 * boundary, and so runs at full speed. In a step with an input of its own it emits every notice,
 * since the clock counts notices.
 */
export class NoticeGate {
  /** Whether notices are emitted now. */
  isOpen: boolean;
  /** Whether the host handles a notice just now; it must not drive the run meanwhile. */
  isNotifying = false;
  readonly #options: RuntimeOptions;
  readonly #clock: LogicalClock;
  readonly #inputs: InputReplay;
  /** Whether no host receives anything. */
  readonly #isUnheard: boolean;
  #quietUntil: number;
  /** Whether lines are emitted even of steps that are otherwise quiet. */
  #emitsLines = false;

  constructor(options: RuntimeOptions, clock: LogicalClock, inputs: InputReplay) {
    this.#options = options;
    this.#clock = clock;
    this.#inputs = inputs;
    this.#isUnheard = options.probe === undefined && options.onQuiet === undefined;
    this.#quietUntil = options.quietUntil ?? 0;
    this.isOpen = (options.probe !== undefined && this.#quietUntil === 0) || inputs.isDueAt(0);
  }

  /** Whether a host wants every event and protocol point. */
  get detailed(): boolean {
    return this.isOpen && this.#options.detail !== 'steps';
  }

  /**
   * Decides at the boundary before `step` whether the step emits notices. A step in which a fault
   * `mayTrigger` emits all of them where lines are wanted: its lines are not known in advance.
   */
  reachBoundary(step: number, mayTrigger: boolean): void {
    this.#clock.reachBoundary();
    if (this.#isUnheard && this.#inputs.areAllReceived) {
      this.isOpen = false;
      return;
    }
    this.#inputs.skipPassed();
    const { boundary } = this.#clock;
    // The handler may end the quiet part of the run.
    if (boundary < this.#quietUntil) this.#options.onQuiet?.(step);
    const isWanted = this.#options.probe !== undefined && boundary >= this.#quietUntil;
    const hasInput = this.#inputs.isDueAt(boundary);
    this.isOpen = isWanted || hasInput || (this.#emitsLines && mayTrigger);
  }

  /** Emits the lines of a committed step that was otherwise quiet, if lines are wanted. */
  notifyLines(step: number, unit: Path, lines: readonly OutputLine[]): void {
    if (!this.#emitsLines || this.isOpen || lines.length === 0) return;
    this.#options.probe?.({ kind: 'committed', step, unit, effects: lines, linesOnly: true });
  }

  /** Opens for the end of the run, which even a quiet run reports. */
  notifyRest(notice: Extract<Notice, { kind: 'rested' }>): void {
    if (!this.isOpen && this.#options.probe !== undefined) {
      this.isOpen = true;
      this.#clock.countBoundary();
    }
    this.notify(notice);
  }

  notify(notice: Notice): void {
    if (!this.isOpen) return;
    this.#clock.count(notice.kind);
    const wasNotifying = this.isNotifying;
    this.isNotifying = true;
    try {
      this.#options.probe?.(notice);
    } catch (error) {
      throw ofThisRealm(error);
    } finally {
      this.isNotifying = wasNotifying;
    }
  }

  /** Repeats `inputs`, and emits nothing, or only `lines`, before `boundary`. */
  repeat(inputs: readonly RecordedInput[], boundary: number, lines: boolean): void {
    this.#inputs.replace(inputs);
    this.#emitsLines = lines;
    this.#quietUntil = boundary;
    if (this.#clock.boundary === 0) this.isOpen = boundary === 0 || this.#inputs.isDueAt(0);
  }
}

const OVERFLOW = 'Maximum call stack size exceeded';

/**
 * A handler that has nearly exhausted the stack makes the host overflow it, whose error is of the
 * host's realm. The handler may catch it, and must not get hold of that realm.
 */
function ofThisRealm(error: unknown): unknown {
  const { message } = error as { readonly message?: unknown };
  return message === OVERFLOW && !(error instanceof RangeError) ? new RangeError(OVERFLOW) : error;
}
