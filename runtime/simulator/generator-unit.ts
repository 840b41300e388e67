import { EMPTY_BATCH } from '../execution/batch.ts';
import type { Epoch, Recoverable } from '../execution/epoch.ts';
import type { OnFailure } from '../execution/workflow-execution.ts';
import type { GeneratorSpec } from '../model/application.ts';
import type { AtomSource } from '../model/atom-source.ts';
import type { Path } from '../paths.ts';
import type { Choice } from '../protocol.ts';
import type { Atom, AtomicStream } from './atomic-stream.ts';
import type { Move, Output, Unit } from './move.ts';

/**
 * Produces a stream from data. A source cannot go back, so the atoms taken from it in the epoch
 * under way are kept, to be produced again after a rollback.
 */
export class GeneratorUnit implements Unit, Recoverable {
  readonly kind = 'generator';
  readonly path: Path;
  readonly moves: readonly Move[];
  readonly #stream: AtomicStream;
  readonly #epoch: Epoch;
  readonly #source: AtomSource;
  /** Atoms taken from the source that are not yet committed; the first `#position` are produced. */
  #taken: Output[] = [];
  #position = 0;
  #sealed = false;
  #entered = false;

  constructor(spec: GeneratorSpec, stream: AtomicStream, epoch: Epoch) {
    this.path = spec.path;
    this.#stream = stream;
    this.#epoch = epoch;
    this.#source = spec.open();
    const choice: Choice = {
      unit: this.path,
      action: 'generate',
      label: `${this.path} generates its next atom`,
    };
    this.moves = [
      {
        unit: this.path,
        rank: 'generator',
        input: undefined,
        ready: () => !this.#sealed,
        held: () => false,
        arrival: () => 0,
        run: (onFailure) => [this.#produce(onFailure)],
        describe: () => choice,
      },
    ];
  }

  get sealed(): boolean {
    return this.#sealed;
  }

  commit(): void {
    this.#entered = false;
    if (this.#position === this.#taken.length) this.#taken.length = 0;
    else this.#taken = this.#taken.slice(this.#position);
    this.#position = 0;
  }

  rollback(): void {
    this.#entered = false;
    this.#position = 0;
    this.#sealed = false;
  }

  #produce(onFailure: OnFailure): Output {
    if (!this.#entered) {
      this.#entered = true;
      this.#epoch.enter(this);
    }
    const known = this.#taken[this.#position];
    const output = known ?? this.#take(onFailure);
    if (known === undefined) this.#taken.push(output);
    this.#position += 1;
    this.#sealed = output.atom.seal;
    return output;
  }

  /** Takes an atom from the source, which may be the author's own iterator and throw. */
  #take(onFailure: OnFailure): Output {
    return { stream: this.#stream, atom: this.#nextAtom(onFailure) };
  }

  #nextAtom(onFailure: OnFailure): Atom {
    try {
      const batch = this.#source.next();
      return batch === undefined ? SEAL : { batch, seal: false, failure: undefined };
    } catch (thrown) {
      onFailure(thrown, this.path);
      return { ...SEAL, failure: { thrown } };
    }
  }
}

const SEAL: Atom = { batch: EMPTY_BATCH, seal: true, failure: undefined };
