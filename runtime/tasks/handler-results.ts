import type { CallSite } from '../contracts/call-site.ts';
import { PortalsError } from '../contracts/errors.ts';
import type { Path } from '../contracts/paths.ts';
import { preview } from '../format/index.ts';
import { keyFrom, keyProblem } from '../values/key.ts';

/** The key under which a marker's handler runs when its atom had no event. */
export const KEY_OF_MARKER = 0;

/** Whose handler it is, and the builder call that was given it. */
export interface HandlerOwner {
  readonly path: Path;
  readonly site: CallSite | undefined;
}

/**
 * Passes on what a handler of `element` returned.
 *
 * @throws PortalsError PORTALS_HANDLER_ASYNC if it is a promise; it points to the builder call
 */
export function synchronous(result: unknown, { path, site }: HandlerOwner): unknown {
  if (typeof result !== 'object' || result === null) return result;
  if (typeof (result as { then?: unknown }).then !== 'function') return result;
  throw new PortalsError(
    'PORTALS_HANDLER_ASYNC',
    `a handler of ${path} returned a promise, but handlers are synchronous; ` +
      'ask a portal and continue in ctx.await(future, ctx => …) instead of using async',
    { path, ...(site && { site }) },
  );
}

/** Whether a predicate accepts. One that was written with a context returns a function. */
export function accepts(result: unknown, element: HandlerOwner): boolean {
  if (typeof result === 'function') throw oneFunctionTooMany('value => true or false', element);
  return Boolean(synchronous(result, element));
}

/** The key that an author's key function returned for `value`. @throws PORTALS_BAD_KEY */
export function givenKey(result: unknown, value: unknown, element: HandlerOwner): unknown {
  if (typeof result === 'function') throw oneFunctionTooMany('value => key', element);
  const problem = keyProblem(result);
  if (problem !== undefined) throw badKey(problem, value, element);
  return keyFrom(synchronous(result, element));
}

function badKey(problem: string, value: unknown, { path, site }: HandlerOwner): PortalsError {
  return new PortalsError(
    'PORTALS_BAD_KEY',
    `the key that ${path} gives the event ${preview(value)} is ${problem}; ` +
      'return a number, a bigint, a string, or an object of such',
    { path, ...(site && { site }) },
  );
}

/** Ignores what a handler of that form returned, unless it is a function that must be called. */
export function ignored(result: unknown, form: string, element: HandlerOwner): void {
  if (typeof result === 'function') throw oneFunctionTooMany(form, element);
  synchronous(result, element);
}

/** Checks what a `flatMap`'s handler returned. */
export function expectItems(items: unknown): Iterable<unknown> {
  const candidate = items as Partial<Iterable<unknown>> | null | undefined;
  if (typeof candidate?.[Symbol.iterator] === 'function') return candidate as Iterable<unknown>;
  throw new PortalsError('PORTALS_WRONG_KIND', 'flatMap expects the handler to return an array');
}

function oneFunctionTooMany(form: string, { path, site }: HandlerOwner): PortalsError {
  return new PortalsError(
    'PORTALS_WRONG_KIND',
    `a handler of ${path} returned a function, which is not called; write the handler in the form ${form}`,
    { path, ...(site && { site }) },
  );
}

/** The error of an `operation` that is called while no handler of its task runs. */
export function outsideHandler(operation: string, task: Path): PortalsError {
  return new PortalsError(
    'PORTALS_CONTEXT_OUTSIDE_HANDLER',
    `${operation} of the task ${task} is called while none of its handlers runs; ` +
      "use a handler's ctx, and the state made with it, only inside the task's handlers",
    { path: task },
  );
}
