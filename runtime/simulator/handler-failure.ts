import { parseCallSite, RUNTIME_URL, scriptStackOf } from '../contracts/call-site.ts';
import { PortalsError } from '../contracts/errors.ts';
import type { AppError, Notice } from '../contracts/notices.ts';
import type { HandlerErrorPolicy } from '../contracts/options.ts';
import type { Path } from '../contracts/paths.ts';
import { innerErrorsOf } from '../format/inner-errors.ts';
import { preview } from '../format/preview.ts';
import type { HandlerOwner } from '../tasks/handler-results.ts';

/** Thrown inside a step when a handler's exception gives the step up. */
export class StepFailed {
  readonly error: AppError;

  constructor(error: AppError) {
    this.error = error;
  }
}

/** Counts how often the exceptions of handlers have given the same step up. */
export class Retries {
  readonly #policy: HandlerErrorPolicy;
  #failing: { readonly step: number; readonly attempts: number } | undefined;

  constructor(policy: HandlerErrorPolicy) {
    this.#policy = policy;
  }

  /** A step is given up; returns whether it may be retried. */
  fail(step: number): boolean {
    const attempts = this.#failing?.step === step ? this.#failing.attempts : 0;
    const mayRetry = this.#policy.kind === 'retry' && attempts < this.#policy.attempts;
    this.#failing = mayRetry ? { step, attempts: attempts + 1 } : undefined;
    return mayRetry;
  }

  /** Which retry of how many the failing step is about to begin. */
  get current(): { readonly retry: number; readonly of: number } {
    const of = this.#policy.kind === 'retry' ? this.#policy.attempts : 0;
    return { retry: this.#failing?.attempts ?? 0, of };
  }

  succeed(step: number): void {
    if (step === this.#failing?.step) this.#failing = undefined;
  }
}

/** The units that have failed for good, and failures that are still to be reported. */
export class FailedUnits {
  readonly errors = new Map<Path, AppError>();
  #unreported: { readonly step: number; readonly unit: Path; readonly error: AppError }[] = [];

  /** `unit` failed in `step`; it is reported once the steps before have been replayed. */
  add(step: number, unit: Path, error: AppError): void {
    this.#unreported.push({ step, unit, error });
  }

  get areUnreported(): boolean {
    return this.#unreported.length > 0;
  }

  report(notify: (notice: Notice) => void): void {
    for (const failed of this.#unreported.splice(0)) {
      this.errors.set(failed.unit, failed.error);
      notify({ kind: 'failed', ...failed });
    }
  }
}

/** What is reported of a value thrown by a handler of `element`. */
export function appErrorOf(thrown: unknown, element: HandlerOwner): AppError {
  const { message, stack, script } = readError(thrown);
  if (message.startsWith('TypeError: ') && calledNoFunction(message, script)) {
    return appErrorOf(oneFunctionTooFew(element), element);
  }
  const overflow = isStackOverflow(thrown, message);
  // What the runtime itself throws knows better where to point than where it was thrown.
  const known = thrown instanceof PortalsError ? thrown.site : undefined;
  const inner = innerErrorsOf(thrown);
  const site = known ?? parseCallSite(script) ?? element.site;
  return {
    code: overflow ? STACK_OVERFLOW : codeOf(thrown),
    message: overflow ? `${message}; ${OVERFLOW_REMEDY}` : message,
    path: element.path,
    thrown,
    ...(site === undefined ? {} : { site }),
    ...(stack === undefined ? {} : { stack }),
    ...(inner.length > 0 && { inner }),
  };
}

function codeOf(thrown: unknown): string {
  return thrown instanceof PortalsError ? thrown.code : 'PORTALS_HANDLER_THREW';
}

const STACK_OVERFLOW = 'PORTALS_STACK_OVERFLOW';

const OVERFLOW_REMEDY =
  'how many calls fit on the stack differs from machine to machine and with a debugger, so ' +
  'nothing of this atom takes effect. End the recursion, or use a loop';

/** By its text, because V8 gives the error no other mark. */
function isStackOverflow(thrown: unknown, message: string): boolean {
  return thrown instanceof RangeError && message === 'RangeError: Maximum call stack size exceeded';
}

/**
 * Whether nothing of the atom may take effect, whatever the policy: a handler that overflows the
 * stack may have emitted once for each call, and how many there were is no property of the program.
 */
export function endsStep(error: AppError, policy: HandlerErrorPolicy): boolean {
  return policy.kind !== 'propagate' || error.code === STACK_OVERFLOW;
}

/**
 * Whether the runtime has called what a handler had returned and what is no function. This is
 * looked for only when something was thrown, so that no call of a handler pays for a check.
 */
function calledNoFunction(message: string, stack: string | undefined): boolean {
  if (!message.endsWith(' is not a function')) return false;
  const innermost = stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return innermost?.includes(RUNTIME_URL) === true;
}

function oneFunctionTooFew({ path, site }: HandlerOwner): PortalsError {
  return new PortalsError(
    'PORTALS_WRONG_KIND',
    `a handler of ${path} returned no function to be given the event; ` +
      'handlers take the context first, and are not async: ctx => value => …',
    { path, ...(site && { site }) },
  );
}

/** As much of a thrown value as is reported; `script` is its stack as {@link scriptStackOf}. */
interface ThrownText {
  readonly message: string;
  readonly stack?: string;
  readonly script?: string;
}

/** Reads a thrown value that may be anything, and may throw itself when it is read. */
function readError(thrown: unknown): ThrownText {
  try {
    if (!(thrown instanceof Error)) return { message: `threw ${textOf(thrown)}` };
    // The code of an error of the model already says whose error it is.
    const isOwn = thrown instanceof PortalsError;
    const message = isOwn ? thrown.message : `${thrown.name}: ${thrown.message}`;
    const [stack, script] = [thrown.stack, scriptStackOf(thrown)];
    if (typeof stack !== 'string' || typeof script !== 'string') return { message };
    return { message, stack, script };
  } catch {
    return { message: 'threw a value that cannot be read' };
  }
}

function textOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null ? preview(thrown) : String(thrown);
}
