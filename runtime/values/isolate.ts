import { copyGraph } from './copy-graph.ts';
import { isPlainArray, isPlainObject } from './plain.ts';

export { SHARED } from './copy-graph.ts';

/**
 * A copy of `value` that shares no mutable object with it, so that neither side sees the other's
 * later changes. It is what serialising the value and reading it back would give, extended to
 * class instances, cycles, `Map`, `Set`, `Date`, typed arrays, bigints and symbol keys. Primitives
 * and functions are returned as they are: functions are behaviours, whose code is immutable.
 * Values may be nested to any depth.
 *
 * @throws PortalsError PORTALS_NOT_COPYABLE for an object of which no exact copy can be made, such
 * as a proxy, a promise, a generator, or an instance of a class that has private fields and no
 * method `Symbol.for('portals.clone')`
 */
export function isolate<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  return copyFlat(value) as Value;
}

/**
 * Copies an object whose fields are primitives, which most events are, without recording what
 * has been copied; hands over to {@link copyGraph} at the first field that is itself an object.
 */
function copyFlat(value: object): object {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) {
    if (!isPlainObject(value)) return copyGraph(value);
    const copy: Record<string, unknown> = { ...value };
    for (const name in copy) {
      const field = copy[name];
      if (typeof field === 'object' && field !== null) return copyGraph(value);
    }
    return copy;
  }
  if (prototype === Array.prototype) {
    const items = value as unknown[];
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      if (typeof item === 'object' && item !== null) return copyGraph(value);
    }
    if (isPlainArray(items)) return items.slice();
  }
  return copyGraph(value);
}
