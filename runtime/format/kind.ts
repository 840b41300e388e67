import { sourceTextOf } from '../values/source-text.ts';

/** What a value is, as far as showing it goes, with its contents already taken out of it. */
export type Kind =
  | { readonly kind: 'primitive'; readonly value: unknown }
  | { readonly kind: 'function'; readonly name: string; readonly isClass: boolean }
  | { readonly kind: 'array'; readonly value: readonly unknown[] }
  /** `entries` reads the map as it goes, so that a part of a large one costs little. */
  | {
      readonly kind: 'map';
      readonly name: string;
      readonly size: number;
      readonly entries: Iterable<readonly [unknown, unknown]>;
    }
  | {
      readonly kind: 'set';
      readonly name: string;
      readonly size: number;
      readonly items: Iterable<unknown>;
    }
  | { readonly kind: 'typed'; readonly name: string; readonly items: ArrayLike<unknown> }
  | { readonly kind: 'date'; readonly ms: number }
  | { readonly kind: 'regexp'; readonly text: string }
  | { readonly kind: 'error'; readonly name: string; readonly message: string }
  | { readonly kind: 'boxed'; readonly name: string; readonly value: unknown }
  /** Holds what no program may look into: promises, weak collections, generators. */
  | { readonly kind: 'opaque'; readonly name: string }
  /** `name` is the class, or `undefined` for a plain object. */
  | { readonly kind: 'object'; readonly name: string | undefined };

/**
 * Looks at the value's internal slots rather than at its prototype, which may be of another realm
 * or forged by the author.
 */
export function kindOf(value: unknown): Kind {
  if (typeof value === 'function') return describeFunction(value);
  if (typeof value !== 'object' || value === null) return { kind: 'primitive', value };
  if (Array.isArray(value)) return { kind: 'array', value };
  if (ArrayBuffer.isView(value)) return describeView(value);
  const name = className(value);
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  const describe = BY_TAG[tag];
  try {
    if (describe !== undefined) return describe(value, name ?? tag);
  } catch {
    // The tag was forged: the value has not the slots that it claims.
  }
  return { kind: 'object', name: name === 'Object' ? undefined : name };
}

/** The first `count` items of an iterable. */
export function take<Item>(items: Iterable<Item>, count: number): Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    if (taken.length >= count) break;
    taken.push(item);
  }
  return taken;
}

const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;

function slotGetter(prototype: object, name: string): (value: object) => unknown {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  return (value) => get?.call(value);
}

const mapSize = slotGetter(Map.prototype, 'size');
const setSize = slotGetter(Set.prototype, 'size');
const regexpSource = slotGetter(RegExp.prototype, 'source');
const regexpFlags = slotGetter(RegExp.prototype, 'flags');

const BY_TAG: Readonly<Record<string, (value: object, name: string) => Kind>> = {
  Map: (value, name) => ({
    kind: 'map',
    name,
    size: Number(mapSize(value)),
    entries: mapEntries.call(value),
  }),
  Set: (value, name) => ({
    kind: 'set',
    name,
    size: Number(setSize(value)),
    items: setValues.call(value),
  }),
  Date: (value) => ({ kind: 'date', ms: Date.prototype.getTime.call(value) }),
  RegExp: (value) => ({ kind: 'regexp', text: `/${regexpSource(value)}/${regexpFlags(value)}` }),
  Error: (value, name) => ({ kind: 'error', ...errorParts(value, name) }),
  ArrayBuffer: (value) => ({
    kind: 'typed',
    name: 'ArrayBuffer',
    items: new Uint8Array(value as ArrayBuffer),
  }),
  Number: (value, name) => ({ kind: 'boxed', name, value: Number.prototype.valueOf.call(value) }),
  String: (value, name) => ({ kind: 'boxed', name, value: String.prototype.valueOf.call(value) }),
  Boolean: (value, name) => ({
    kind: 'boxed',
    name,
    value: Boolean.prototype.valueOf.call(value),
  }),
  BigInt: (value, name) => ({ kind: 'boxed', name, value: BigInt.prototype.valueOf.call(value) }),
  Symbol: (value, name) => ({ kind: 'boxed', name, value: Symbol.prototype.valueOf.call(value) }),
  Promise: (_, name) => ({ kind: 'opaque', name }),
  WeakMap: (_, name) => ({ kind: 'opaque', name }),
  WeakSet: (_, name) => ({ kind: 'opaque', name }),
  WeakRef: (_, name) => ({ kind: 'opaque', name }),
  Generator: () => ({ kind: 'opaque', name: 'Generator' }),
};

/** An own data property, without running a getter. */
export function dataProperty(value: object, name: PropertyKey): unknown {
  try {
    return Object.getOwnPropertyDescriptor(value, name)?.value;
  } catch {
    return undefined;
  }
}

/** The name of the class that made the object; `undefined` without one. */
function className(value: object): string | undefined {
  try {
    for (let at = Object.getPrototypeOf(value); at !== null; at = Object.getPrototypeOf(at)) {
      const maker = dataProperty(at, 'constructor');
      const name = typeof maker === 'function' ? dataProperty(maker, 'name') : undefined;
      if (typeof name === 'string' && name !== '') return name;
    }
  } catch {
    // A proxy whose trap throws: it has no name then.
  }
  return undefined;
}

function describeFunction(value: object): Kind {
  const name = dataProperty(value, 'name');
  let text = '';
  try {
    text = sourceTextOf(value);
  } catch {
    // A proxy of a function has no source text in some engines.
  }
  return {
    kind: 'function',
    name: typeof name === 'string' ? name : '',
    isClass: /^class\b/.test(text),
  };
}

function describeView(value: ArrayBufferView): Kind {
  const name = className(value) ?? 'DataView';
  if (Object.prototype.toString.call(value) === '[object DataView]') {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return { kind: 'typed', name, items: bytes };
  }
  return { kind: 'typed', name, items: value as unknown as ArrayLike<unknown> };
}

function errorParts(value: object, name: string): { name: string; message: string } {
  const own = dataProperty(value, 'name');
  const message = dataProperty(value, 'message');
  return {
    name: typeof own === 'string' ? own : name,
    message: typeof message === 'string' ? message : '',
  };
}
