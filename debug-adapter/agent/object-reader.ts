import {
  DEFAULT_LIMITS,
  type PreviewLimits,
  preview,
  proxyParts,
  toJson,
} from '../../runtime/index.ts';

export interface ObjectLayout {
  /** How many own properties there are. */
  readonly names: number;
  /** Whether a prototype is a proxy: V8 would run its traps to list the object's own names. */
  readonly behindProxy: boolean;
}

const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;

/** Completions of more would not be read. */
const MEMBERS_MAX = 1000;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** What the debugger shows of values of the program; no code of the program runs. */
export class ObjectReader {
  private readonly stateOf: PreviewLimits['stateOf'];

  constructor(stateOf: PreviewLimits['stateOf']) {
    this.stateOf = stateOf;
  }

  /** A one-line preview of each value. */
  previews(values: readonly unknown[]): readonly string[] {
    const limits = { ...DEFAULT_LIMITS, ...(this.stateOf && { stateOf: this.stateOf }) };
    const previews: string[] = [];
    // The list is the program's, and so are the methods of its prototype.
    for (let at = 0; at < values.length; at++) {
      previews.push(previewOrFailure(values[at], limits));
    }
    return previews;
  }

  /** What has to be known of an object before V8 lists its properties. */
  layout(object: object): ObjectLayout {
    if (proxyParts(object)) return { names: 0, behindProxy: false };
    return { names: Reflect.ownKeys(object).length, behindProxy: hasProxyAbove(object) };
  }

  /** A part of the own properties, in an object that V8 can list; getters stay getters. */
  slots(object: object, start: number, count: number): object {
    return copyOf(object, Reflect.ownKeys(object).slice(start, start + count));
  }

  /**
   * A part of the items of a list, by their indexes and without the holes; of a set; or of a map,
   * keys and values in turn.
   */
  items(object: object, kind: 'list' | 'map' | 'set', start: number, count: number): object {
    switch (kind) {
      case 'list':
        return copyOf(
          object,
          Array.from({ length: count }, (_, at) => String(start + at)),
        );
      case 'map':
        return part(mapEntries.call(object as Map<unknown, unknown>), start, count).flat(1);
      case 'set':
        return part(setValues.call(object as Set<unknown>), start, count);
    }
  }

  prototypeOf(object: object): unknown {
    return Object.getPrototypeOf(object);
  }

  makerOf(object: object): unknown {
    const prototype: unknown = Object.getPrototypeOf(object);
    if (typeof prototype !== 'object' || prototype === null || proxyParts(prototype)) return null;
    return Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  }

  /** The names that can follow the object and a dot; those of the target for a proxy. */
  members(object: object): readonly string[] {
    const names = new Set<string>();
    for (let at: object | null | undefined = object; at && names.size < MEMBERS_MAX; ) {
      const proxy = proxyParts(at);
      if (proxy) {
        at = proxy.target;
        continue;
      }
      for (const name of Reflect.ownKeys(at)) if (typeof name === 'string') names.add(name);
      at = Object.getPrototypeOf(at) as object | null;
    }
    return [...names].filter((name) => IDENTIFIER.test(name)).slice(0, MEMBERS_MAX);
  }

  /** The whole value, for the clipboard: text as it is, all else as JSON where that is exact. */
  wholeText(value: unknown): string {
    if (typeof value === 'string') return value;
    if (typeof value !== 'object' || value === null) return preview(value);
    return JSON.stringify(toJson(value), null, 2);
  }
}

/** One value that cannot be shown must not hide the others. */
function previewOrFailure(value: unknown, limits: PreviewLimits): string {
  try {
    return preview(value, limits);
  } catch (error) {
    return `(cannot be shown: ${error instanceof Error ? error.message : 'unknown'})`;
  }
}

function copyOf(object: object, names: readonly PropertyKey[]): object {
  const copy = Object.create(null) as object;
  for (const name of names) {
    const property = Object.getOwnPropertyDescriptor(object, name);
    if (property) Object.defineProperty(copy, name, property);
  }
  return copy;
}

function part<Item>(items: Iterable<Item>, start: number, count: number): Item[] {
  const taken: Item[] = [];
  let at = 0;
  for (const item of items) {
    if (at >= start + count) break;
    if (at++ >= start) taken.push(item);
  }
  return taken;
}

function hasProxyAbove(object: object): boolean {
  for (let at: unknown = Object.getPrototypeOf(object); at; at = Object.getPrototypeOf(at)) {
    if (proxyParts(at as object)) return true;
  }
  return false;
}
