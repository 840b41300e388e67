import type { Notice } from '../contracts/notices.ts';
import type { Path } from '../contracts/paths.ts';
import type { Moment, RecordedInput } from '../contracts/recorded-input.ts';
import type { RuntimeOptions } from '../contracts/simulator.ts';
import type { OutputLine } from '../tasks/execution-host.ts';

/** Notices that are no place to stand at: whoever writes a line still stands where it stood. */
const UNCOUNTED: ReadonlySet<Notice['kind']> = new Set(['log', 'output', 'launched', 'state-made']);

/**
 * What the host hears of a run, and the inputs that the run gets at their moments. A run that only
 * repeats what is known is quiet up to a given boundary, and so runs at full speed; for a step with
 * an input of its own it tells everything, since moments count what is told.
 */
export class NoticeGate {
  /** Whether notices are told now. */
  isOpen: boolean;
  /** Whether the host hears of something just now; it may not drive the run meanwhile. */
  isNotifying = false;
  /** Inputs that could not be repeated: the program is no longer the one that had them. */
  readonly missed: RecordedInput[] = [];
  readonly #options: RuntimeOptions;
  #quietUntil: number;
  /** Whether lines are told even of steps that are not. */
  #linesWanted = false;
  #inputs: readonly RecordedInput[];
  /** How many of the inputs the run has had. */
  #given = 0;
  #boundary = 0;
  #notice = 0;

  constructor(options: RuntimeOptions) {
    this.#options = options;
    this.#quietUntil = options.quietUntil ?? 0;
    this.#inputs = options.inputs ?? [];
    this.isOpen = (options.probe !== undefined && this.#quietUntil === 0) || this.#isDue(0);
  }

  get moment(): Moment {
    return { boundary: this.#boundary, notice: this.#notice };
  }

  /** All inputs of the run, had and to come. */
  get inputs(): readonly RecordedInput[] {
    return this.#inputs;
  }

  /** Whether a host wants to hear of every event and point. */
  get detailed(): boolean {
    return this.isOpen && this.#options.detail !== 'steps';
  }

  /**
   * The run arrives before `step`: decides whether that is told. What may be `struck`
   * by a fault is told whole where lines are wanted, as nobody knows yet what will be written.
   */
  reachBoundary(step: number, struck: boolean): void {
    this.#boundary += 1;
    this.#notice = 0;
    for (;;) {
      const next = this.#inputs[this.#given];
      if (next === undefined || next.at.boundary >= this.#boundary) break;
      this.missed.push(next);
      this.#given += 1;
    }
    // Whoever hears of the quiet may end it.
    if (this.#boundary < this.#quietUntil) this.#options.onQuiet?.(step);
    const wanted = this.#options.probe !== undefined && this.#boundary >= this.#quietUntil;
    this.isOpen = wanted || this.#isDue(this.#boundary) || (this.#linesWanted && struck);
  }

  /** A step has been committed that nothing was told of; its lines may be wanted. */
  notifyLines(step: number, unit: Path, lines: readonly OutputLine[]): void {
    if (!this.#linesWanted || this.isOpen || lines.length === 0) return;
    this.#options.probe?.({ kind: 'committed', step, unit, effects: lines, linesOnly: true });
  }

  /** Even a quiet run says that it goes no further; it would have told its boundary before. */
  notifyRest(notice: Extract<Notice, { kind: 'rested' }>): void {
    if (!this.isOpen && this.#options.probe !== undefined) {
      this.isOpen = true;
      this.#notice = 1;
    }
    this.notify(notice);
  }

  notify(notice: Notice): void {
    if (!this.isOpen) return;
    if (!UNCOUNTED.has(notice.kind)) this.#notice += 1;
    const wasTelling = this.isNotifying;
    this.isNotifying = true;
    try {
      this.#options.probe?.(notice);
    } finally {
      this.isNotifying = wasTelling;
    }
  }

  /** The inputs whose moment has come, once. */
  *due(): Iterable<RecordedInput> {
    for (;;) {
      const next = this.#inputs[this.#given];
      if (next?.at.boundary !== this.#boundary || next.at.notice > this.#notice) return;
      this.#given += 1;
      yield next;
    }
  }

  /** Has the rest of the run repeat `inputs` and tell nothing, or only lines, before `boundary`. */
  repeat(inputs: readonly RecordedInput[], boundary: number, lines: boolean): void {
    this.#inputs = inputs;
    this.#linesWanted = lines;
    this.#quietUntil = boundary;
    if (this.#boundary === 0) this.isOpen = boundary === 0 || this.#isDue(0);
  }

  /** Takes a new input, which leaves the way that the inputs still to come belonged to. */
  record(input: RecordedInput['input']): void {
    this.forgetFuture();
    this.#inputs = [...this.#inputs, { at: this.moment, input }];
    this.#given += 1;
  }

  /** Drops the inputs still to come. */
  forgetFuture(): void {
    this.#inputs = this.#inputs.slice(0, this.#given);
  }

  #isDue(boundary: number): boolean {
    return this.#inputs[this.#given]?.at.boundary === boundary;
  }
}
