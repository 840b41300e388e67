import { isBoxed } from './built-in.ts';
import { CLONE, copyingOf, PROXY } from './copyable.ts';
import { isPlainArray, isPlainObject } from './plain.ts';
import { isProxy } from './proxies.ts';
import { notCopyable, RefusedPart } from './refused-value.ts';

/** Objects marked with this symbol are immutable parts of the runtime and are never copied. */
export const SHARED: unique symbol = Symbol('portals.shared');

/**
 * Copies `value` and every object that it refers to. The copies are made first and filled one after
 * the other, so the depth of a value is not limited by that of the call stack.
 *
 * @throws PortalsError PORTALS_NOT_COPYABLE
 */
export function copyGraph(value: object): object {
  const copies = new Copies();
  try {
    const copy = copies.of(value);
    copies.fillAll();
    return copy;
  } catch (thrown) {
    throw thrown instanceof RefusedPart ? notCopyable(value, thrown) : thrown;
  }
}

/** The copies made so far, and those of them that are still to be filled. */
class Copies {
  readonly #copies = new Map<object, object>();
  readonly #unfilled: (() => void)[] = [];

  /** The copy of an object, which is filled later. */
  of(value: object): object {
    const known = this.#copies.get(value);
    if (known !== undefined) return known;
    const copy = this.#make(value);
    this.#copies.set(value, copy);
    return copy;
  }

  fillAll(): void {
    for (const fill of this.#unfilled) fill();
  }

  #make(value: object): object {
    if (isProxy(value)) throw new RefusedPart(value, PROXY.what, PROXY.why);
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype && isPlainObject(value)) return this.#plainObject(value);
    if (Array.isArray(value)) return this.#array(value, prototype);
    if (SHARED in value) return value;
    const copying = copyingOf(value, prototype);
    if (copying.kind === 'refused') throw new RefusedPart(value, copying.what, copying.why);
    if (copying.kind === 'hook') return copyByHook(value);
    const copy = this.#builtIn(value) ?? Object.create(prototype);
    if (Object.getPrototypeOf(copy) !== prototype) Object.setPrototypeOf(copy, prototype);
    this.#unfilled.push(() => this.#copyProperties(value, copy));
    return copy;
  }

  #plainObject(value: object): object {
    const copy: Record<string, unknown> = { ...value };
    this.#unfilled.push(() => {
      for (const name in copy) {
        const field = copy[name];
        if (typeof field === 'object' && field !== null) copy[name] = this.of(field);
      }
    });
    return copy;
  }

  #array(value: unknown[], prototype: object | null): object {
    if (prototype === Array.prototype && isPlainArray(value)) {
      const items = value.slice();
      this.#unfilled.push(() => {
        for (let index = 0; index < items.length; index++) {
          const item = items[index];
          if (typeof item === 'object' && item !== null) items[index] = this.of(item);
        }
      });
      return items;
    }
    const items: unknown[] = new Array(value.length);
    if (prototype !== Array.prototype) Object.setPrototypeOf(items, prototype);
    this.#unfilled.push(() => this.#copyProperties(value, items));
    return items;
  }

  /** A copy of a built-in's internal slots, `undefined` if it has none. */
  #builtIn(value: object): object | undefined {
    if (value instanceof Map) {
      const map = new Map();
      this.#unfilled.push(() => {
        for (const [key, item] of value) map.set(this.#any(key), this.#any(item));
      });
      return map;
    }
    if (value instanceof Set) {
      const set = new Set();
      this.#unfilled.push(() => {
        for (const item of value) set.add(this.#any(item));
      });
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
    if (ArrayBuffer.isView(value)) return this.#view(value);
    if (isBoxed(value)) return Object(value.valueOf());
    return undefined;
  }

  #view(view: ArrayBufferView): object {
    const buffer = this.of(view.buffer) as ArrayBufferLike;
    const { constructor: View } = view as unknown as { constructor: TypedArrayConstructor };
    const length = view instanceof DataView ? view.byteLength : (view as Uint8Array).length;
    return new View(buffer, view.byteOffset, length);
  }

  #any(value: unknown): unknown {
    return typeof value === 'object' && value !== null ? this.of(value) : value;
  }

  /** Copies own properties, symbol keys and accessors included, and how open the object is. */
  #copyProperties(from: object, to: object): void {
    const skipIndexes = ArrayBuffer.isView(from) || from instanceof String;
    for (const name of Reflect.ownKeys(from)) {
      if (skipIndexes && typeof name === 'string' && (name === 'length' || isIndex(name))) continue;
      const property = Object.getOwnPropertyDescriptor(from, name);
      if (property === undefined) continue;
      if ('value' in property) property.value = this.#any(property.value);
      Object.defineProperty(to, name, property);
    }
    if (Object.isFrozen(from)) Object.freeze(to);
    else if (Object.isSealed(from)) Object.seal(to);
    else if (!Object.isExtensible(from)) Object.preventExtensions(to);
  }
}

type TypedArrayConstructor = new (
  buffer: ArrayBufferLike,
  offset: number,
  length: number,
) => object;

function copyByHook(value: object): object {
  const copy: unknown = (value as { [CLONE](): unknown })[CLONE]();
  if (typeof copy === 'object' && copy !== null) return copy;
  throw new RefusedPart(value, 'an object', 'its clone method returns none. Return an object');
}

function isIndex(name: string): boolean {
  return String(Number(name) >>> 0) === name;
}
