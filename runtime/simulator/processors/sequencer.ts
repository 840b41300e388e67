import type { SequencerSpec } from '../../application/application.ts';
import type { Choice } from '../../contracts/choice.ts';
import type { Path } from '../../contracts/paths.ts';
import type { AtomicStream, Reader } from './atomic-stream.ts';
import type { Output, Transition, Unit } from './transition.ts';

/**
 * Merges streams into one. Each input is a transition of its own, so the order of the merge is the
 * scheduler's choice. Empty atoms and seals are dropped, as nothing follows from them here.
 */
export class SequencerUnit implements Unit {
  readonly kind = 'sequencer';
  readonly path: Path;
  readonly transitions: Transition[] = [];
  readonly sealed = false;
  readonly #stream: AtomicStream;

  constructor(spec: SequencerSpec, stream: AtomicStream) {
    this.path = spec.path;
    this.#stream = stream;
  }

  /** Adds an input and returns its transition. A stream that is connected twice is two inputs. */
  connect(reader: Reader, connection: Path): Transition {
    const input = reader.stream.path;
    const again = this.transitions.some((transition) => transition.input === input)
      ? ` over ${connection}`
      : '';
    const choice: Choice = {
      unit: this.path,
      action: 'atom',
      input,
      label: `${this.path} takes an atom of ${input}${again}`,
    };
    const transition: Transition = {
      unit: this.path,
      priority: 'sequencer',
      input,
      ready: () => reader.peek() !== undefined,
      deferred: () => false,
      arrivalOrder: () => 0,
      run: () => this.#forward(reader),
      describe: () => choice,
    };
    this.transitions.push(transition);
    return transition;
  }

  #forward(reader: Reader): readonly Output[] {
    const atom = reader.peek();
    reader.advance();
    if (atom === undefined || atom.batch.length === 0) return [];
    return [{ stream: this.#stream, atom: { batch: atom.batch, seal: false, failure: undefined } }];
  }
}
