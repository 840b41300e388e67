import { parseCallSite } from '../call-site.ts';
import { PortalsError } from '../errors.ts';
import type { Path } from '../paths.ts';
import type { AppError } from '../probe.ts';

/** Thrown inside a step when a handler's exception gives the step up. */
export class StepFailed {
  readonly error: AppError;

  constructor(error: AppError) {
    this.error = error;
  }
}

/** What is reported of a value thrown by a handler of the element at `path`. */
export function appErrorOf(thrown: unknown, path: Path): AppError {
  const { message, stack } = readError(thrown);
  // What the runtime itself throws knows better where to point than where it was thrown.
  const site = (thrown instanceof PortalsError ? thrown.site : undefined) ?? parseCallSite(stack);
  return {
    code: thrown instanceof PortalsError ? thrown.code : 'PORTALS_HANDLER_THREW',
    message,
    path,
    thrown,
    ...(site === undefined ? {} : { site }),
    ...(stack === undefined ? {} : { stack }),
  };
}

/** Reads a thrown value that may be anything, and may throw itself when it is read. */
function readError(thrown: unknown): { message: string; stack: string | undefined } {
  try {
    if (!(thrown instanceof Error)) return { message: `threw ${String(thrown)}`, stack: undefined };
    const stack = typeof thrown.stack === 'string' ? thrown.stack : undefined;
    return { message: `${thrown.name}: ${thrown.message}`, stack };
  } catch {
    return { message: 'threw a value that cannot be read', stack: undefined };
  }
}
