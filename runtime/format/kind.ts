import { proxyParts } from '../values/proxies.ts';
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
  | {
      readonly kind: 'typed';
      readonly name: string;
      readonly length: number;
      /** Has the items as its own properties. */
      readonly items: object;
    }
  | { readonly kind: 'date'; readonly ms: number }
  | { readonly kind: 'regexp'; readonly text: string }
  | { readonly kind: 'error'; readonly name: string; readonly message: string }
  | { readonly kind: 'boxed'; readonly name: string; readonly value: unknown }
  /** Both are `null` after it has been revoked. */
  | { readonly kind: 'proxy'; readonly target: object | null; readonly handler: object | null }
  /** Holds what no program may look into: promises, weak collections, generators. */
  | { readonly kind: 'opaque'; readonly name: string }
  /** `name` is the class, or `undefined` for a plain object. */
  | { readonly kind: 'object'; readonly name: string | undefined };

/**
 * Looks at the value's internal slots rather than at its prototype, which may be of another realm
 * or forged by the author. Runs no code of the author: neither getters nor traps of a proxy.
 */
export function kindOf(value: unknown): Kind {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    return { kind: 'primitive', value };
  }
  const proxy = proxyParts(value);
  if (proxy !== undefined) return { kind: 'proxy', ...proxy };
  try {
    return describe(value);
  } catch {
    // A proxy of another realm, with a trap that throws.
    return { kind: 'object', name: undefined };
  }
}

function describe(value: object): Kind {
  if (typeof value === 'function') return describeFunction(value);
  if (Array.isArray(value)) return { kind: 'array', value };
  if (ArrayBuffer.isView(value)) return describeView(value);
  const name = className(value);
  const tag = tagOf(value);
  return (
    (tag === undefined ? undefined : describeAs(tag, value, name)) ??
    (tag === 'Object' ? undefined : describeBySlots(value, name)) ?? {
      kind: 'object',
      name: name === 'Object' ? undefined : name,
    }
  );
}

/** What `Object.prototype.toString` says, unless it would run a getter or a trap. */
function tagOf(value: object): string | undefined {
  for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at)) {
    if (proxyParts(at) !== undefined) return undefined;
    const property = Object.getOwnPropertyDescriptor(at, Symbol.toStringTag);
    if (property === undefined) continue;
    if (!('value' in property)) return undefined;
    break;
  }
  return Object.prototype.toString.call(value).slice(8, -1);
}

function describeAs(tag: string, value: object, name: string | undefined): Kind | undefined {
  try {
    return BY_TAG[tag]?.(value, name ?? tag);
  } catch {
    // The tag was forged: the value has not the slots that it claims.
    return undefined;
  }
}

/** Tries every kind that has slots, for a value whose tag says nothing. */
function describeBySlots(value: object, name: string | undefined): Kind | undefined {
  for (const tag of SLOTTED) {
    const kind = describeAs(tag, value, name);
    if (kind !== undefined) return kind;
  }
  const isError = prototypes(value).some((each) => makerName(each) === 'Error');
  return isError ? describeAs('Error', value, name) : undefined;
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

function slotGetter(prototype: object, name: PropertyKey): (value: object) => unknown {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  return (value) => get?.call(value);
}

const mapSize = slotGetter(Map.prototype, 'size');
const setSize = slotGetter(Set.prototype, 'size');
const bufferLength = slotGetter(ArrayBuffer.prototype, 'byteLength');
const typedPrototype = Object.getPrototypeOf(Uint8Array.prototype) as object;
const typedLength = slotGetter(typedPrototype, 'length');
const typedTag = slotGetter(typedPrototype, Symbol.toStringTag);
const viewLength = slotGetter(DataView.prototype, 'byteLength');
const viewStart = slotGetter(DataView.prototype, 'byteOffset');
const viewBuffer = slotGetter(DataView.prototype, 'buffer');
const regexpSource = slotGetter(RegExp.prototype, 'source');
/** `flags` would read each of these from the value, which may have getters of its own. */
const regexpFlagGetters = [
  ['d', 'hasIndices'],
  ['g', 'global'],
  ['i', 'ignoreCase'],
  ['m', 'multiline'],
  ['s', 'dotAll'],
  ['u', 'unicode'],
  ['v', 'unicodeSets'],
  ['y', 'sticky'],
].map(([flag = '', name = '']) => ({ flag, isSet: slotGetter(RegExp.prototype, name) }));

function regexpFlags(value: object): string {
  return regexpFlagGetters.map(({ flag, isSet }) => (isSet(value) === true ? flag : '')).join('');
}

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
  ArrayBuffer: (value) => {
    const length = Number(bufferLength(value));
    return {
      kind: 'typed',
      name: 'ArrayBuffer',
      length,
      items: new Uint8Array(value as ArrayBuffer),
    };
  },
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

/** The kinds whose slots only the engine can make. */
const SLOTTED = [
  'Map',
  'Set',
  'Date',
  'RegExp',
  'ArrayBuffer',
  'Number',
  'String',
  'Boolean',
  'BigInt',
  'Symbol',
];

/** An own data property, without running a getter or a trap. */
export function dataProperty(value: object, name: PropertyKey): unknown {
  if (proxyParts(value) !== undefined) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** The name of the class that made the object; `undefined` without one. */
function className(value: object): string | undefined {
  for (const prototype of prototypes(value)) {
    const name = makerName(prototype);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The chain of prototypes, up to a proxy, whose own prototype only a trap gives. */
function prototypes(value: object): readonly object[] {
  const chain: object[] = [];
  for (let at: unknown = value; typeof at === 'object' && at !== null; ) {
    if (proxyParts(at) !== undefined) break;
    at = Object.getPrototypeOf(at);
    if (at !== null) chain.push(at as object);
  }
  return chain;
}

function makerName(prototype: object): string | undefined {
  const maker = dataProperty(prototype, 'constructor');
  const name = typeof maker === 'function' ? dataProperty(maker, 'name') : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
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
  if (isTyped(value))
    return { kind: 'typed', name, length: Number(typedLength(value)), items: value };
  const length = Number(viewLength(value));
  const start = Number(viewStart(value));
  const items = new Uint8Array(viewBuffer(value) as ArrayBuffer, start, length);
  return { kind: 'typed', name, length, items };
}

/** The tag of typed arrays is a getter of the engine, which gives nothing for other objects. */
function isTyped(value: object): boolean {
  return typedTag(value) !== undefined;
}

function errorParts(value: object, name: string): { name: string; message: string } {
  const own = dataProperty(value, 'name');
  const message = dataProperty(value, 'message');
  return {
    name: typeof own === 'string' ? own : name,
    message: typeof message === 'string' ? message : '',
  };
}
