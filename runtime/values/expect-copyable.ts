import { SHARED } from './copy-graph.ts';
import { copyingOf, PROXY } from './copyable.ts';
import { isProxy } from './proxies.ts';
import { notCopyable, RefusedPart } from './refused-value.ts';

/**
 * Checks that nothing in `value` is an object that cannot be copied, while the position of the call
 * is known. It costs less than a copy.
 *
 * @throws PortalsError PORTALS_NOT_COPYABLE
 */
export function expectCopyable(value: object): void {
  const seen = new Set<object>();
  const visit = (item: unknown) => {
    if (typeof item === 'object' && item !== null) seen.add(item);
  };
  try {
    visitParts(value, visit);
    // A loop over a set comes to the objects that are added meanwhile, too.
    for (const part of seen) visitParts(part, visit);
  } catch (thrown) {
    throw thrown instanceof RefusedPart ? notCopyable(value, thrown) : thrown;
  }
}

function visitParts(value: object, visit: (item: unknown) => void): void {
  if (isProxy(value)) throw new RefusedPart(value, PROXY.what, PROXY.why);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) visit(value[index]);
    return;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype) {
    if (SHARED in value) return;
    const copying = copyingOf(value, prototype);
    if (copying.kind === 'refused') throw new RefusedPart(value, copying.what, copying.why);
    if (copying.kind === 'hook' || ArrayBuffer.isView(value)) return;
    if (value instanceof Map || value instanceof Set) {
      for (const item of value.keys()) visit(item);
      if (value instanceof Map) for (const item of value.values()) visit(item);
    }
  }
  // An inherited name has no own property.
  for (const name in value) visit(Object.getOwnPropertyDescriptor(value, name)?.value);
}
