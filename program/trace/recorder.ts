import { type Effect, formatFault, type Notice, toJson } from '../../runtime/index.ts';
import { rollHash, type TraceRecord } from './format.ts';

/**
 * Turns the notices of a run into the records of its trace. A decision is what starts first after
 * a boundary: what starts again after a crash repeats a decision.
 */
export class TraceRecorder {
  readonly records: TraceRecord[] = [];
  #hash = '';
  #atBoundary = false;

  /** Takes the run's next notice; gives the records that it adds. */
  notice(notice: Notice): readonly TraceRecord[] {
    switch (notice.kind) {
      case 'boundary':
        this.#atBoundary = true;
        return [];
      case 'started':
        if (!this.#atBoundary) return [];
        this.#atBoundary = false;
        return [this.#add('decision', notice.choice.label)];
      case 'crashed':
        return [this.#add('fault', formatFault(notice.fault))];
      case 'committed':
        for (const effect of notice.effects) this.#hash = rollHash(this.#hash, textOf(effect));
        return [];
      default:
        return [];
    }
  }

  /** The run is over, in the state with the hash `stateHash`. */
  end(stateHash: string): TraceRecord {
    return this.#add('end', `state ${stateHash}`);
  }

  #add(kind: TraceRecord['kind'], label: string): TraceRecord {
    this.#hash = rollHash(this.#hash, `${kind} ${label}`);
    const record: TraceRecord = { kind, label, hash: this.#hash };
    this.records.push(record);
    return record;
  }
}

function textOf(effect: Effect): string {
  if (effect.kind === 'error') return `error ${effect.error.code} ${effect.error.message}`;
  if (effect.kind !== 'atom') return JSON.stringify({ ...effect, site: undefined });
  const { stream, index, seal, error } = effect;
  return JSON.stringify([stream, index, seal, error, toJson(effect.events)]);
}
