import { isBoxed, isOpaque } from './built-in.ts';

/** Objects marked with this symbol are immutable parts of the runtime and are never copied. */
export const SHARED: unique symbol = Symbol('portals.shared');

/**
 * A copy of `value` that shares no mutable object with it, so that neither side sees the other's
 * later changes. It is what serialising the value and reading it back would give, extended to
 * class instances, cycles, `Map`, `Set`, `Date`, typed arrays, bigints and symbol keys. Primitives
 * and functions are returned as they are: functions are behaviours, whose code is immutable.
 * Promises, weak collections and other opaque objects cannot be copied and stay shared.
 */
export function isolate<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  return copyFlat(value) as Value;
}

/**
 * Copies an object whose fields are primitives, which most events are, without remembering what
 * has been copied; hands over to {@link copyDeep} at the first field that is itself an object.
 */
function copyFlat(value: object): object {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) {
    const copy: Record<string, unknown> = { ...value };
    for (const name in copy) {
      const field = copy[name];
      if (typeof field === 'object' && field !== null) return copyDeep(value, new Map());
    }
    return copy;
  }
  if (prototype === Array.prototype) {
    const items = value as unknown[];
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      if (typeof item === 'object' && item !== null) return copyDeep(value, new Map());
    }
    if (hasOnlyItems(items)) return items.slice();
  }
  return copyDeep(value, new Map());
}

type Copies = Map<object, object>;

function copyDeep(value: object, copies: Copies): object {
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (SHARED in value) return value;
  const prototype = Object.getPrototypeOf(value);
  if (Array.isArray(value)) {
    const items: unknown[] = new Array(value.length);
    if (prototype !== Array.prototype) Object.setPrototypeOf(items, prototype);
    copies.set(value, items);
    return copyProperties(value, items, copies);
  }
  const container = copyBuiltIn(value, copies);
  if (container === value) return value;
  const copy = container ?? Object.create(prototype);
  copies.set(value, copy);
  return copyProperties(value, copy, copies);
}

/** A copy of a built-in's internal slots, `value` if it is opaque, `undefined` if it has none. */
function copyBuiltIn(value: object, copies: Copies): object | undefined {
  const copy = copyInternalSlots(value, copies);
  if (copy === undefined || copy === value) return copy;
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
  return isOpaque(value) ? value : undefined;
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

function hasOnlyItems(items: unknown[]): boolean {
  // A match of a regular expression, say, carries named properties beside its items.
  return items.length > 64 || Object.keys(items).length === items.length;
}
