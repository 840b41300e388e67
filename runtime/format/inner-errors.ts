import type { InnerError } from '../contracts/notices.ts';
import { dataProperty, kindOf } from './kind.ts';
import { preview } from './preview.ts';

/** More errors than a reader follows; a cause chain may be as long as a program runs. */
const ERRORS_MAX = 32;

/**
 * The errors that `thrown` names as its cause or contains, each with those inside it. An error that
 * contains itself is named once more and not followed; getters are not run.
 */
export function innerErrorsOf(thrown: unknown): readonly InnerError[] {
  return new InnerErrors().of(thrown, []);
}

/** The text of an error's stack, or `undefined` if there is none or it cannot be read. */
export function stackOf(error: unknown): string | undefined {
  if (kindOf(error).kind !== 'error') return undefined;
  try {
    const { stack } = error as Error;
    return typeof stack === 'string' ? stack : undefined;
  } catch {
    // The author's own getter threw: there is no stack to show then.
    return undefined;
  }
}

/** A message is read as a whole. */
const HEAD_LIMITS = { depth: 4, items: 100, text: 10_000 };

class InnerErrors {
  #left = ERRORS_MAX;

  of(error: unknown, above: readonly unknown[]): readonly InnerError[] {
    const parts = partsOf(error);
    const path = [...above, error];
    const shown: InnerError[] = [];
    for (const [relation, part] of parts) {
      if (this.#left === 0) {
        shown.push({ relation: '…', message: `and ${parts.length - shown.length} more` });
        break;
      }
      this.#left -= 1;
      shown.push(this.#describe(relation, part, path));
    }
    return shown;
  }

  #describe(relation: string, part: unknown, above: readonly unknown[]): InnerError {
    const message = preview(part, HEAD_LIMITS);
    if (above.includes(part)) return { relation, message: `[circular] ${message}` };
    const stack = stackOf(part);
    const inner = this.of(part, above);
    return {
      relation,
      message,
      ...(stack !== undefined && { stack }),
      ...(inner.length > 0 && { inner }),
    };
  }
}

type Part = readonly [relation: string, value: unknown];

function partsOf(error: unknown): readonly Part[] {
  if (kindOf(error).kind !== 'error') return [];
  const named = ['cause', 'error', 'suppressed'].flatMap((name): Part[] => {
    const value = dataProperty(error as object, name);
    const isShown = value !== undefined && (name === 'cause' || kindOf(value).kind === 'error');
    return isShown ? [[name, value]] : [];
  });
  const errors = dataProperty(error as object, 'errors');
  if (!Array.isArray(errors) || !isAggregate(error, errors)) return named;
  const { length } = errors;
  const shown = Array.from({ length: Math.min(length, ERRORS_MAX) }, (_, at): Part => {
    return [`errors[${at}]`, dataProperty(errors, at)];
  });
  const rest: Part[] = length > ERRORS_MAX ? [['…', `${length - ERRORS_MAX} more`]] : [];
  return [...named, ...shown, ...rest];
}

/** Libraries give their errors lists of other things under the same name. */
function isAggregate(error: unknown, errors: readonly unknown[]): boolean {
  const kind = kindOf(error);
  if (kind.kind === 'error' && kind.name === 'AggregateError') return true;
  return errors.length > 0 && kindOf(dataProperty(errors, 0)).kind === 'error';
}
