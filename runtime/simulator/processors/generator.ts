import type { GeneratorSpec } from '../../application/application.ts';
import type { AtomSource } from '../../application/atom-source.ts';
import type { Choice } from '../../contracts/choice.ts';
import type { EnvironmentState } from '../../contracts/environment.ts';
import type { Path } from '../../contracts/paths.ts';
import type { Recoverable } from '../../tasks/epoch.ts';
import type { ExecutionHost, OutputLine } from '../../tasks/execution-host.ts';
import type { OnFailure } from '../../tasks/workflow-runner.ts';
import { EMPTY_BATCH } from '../../values/batch.ts';
import type { Atom, AtomicStream } from './atomic-stream.ts';
import type { Output, Transition, Unit } from './transition.ts';

/** An atom taken from the source, with what the author's iterator did besides. */
interface Taken {
  readonly output: Output;
  readonly lines: readonly OutputLine[];
  /** The program's time and randomness afterwards. */
  readonly environment: EnvironmentState | undefined;
}

/**
 * Produces a stream from data. A source cannot go back, so the atoms taken from it in the epoch
 * under way are kept, to be produced again after a rollback.
 */
export class GeneratorUnit implements Unit, Recoverable {
  readonly kind = 'generator';
  readonly path: Path;
  readonly transitions: readonly Transition[];
  readonly #spec: GeneratorSpec;
  readonly #stream: AtomicStream;
  readonly #host: ExecutionHost;
  readonly #source: AtomSource;
  /** Atoms taken from the source that are not yet committed; the first `#position` are produced. */
  #taken: Taken[] = [];
  #position = 0;
  #sealed = false;
  #entered = false;
  /** What the source has thrown: it cannot be asked again. */
  #broken: { readonly thrown: unknown } | undefined;

  constructor(spec: GeneratorSpec, stream: AtomicStream, host: ExecutionHost) {
    this.path = spec.path;
    this.#spec = spec;
    this.#stream = stream;
    this.#host = host;
    this.#source = spec.open();
    const choice: Choice = {
      unit: this.path,
      action: 'generate',
      label: `${this.path} generates its next atom`,
    };
    this.transitions = [
      {
        unit: this.path,
        priority: 'generator',
        input: undefined,
        ready: () => !this.#sealed,
        deferred: () => false,
        arrivalOrder: () => 0,
        run: (onFailure) => [this.#produce(onFailure)],
        describe: () => choice,
      },
    ];
  }

  get sealed(): boolean {
    return this.#sealed;
  }

  get isCommitted(): boolean {
    return !this.#entered && this.#position === 0;
  }

  commit(): void {
    this.#entered = false;
    if (this.#position < this.#taken.length) this.#taken = this.#taken.slice(this.#position);
    else while (this.#taken.length > 0) this.#taken.pop();
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
      this.#host.epoch.enter(this);
    }
    const known = this.#taken[this.#position];
    const taken = known ?? this.#take(onFailure);
    if (known === undefined) this.#taken.push(taken);
    else this.#repeat(known);
    this.#position += 1;
    this.#sealed = taken.output.atom.seal;
    return taken.output;
  }

  #take(onFailure: OnFailure): Taken {
    const { effects, environment } = this.#host;
    const before = effects.lines.length;
    const atom = this.#nextAtom(onFailure);
    const lines = effects.lines.length === before ? NO_LINES : effects.lines.slice(before);
    const output = { stream: this.#stream, atom };
    return { output, lines, environment: environment?.save() };
  }

  /** Has the run look as if the source had been read again. */
  #repeat({ lines, environment }: Taken): void {
    const host = this.#host;
    for (const line of lines) host.effects.addLine(line);
    if (environment !== undefined) host.environment?.restore(environment);
  }

  /** Takes an atom from the source, which may be the author's own iterator and throw. */
  #nextAtom(onFailure: OnFailure): Atom {
    try {
      if (this.#broken !== undefined) throw this.#broken.thrown;
      const batch = this.#source.next();
      return batch === undefined ? SEAL : { batch, seal: false, failure: undefined };
    } catch (thrown) {
      this.#broken = { thrown };
      onFailure(thrown, this.#spec);
      return { ...SEAL, failure: { thrown } };
    }
  }
}

const NO_LINES: readonly OutputLine[] = [];
const SEAL: Atom = { batch: EMPTY_BATCH, seal: true, failure: undefined };
