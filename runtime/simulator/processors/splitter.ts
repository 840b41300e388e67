import type { SplitSpec, SplitterSpec } from '../../application/application.ts';
import type { Choice } from '../../contracts/choice.ts';
import type { Path } from '../../contracts/paths.ts';
import type { ExecutionHost } from '../../tasks/execution-host.ts';
import { accepts } from '../../tasks/handler-results.ts';
import type { OnFailure } from '../../tasks/workflow-runner.ts';
import { Batch } from '../../values/batch.ts';
import { isolate } from '../../values/isolate.ts';
import type { AtomicStream, Reader } from './atomic-stream.ts';
import type { Output, Transition, Unit } from './transition.ts';

interface Split {
  readonly spec: SplitSpec;
  readonly stream: AtomicStream;
}

/**
 * Routes each event to the first split whose predicate accepts it; an event that none accepts is
 * dropped. Each split gets its non-empty part of an atom, and the seal.
 */
export class SplitterUnit implements Unit {
  readonly kind = 'splitter';
  readonly path: Path;
  readonly #spec: SplitterSpec;
  readonly transitions: readonly Transition[];
  readonly #reader: Reader;
  readonly #host: ExecutionHost;
  readonly #splits: Split[] = [];

  constructor(spec: SplitterSpec, reader: Reader, host: ExecutionHost) {
    this.path = spec.path;
    this.#spec = spec;
    this.#reader = reader;
    this.#host = host;
    const input = reader.stream.path;
    const choice: Choice = {
      unit: this.path,
      action: 'atom',
      input,
      label: `${this.path} splits an atom of ${input}`,
    };
    this.transitions = [
      {
        unit: this.path,
        priority: 'splitter',
        input,
        ready: () => (this.#ended ? this.#unsealed() : reader.peek() !== undefined),
        deferred: () => false,
        arrivalOrder: () => 0,
        run: (onFailure) => this.#split(onFailure),
        describe: () => choice,
      },
    ];
  }

  get sealed(): boolean {
    return this.#reader.stream.sealed && this.#reader.waiting === 0;
  }

  /** Whether nothing follows. A splitter whose predicate threw has sealed its splits. */
  get #ended(): boolean {
    return this.sealed || this.#splits.some(({ stream }) => stream.sealed);
  }

  /** Whether there is a split that was added after the end. */
  #unsealed(): boolean {
    return this.#splits.some(({ stream }) => !stream.sealed);
  }

  addSplit(spec: SplitSpec, stream: AtomicStream): void {
    this.#splits.push({ spec, stream });
  }

  #split(onFailure: OnFailure): readonly Output[] {
    if (this.#ended) return this.#sealLate();
    const atom = this.#reader.peek();
    if (atom === undefined) return [];
    this.#reader.advance();
    const { keyed, hasObjects: objects } = atom.batch;
    const parts = this.#splits.map(() => new Batch([], [], keyed, objects));
    let { failure } = atom;
    try {
      this.#route(atom.batch, parts);
    } catch (thrown) {
      onFailure(thrown, this.#spec);
      failure = { thrown };
    }
    const seal = atom.seal || failure !== undefined;
    return this.#splits.flatMap(({ stream }, index) => {
      const batch = parts[index];
      if (batch === undefined || (batch.length === 0 && !seal)) return [];
      return [{ stream, atom: { batch, seal, failure } }];
    });
  }

  /** The end, for the splits that were added after it. */
  #sealLate(): readonly Output[] {
    const ends = [...this.#splits.map(({ stream }) => stream.end), this.#reader.stream.end];
    const atom = ends.find((end) => end !== undefined);
    if (atom === undefined) return [];
    return this.#splits.flatMap(({ stream }) => (stream.sealed ? [] : [{ stream, atom }]));
  }

  #route(batch: Batch, parts: readonly Batch[]): void {
    for (let index = 0; index < batch.length; index++) {
      const value = batch.values[index];
      const chosen = this.#host.instrumented
        ? this.#chooseReported(batch, index)
        : this.#chooseCounted(value);
      const part = parts[chosen];
      part?.values.push(value);
      part?.keySources.push(batch.keySources[index]);
    }
  }

  /** The index of the first split that accepts the event, or -1. */
  #choose(value: unknown): number {
    return this.#splits.findIndex(({ spec }) => accepts(spec.predicate(isolate(value)), spec));
  }

  #chooseCounted(value: unknown): number {
    const chosen = this.#choose(value);
    if (this.#host.countsEvents) this.#host.reachPoint(this.path, 'process');
    return chosen;
  }

  #chooseReported(batch: Batch, index: number): number {
    const host = this.#host;
    const value = isolate(batch.values[index]);
    const about = { cause: 'event', index, count: batch.length, key: batch.key(index) } as const;
    const site = { ...about, value, step: host.stepIndex, unit: this.path, task: this.path };
    host.event = site;
    host.notify({ kind: 'before-event', site });
    host.notify({ kind: 'enter-handler', site });
    const chosen = this.#choose(batch.values[index]);
    host.notify({ kind: 'after-event', site });
    host.reachPoint(this.path, 'process');
    host.event = undefined;
    return chosen;
  }
}
