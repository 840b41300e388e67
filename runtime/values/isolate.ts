import { PortalsError } from '../contracts/errors.ts';
import { isBoxed } from './built-in.ts';
import { CLONE, copyingOf, isProxy, PROXY } from './copyable.ts';

/** Objects marked with this symbol are immutable parts of the runtime and are never copied. */
export const SHARED: unique symbol = Symbol('portals.shared');

/**
 * A copy of `value` that shares no mutable object with it, so that neither side sees the other's
 * later changes. It is what serialising the value and reading it back would give, extended to
 * class instances, cycles, `Map`, `Set`, `Date`, typed arrays, bigints and symbol keys. Primitives
 * and functions are returned as they are: functions are behaviours, whose code is immutable.
 *
 * @throws PortalsError PORTALS_NOT_COPYABLE for an object of which no exact copy can be made, such
 * as a proxy, a promise, a generator, or an instance of a class that has private fields and no
 * {@link CLONE} method
 */
export function isolate<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  return copyFlat(value) as Value;
}

function copyWhole(value: object): object {
  try {
    return copyDeep(value, new Map());
  } catch (thrown) {
    throw thrown instanceof Refused ? notCopyable(value, thrown) : thrown;
  }
}

/** Thrown where the copying of a value comes to a part that cannot be copied. */
class Refused {
  readonly part: object;
  readonly what: string;
  readonly why: string;

  constructor(part: object, what: string, why: string) {
    this.part = part;
    this.what = what;
    this.why = why;
  }
}

function notCopyable(value: object, { part, what, why }: Refused): PortalsError {
  const place = pathTo(part, value);
  const where = place === undefined || place === '' ? '' : ` in the field ${place}`;
  return new PortalsError(
    'PORTALS_NOT_COPYABLE',
    `values are copied when they leave a handler, and ${what}${where} cannot be copied: ${why}.`,
  );
}

/** The names that lead from `value` to `part`, as in `order.items.0`; breadth first. */
function pathTo(part: object, value: object): string | undefined {
  const seen = new Set<object>([value]);
  const queue: [path: string, object: object][] = [['', value]];
  for (const [path, object] of queue) {
    if (object === part) return path.slice(1);
    if (isProxy(object)) continue;
    const inside =
      object instanceof Map || object instanceof Set ? [...object].flat().entries() : [];
    const named = Object.entries(Object.getOwnPropertyDescriptors(object));
    for (const [name, item] of [
      ...inside,
      ...named.map(([name, { value }]) => [name, value] as const),
    ]) {
      if (typeof item !== 'object' || item === null || seen.has(item)) continue;
      seen.add(item);
      queue.push([`${path}.${name}`, item]);
    }
  }
  return undefined;
}

/** Whether the program may make properties that a plain copy loses; see {@link copyExactly}. */
let exactly = true;

/**
 * Says whether plain objects may have accessors, hidden properties or symbols for names. Copying
 * those takes five times as long, so a host rules it out where the program's text has no means to
 * make any.
 */
export function copyExactly(needed: boolean): void {
  exactly = needed;
}

/** Whether spreading gives an exact copy of a plain object. */
function isPlainlyCopied(value: object): boolean {
  if (!Object.isExtensible(value) || isProxy(value)) return false;
  if (!exactly) return true;
  const names = Reflect.ownKeys(value);
  return names.every((name) => {
    const property = Object.getOwnPropertyDescriptor(value, name);
    return (
      typeof name === 'string' &&
      property?.enumerable === true &&
      property.writable === true &&
      property.configurable === true
    );
  });
}

/**
 * Copies an object whose fields are primitives, which most events are, without recording what
 * has been copied; hands over to {@link copyWhole} at the first field that is itself an object.
 */
function copyFlat(value: object): object {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) {
    if (!isPlainlyCopied(value)) return copyWhole(value);
    const copy: Record<string, unknown> = { ...value };
    for (const name in copy) {
      const field = copy[name];
      if (typeof field === 'object' && field !== null) return copyWhole(value);
    }
    return copy;
  }
  if (prototype === Array.prototype) {
    const items = value as unknown[];
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      if (typeof item === 'object' && item !== null) return copyWhole(value);
    }
    if (isPlainArray(items)) return items.slice();
  }
  return copyWhole(value);
}

type Copies = Map<object, object>;

function copyDeep(value: object, copies: Copies): object {
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (isProxy(value)) throw new Refused(value, PROXY.what, PROXY.why);
  if (SHARED in value) return value;
  const prototype = Object.getPrototypeOf(value);
  if (Array.isArray(value)) {
    const items: unknown[] = new Array(value.length);
    if (prototype !== Array.prototype) Object.setPrototypeOf(items, prototype);
    copies.set(value, items);
    return copyProperties(value, items, copies);
  }
  const copying = copyingOf(value, prototype);
  if (copying.kind === 'refused') throw new Refused(value, copying.what, copying.why);
  if (copying.kind === 'hook') return copyByHook(value, copies);
  const container = copyBuiltIn(value, copies);
  const copy = container ?? Object.create(prototype);
  copies.set(value, copy);
  return copyProperties(value, copy, copies);
}

function copyByHook(value: object, copies: Copies): object {
  const copy: unknown = (value as { [CLONE](): unknown })[CLONE]();
  if (typeof copy !== 'object' || copy === null) {
    throw new Refused(value, 'an object', 'its clone method returns none. Return an object');
  }
  copies.set(value, copy);
  return copy;
}

/** A copy of a built-in's internal slots, `undefined` if it has none. */
function copyBuiltIn(value: object, copies: Copies): object | undefined {
  const copy = copyInternalSlots(value, copies);
  if (copy === undefined) return undefined;
  const prototype = Object.getPrototypeOf(value);
  if (Object.getPrototypeOf(copy) !== prototype) Object.setPrototypeOf(copy, prototype);
  return copy;
}

function copyInternalSlots(value: object, copies: Copies): object | undefined {
  if (value instanceof Map) {
    const map = new Map();
    copies.set(value, map);
    for (const [key, item] of value) map.set(copyAny(key, copies), copyAny(item, copies));
    return map;
  }
  if (value instanceof Set) {
    const set = new Set();
    copies.set(value, set);
    for (const item of value) set.add(copyAny(item, copies));
    return set;
  }
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof RegExp) {
    const pattern = new RegExp(value.source, value.flags);
    pattern.lastIndex = value.lastIndex;
    return pattern;
  }
  // Its message and stack are properties, but only what was made as an error is shown as one.
  if (value instanceof Error) return new Error();
  if (value instanceof ArrayBuffer) return value.slice(0);
  if (ArrayBuffer.isView(value)) return copyView(value, copies);
  if (isBoxed(value)) return Object(value.valueOf());
  return undefined;
}

function copyView(view: ArrayBufferView, copies: Copies): object {
  const buffer = copyAny(view.buffer, copies);
  const { constructor: View } = view as unknown as { constructor: TypedArrayConstructor };
  const length = view instanceof DataView ? view.byteLength : (view as Uint8Array).length;
  return new View(buffer, view.byteOffset, length);
}

type TypedArrayConstructor = new (
  buffer: ArrayBufferLike,
  offset: number,
  length: number,
) => object;

function copyAny<Value>(value: Value, copies: Copies): Value {
  if (typeof value !== 'object' || value === null) return value;
  return copyDeep(value, copies) as Value;
}

/** Copies own properties, symbol keys and accessors included, and how open the object is. */
function copyProperties(from: object, to: object, copies: Copies): object {
  const skipIndexes = ArrayBuffer.isView(from) || from instanceof String;
  for (const name of Reflect.ownKeys(from)) {
    if (skipIndexes && typeof name === 'string' && (name === 'length' || isIndex(name))) continue;
    const property = Object.getOwnPropertyDescriptor(from, name);
    if (property === undefined) continue;
    if ('value' in property) property.value = copyAny(property.value, copies);
    Object.defineProperty(to, name, property);
  }
  if (Object.isFrozen(from)) return Object.freeze(to);
  if (Object.isSealed(from)) return Object.seal(to);
  return Object.isExtensible(from) ? to : Object.preventExtensions(to);
}

function isIndex(name: string): boolean {
  return String(Number(name) >>> 0) === name;
}

/** A match of a regular expression, say, has named properties beside its items. */
function isPlainArray(items: unknown[]): boolean {
  if (!Object.isExtensible(items) || isProxy(items)) return false;
  if (!exactly) return items.length > 64 || Object.keys(items).length === items.length;
  return Reflect.ownKeys(items).length === items.length + 1;
}
