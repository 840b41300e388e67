import type { Path } from '../../contracts/paths.ts';
import { textOf } from '../../format/text.ts';
import type { Epoch, Recoverable } from '../../tasks/epoch.ts';
import { type Batch, EMPTY_BATCH } from '../../values/batch.ts';
import type { Fingerprint } from '../../values/fingerprint.ts';

/** Consumed atoms are dropped by so many at once, so that dropping costs next to nothing. */
const PRUNED_ATOMS_MIN = 16;

/** A batch of events with its marker: the end of the atom, and possibly of the stream. */
export interface Atom {
  readonly batch: Batch;
  readonly seal: boolean;
  /** A handler's exception, on its way downstream. */
  readonly failure: { readonly thrown: unknown } | undefined;
}

/**
 * An atomic stream: a totally ordered log of atoms with one producer. Atoms appended in the epoch
 * under way are a tail that a rollback cuts off. Atoms that every reader has taken are dropped, but
 * for the `retained` latest ones, which are kept to be looked at.
 */
export class AtomicStream implements Recoverable {
  readonly path: Path;
  readonly readers: Reader[] = [];
  readonly #epoch: Epoch;
  readonly #retained: number;
  readonly #digest: Fingerprint | undefined;
  #atoms: Atom[] = [];
  /** The index in the stream of `#atoms[0]`. */
  #dropped = 0;
  #committed = 0;
  #entered = false;

  constructor(path: Path, epoch: Epoch, retained: number, digest?: Fingerprint) {
    this.path = path;
    this.#epoch = epoch;
    this.#retained = retained;
    this.#digest = digest;
  }

  /** How many atoms have been appended, uncommitted ones included. */
  get length(): number {
    return this.#dropped + this.#atoms.length;
  }

  get committed(): number {
    return this.#committed;
  }

  /** Whether the latest atom is the seal, after which none follows. */
  get sealed(): boolean {
    const { length } = this.#atoms;
    // Reading at index -1 would make V8 look properties up by their names, here and ever after.
    return length > 0 && this.#atoms[length - 1]?.seal === true;
  }

  /** The index of the first atom that is still kept. */
  get first(): number {
    return this.#dropped;
  }

  at(index: number): Atom | undefined {
    return this.#atoms[index - this.#dropped];
  }

  /** Appends and returns the atom's index. */
  append(atom: Atom): number {
    if (!this.#entered) {
      this.#entered = true;
      this.#epoch.enter(this);
    }
    return this.#dropped + this.#atoms.push(atom) - 1;
  }

  /** The end of a sealed stream: its last atom without the events. */
  get end(): Atom | undefined {
    const last = this.#atoms[this.#atoms.length - 1];
    return last?.seal === true ? withoutEvents(last) : undefined;
  }

  /** A reader for the unit at `consumer` that starts at the stream's current end. */
  subscribe(consumer: Path): Reader {
    const reader = new Reader(this, consumer, this.#epoch);
    this.readers.push(reader);
    return reader;
  }

  get isCommitted(): boolean {
    return !this.#entered && this.#committed === this.length;
  }

  /** A fingerprint of all committed atoms, dropped ones included; empty if none is kept. */
  get digest(): string {
    return this.#digest?.text() ?? '';
  }

  commit(): void {
    this.#entered = false;
    if (this.#digest !== undefined) this.#fold(this.#digest);
    this.#committed = this.length;
    this.#prune();
  }

  rollback(): void {
    this.#entered = false;
    this.#atoms.length = this.#committed - this.#dropped;
  }

  #fold(digest: Fingerprint): void {
    for (let index = this.#committed; index < this.length; index++) {
      const atom = this.at(index);
      if (atom === undefined) continue;
      const { batch, seal, failure } = atom;
      digest.add(batch.length);
      for (let at = 0; at < batch.length; at++) digest.add(batch.key(at)).add(batch.values[at]);
      digest.add(seal).add(failure === undefined ? undefined : textOf(failure.thrown));
    }
  }

  #prune(): void {
    if (this.#atoms.length <= PRUNED_ATOMS_MIN + this.#retained) return;
    // The latest atom stays, because it says whether the stream is sealed.
    let needed = this.#committed - Math.max(this.#retained, 1);
    for (const reader of this.readers) needed = Math.min(needed, reader.committed);
    const excess = needed - this.#dropped;
    // Moving the array down costs as much as what stays, so it is done when half of it can go.
    if (excess < PRUNED_ATOMS_MIN || excess * 2 < this.#atoms.length) return;
    this.#atoms = this.#atoms.slice(excess);
    this.#dropped = needed;
  }
}

/** One consumer's position in a stream. Of a stream that is sealed already it gets the end only. */
export class Reader implements Recoverable {
  readonly stream: AtomicStream;
  readonly consumer: Path;
  readonly #epoch: Epoch;
  /** The position of the end, if the reader began there. */
  readonly #late: number | undefined;
  #next: number;
  #committed: number;
  #entered = false;

  constructor(stream: AtomicStream, consumer: Path, epoch: Epoch) {
    this.stream = stream;
    this.consumer = consumer;
    this.#epoch = epoch;
    this.#late = stream.sealed ? stream.length - 1 : undefined;
    this.#next = this.#late ?? stream.length;
    this.#committed = this.#next;
  }

  get next(): number {
    return this.#next;
  }

  get committed(): number {
    return this.#committed;
  }

  get waiting(): number {
    return this.stream.length - this.#next;
  }

  /** The next atom, if there is one. */
  peek(): Atom | undefined {
    const atom = this.stream.at(this.#next);
    return this.#next === this.#late && atom?.seal === true ? withoutEvents(atom) : atom;
  }

  /** Moves on past the next atom. */
  advance(): void {
    if (!this.#entered) {
      this.#entered = true;
      this.#epoch.enter(this);
    }
    this.#next += 1;
  }

  get isCommitted(): boolean {
    return !this.#entered && this.#committed === this.#next;
  }

  commit(): void {
    this.#entered = false;
    this.#committed = this.#next;
  }

  rollback(): void {
    this.#entered = false;
    this.#next = this.#committed;
  }
}

function withoutEvents(atom: Atom): Atom {
  return { ...atom, batch: EMPTY_BATCH };
}
