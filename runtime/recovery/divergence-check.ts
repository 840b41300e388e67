import type { AppError } from '../contracts/notices.ts';
import type { Path } from '../contracts/paths.ts';
import type { AttemptTrace, StateWrite } from '../tasks/attempts/attempt-trace.ts';
import type { OutputLine, StepEffects } from '../tasks/execution-host.ts';
import type { Batch } from '../values/batch.ts';
import { sourceTextOf } from '../values/source-text.ts';
import { type Difference, firstDifference, type Piece } from './difference.ts';

/** What an attempt of a step did; `outputs` are unknown if it was aborted on its way. */
export interface Attempt {
  readonly index: number;
  readonly transition: { readonly unit: Path };
  readonly outputs: readonly StreamOutput[] | undefined;
  readonly effects: StepEffects;
  readonly trace: AttemptTrace | undefined;
}

interface StreamOutput {
  readonly stream: { readonly path: Path };
  readonly atom: { readonly batch: Batch };
}

/**
 * Compares the attempts of a step. A step that is processed again has the same input, state, time
 * and random numbers; if it does something else, it depends on what the program keeps outside the
 * model, which no rollback can undo.
 */
export class DivergenceCheck {
  readonly #aborted = new Map<number, Attempt>();
  #isSuspended = false;

  /** These attempts are rolled back. */
  abort(attempts: readonly Attempt[]): void {
    if (this.#isSuspended) return;
    for (const attempt of attempts) this.#aborted.set(attempt.index, attempt);
  }

  /** Something was changed from outside: until the epoch is committed, attempts may differ. */
  suspend(): void {
    this.#aborted.clear();
    this.#isSuspended = true;
  }

  /** The epoch is committed. */
  commit(): void {
    if (!this.#isSuspended && this.#aborted.size === 0) return;
    this.#aborted.clear();
    this.#isSuspended = false;
  }

  /** What is wrong with `attempt` if it differs from the one before. */
  errorOf(attempt: Attempt): AppError | undefined {
    const before = this.#aborted.get(attempt.index);
    if (before === undefined || before.transition !== attempt.transition) return undefined;
    const difference = differenceOf(before, attempt);
    if (difference === undefined) return undefined;
    return outsideModel(
      `step ${attempt.index} did something else when it was processed again`,
      difference,
      attempt.transition.unit,
    );
  }
}

/** The error for a program that depends on what no rollback undoes. */
export function outsideModel(what: string, { where, was, is }: Difference, path: Path): AppError {
  return {
    code: 'PORTALS_STATE_OUTSIDE_MODEL',
    message:
      `${what}: ${where} was ${was} and is now ${is}. It depends on what no rollback undoes, such ` +
      'as a variable of the program; keep what handlers remember in PerKeyState or PerTaskState',
    path,
  };
}

function differenceOf(before: Attempt, now: Attempt): Difference | undefined {
  const partial = before.outputs === undefined;
  for (const pieces of [asked, replied, written]) {
    const found = firstDifference(pieces(before), pieces(now), partial);
    if (found !== undefined) return found;
  }
  if (!partial) {
    const found = firstDifference(published(before), published(now), false);
    if (found !== undefined) return found;
  }
  // An attempt that began before its run could be aborted has no trace.
  if (before.trace === undefined || now.trace === undefined) return undefined;
  for (const pieces of [awaited, emitted, partial ? storedFirst : storedLast]) {
    const found = firstDifference(pieces(before), pieces(now), partial);
    if (found !== undefined) return found;
  }
  return undefined;
}

function published({ outputs = [] }: Attempt): Piece[] {
  return outputs.flatMap(({ stream, atom: { batch } }) =>
    eventsOf(batch, (event) => `${event} of ${stream.path}`),
  );
}

function emitted({ trace }: Attempt): Piece[] {
  return (trace?.emissions ?? []).flatMap(({ task, batch }) =>
    eventsOf(batch, (event) => `${event} emitted by ${task}`),
  );
}

function eventsOf(batch: Batch, placeOf: (event: string) => string): Piece[] {
  return batch.values.flatMap((value, at): Piece[] => [
    { place: placeOf(`event ${at + 1}`), value },
    { place: `the key of ${placeOf(`event ${at + 1}`)}`, value: batch.key(at) },
  ]);
}

function asked({ effects }: Attempt): Piece[] {
  return effects.requests.flatMap(({ portal, value, key, askerKey }): Piece[] => [
    { place: `the request to ${portal}`, value },
    { place: `the key of the request to ${portal}`, value: key },
    { place: `the key of the asker of ${portal}`, value: askerKey },
  ]);
}

function replied({ effects }: Attempt): Piece[] {
  return effects.replies.flatMap(({ request, value }): Piece[] => [
    { place: `the reply of ${request.portal}`, value },
    { place: `the request that ${request.portal} replied to`, value: request.id },
  ]);
}

/** Which continuations were registered: of which requests, where, and with which text. */
function awaited({ trace }: Attempt): Piece[] {
  return (trace?.continuations ?? []).map(({ continuation, trace: { text } }) => {
    const { task, requests, callback } = continuation;
    const value = `${requests.map(({ id }) => id).join(' ')} at ${text}: ${sourceTextOf(callback)}`;
    return { place: `the continuation of ${task}`, value };
  });
}

/** Which write under a key is the last depends on where the crash came. */
function storedFirst({ trace }: Attempt): Piece[] {
  return (trace?.firstWrites ?? []).map(pieceOfWrite);
}

function storedLast({ trace }: Attempt): Piece[] {
  return (trace?.lastWrites ?? []).map(pieceOfWrite);
}

function pieceOfWrite({ task, state, key, value }: StateWrite): Piece {
  const of = key === undefined ? '' : ` under ${String(key)}`;
  return { place: `the state ${state} of ${task}${of}`, value };
}

function written({ effects }: Attempt): Piece[] {
  return effects.lines.map(pieceOf);
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
