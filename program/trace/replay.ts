import type { Choice, Notice, Simulator } from '../../runtime/index.ts';
import type { Trace, TraceRecord } from './format.ts';
import { TraceRecorder } from './recorder.ts';

/**
 * Repeats the decisions of a trace. `strict` ends the run at the first difference; `guided` takes
 * the nearest legal choice instead, for a program that has been edited.
 */
export class TraceReplay {
  readonly recorder = new TraceRecorder();
  /** The first difference of a strict replay. */
  mismatch: string | undefined;
  /** How many decisions of the trace a guided replay could not repeat where they were made. */
  deviations = 0;
  readonly #records: readonly TraceRecord[];
  readonly #guided: boolean;
  #pending: string[];
  #compared = 0;

  constructor({ records }: Pick<Trace, 'records'>, mode: 'strict' | 'guided') {
    this.#records = records;
    this.#guided = mode === 'guided';
    this.#pending = records.flatMap(({ kind, label }) => (kind === 'decision' ? [label] : []));
  }

  /** Takes the run's next notice, and chooses the next step of `simulator` at a boundary. */
  notice(notice: Notice, simulator: Simulator): void {
    if (this.mismatch !== undefined) return;
    for (const record of this.recorder.notice(notice)) this.#compare(record, simulator);
    if (notice.kind === 'boundary' && notice.next !== undefined) this.#choose(notice, simulator);
  }

  /** The run is over. */
  end(simulator: Simulator): void {
    if (this.mismatch === undefined) {
      this.#compare(this.recorder.end(simulator.inspect.stateHash()), simulator);
    }
  }

  #choose({ step, next }: { step: number; next?: Choice }, simulator: Simulator): void {
    const labels = new Set(simulator.inspect.enabled().map(({ label }) => label));
    const at = this.#pending.findIndex((label) => labels.has(label));
    const [wanted] = this.#pending;
    if (at !== 0 && !this.#guided) {
      const recorded = wanted === undefined ? 'the end of the run' : `'${wanted}'`;
      this.#fail(`step ${step}: the trace has ${recorded}, which is not enabled`, simulator);
      return;
    }
    if (at !== 0) this.deviations += 1;
    if (at < 0) return;
    const [label] = this.#pending.splice(at, 1);
    if (label !== undefined && label !== next?.label) simulator.receive({ kind: 'choose', label });
  }

  #compare(record: TraceRecord, simulator: Simulator): void {
    if (this.#guided) return;
    const recorded = this.#records[this.#compared];
    this.#compared += 1;
    if (recorded?.kind !== record.kind || recorded.label !== record.label) {
      const was = recorded === undefined ? 'nothing' : `${recorded.kind} '${recorded.label}'`;
      const is = `${record.kind} '${record.label}'`;
      this.#fail(`record ${this.#compared}: the trace has ${was}, the run has ${is}`, simulator);
    } else if (recorded.hash !== record.hash) {
      this.#fail(
        `record ${this.#compared} (${record.kind} '${record.label}'): what the run committed ` +
          'before it is not what the trace has',
        simulator,
      );
    }
  }

  #fail(message: string, simulator: Simulator): void {
    this.mismatch = message;
    simulator.shutdown();
  }
}
