import type { CallSite } from '../call-site.ts';
import { PortalsError } from '../errors.ts';
import type { Path } from '../paths.ts';

/**
 * Passes on what a handler of `element` returned.
 *
 * @throws PortalsError PORTALS_HANDLER_ASYNC if it is a promise; it points to the builder call
 */
export function synchronous(
  result: unknown,
  { path, site }: { readonly path: Path; readonly site: CallSite | undefined },
): unknown {
  if (typeof result !== 'object' || result === null) return result;
  if (typeof (result as { then?: unknown }).then !== 'function') return result;
  throw new PortalsError(
    'PORTALS_HANDLER_ASYNC',
    `a handler of ${path} returned a promise, but handlers are synchronous; ` +
      'ask a portal and continue in ctx.await(future, ctx => …) instead of using async',
    { path, ...(site && { site }) },
  );
}
