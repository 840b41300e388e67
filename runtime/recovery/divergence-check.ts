import type { AppError } from '../contracts/notices.ts';
import { toJson } from '../format/json.ts';
import { preview } from '../format/preview.ts';
import type { Step } from '../simulator/journal.ts';
import type { Output, Transition } from '../simulator/processors/transition.ts';
import type { OutputLine, StepEffects } from '../tasks/execution-host.ts';

/** What an attempt of a step has published; `outputs` are unknown if it was aborted on its way. */
interface Attempt {
  readonly transition: Transition;
  readonly outputs?: readonly Output[];
  readonly effects: StepEffects;
}

/** What an attempt published first that the next one did not; `nothing` where there is nothing. */
interface Difference {
  readonly where: string;
  readonly was: string;
  readonly is: string;
}

/** One thing that was published, where. */
interface Piece {
  readonly place: string;
  readonly value: unknown;
}

/**
 * What aborted attempts have published, to be compared with what follows. A step that is processed
 * again has the same input, state, time and random numbers; if it does something else, it depends
 * on what the program keeps outside the model, which no rollback can undo.
 */
export class DivergenceCheck {
  readonly #aborted = new Map<number, Attempt>();
  #disturbed = false;

  /** The steps of an epoch are rolled back, and one that had come as far as `effects`. */
  abort(steps: readonly Step[], underWay: { index: number; attempt: Attempt } | undefined): void {
    if (this.#disturbed) return;
    for (const step of steps) this.#aborted.set(step.index, step);
    if (underWay) this.#aborted.set(underWay.index, underWay.attempt);
  }

  /** Something was changed from outside: until the epoch is committed, attempts may differ. */
  suspend(): void {
    this.#aborted.clear();
    this.#disturbed = true;
  }

  /** The epoch is committed. */
  commit(): void {
    if (!this.#disturbed && this.#aborted.size === 0) return;
    this.#aborted.clear();
    this.#disturbed = false;
  }

  /** What is wrong with `step` if it differs from its attempt before. */
  errorOf(step: Step): AppError | undefined {
    const difference = this.#differenceOf(step);
    if (difference === undefined) return undefined;
    const { where, was, is } = difference;
    return {
      code: 'PORTALS_STATE_OUTSIDE_MODEL',
      message:
        `step ${step.index} did something else when it was processed again: ${where} was ${was} ` +
        `and is now ${is}. It depends on what no rollback undoes, such as a variable of the ` +
        'program; keep what handlers remember in PerKeyState or PerTaskState',
      path: step.transition.unit,
    };
  }

  #differenceOf(step: Step): Difference | undefined {
    const before = this.#aborted.get(step.index);
    if (before === undefined || before.transition !== step.transition) return undefined;
    const { outputs } = before;
    const partial = outputs === undefined;
    for (const pieces of [asked, replied, written]) {
      const found = differenceOf(pieces(before.effects), pieces(step.effects), partial);
      if (found !== undefined) return found;
    }
    return partial ? undefined : differenceOf(emitted(outputs), emitted(step.outputs), false);
  }
}

/** The first of the pieces that differ; of a `partial` attempt the last are missing. */
function differenceOf(
  before: readonly Piece[],
  now: readonly Piece[],
  partial: boolean,
): Difference | undefined {
  const count = partial ? before.length : Math.max(before.length, now.length);
  for (let at = 0; at < count; at++) {
    const [was, is] = [before[at], now[at]];
    if (textOf(was) === textOf(is)) continue;
    return {
      where: (was ?? is)?.place ?? '',
      was: was === undefined ? 'nothing' : preview(was.value),
      is: is === undefined ? 'nothing' : preview(is.value),
    };
  }
  return undefined;
}

function textOf(piece: Piece | undefined): string {
  return piece === undefined ? '' : `${piece.place} ${JSON.stringify(toJson(piece.value))}`;
}

function emitted(outputs: readonly Output[]): Piece[] {
  return outputs.flatMap(({ stream, atom: { batch } }) =>
    batch.values.flatMap((value, at): Piece[] => [
      { place: `event ${at + 1} of ${stream.path}`, value },
      { place: `the key of event ${at + 1} of ${stream.path}`, value: batch.key(at) },
    ]),
  );
}

function asked({ requests: asks }: StepEffects): Piece[] {
  return asks.map(({ portal, value }) => ({ place: `the request to ${portal}`, value }));
}

function replied({ replies }: StepEffects): Piece[] {
  return replies.map(({ request: ask, value }) => ({ place: `the reply of ${ask.portal}`, value }));
}

function written({ lines }: StepEffects): Piece[] {
  return lines.map(pieceOf);
}

function pieceOf(line: OutputLine): Piece {
  switch (line.kind) {
    case 'log':
      return { place: `the log of ${line.path}`, value: line.message };
    case 'output':
      return { place: 'the output', value: line.text };
    case 'error':
      return { place: 'the error', value: line.error.message };
  }
}
