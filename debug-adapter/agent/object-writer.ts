import { proxyParts } from '../../runtime/index.ts';

/**
 * Gives parts of objects of the program other values, as the user asks for in Variables. Each
 * method returns what is there afterwards, and throws an error that says why nothing was set. Only
 * setters, and conversions to what a typed array holds, run code of the program.
 */
export class ObjectWriter {
  /** @param mayAdd whether a plain object may get a property that it does not have. */
  property(object: object, name: PropertyKey, value: unknown, mayAdd: boolean): unknown {
    if (proxyParts(object)) return throughProxy(object, name, value);
    const own = Object.getOwnPropertyDescriptor(object, name);
    const property = own ?? inherited(object, name);
    if (property && !('value' in property)) return byAccessor(object, name, property, value);
    if (!own) refuseToAdd(object, name, mayAdd);
    if (own?.writable === false) {
      throw new Error(Object.isFrozen(object) ? 'the object is frozen' : 'it is read-only');
    }
    // The receiver is the object, so this is the assignment that strict code would do.
    if (!Reflect.set(object, name, value)) throw new Error('the engine refused the value');
    return Object.getOwnPropertyDescriptor(object, name)?.value;
  }

  /** The value of a map under a key that it has. */
  entry(map: Map<unknown, unknown>, key: unknown, value: unknown): unknown {
    const { has, set, get } = Map.prototype;
    if (!has.call(map, key)) throw new Error('the map no longer has this key');
    set.call(map, key, value);
    return get.call(map, key);
  }

  /** Replaces an item of a set, at its place. */
  item(set: Set<unknown>, old: unknown, value: unknown): unknown {
    const { has, delete: remove, add, values } = Set.prototype;
    if (!has.call(set, old)) throw new Error('the set no longer has this item');
    const known = [...values.call(set)];
    const at = known.findIndex((each) => isSame(each, old));
    if (isSame(old, value)) return value;
    if (has.call(set, value)) throw new Error('the set has this value already');
    // Items keep the order in which they were added, so those behind it are added again.
    const behind = known.slice(at + 1);
    for (const each of [old, ...behind]) remove.call(set, each);
    for (const each of [value, ...behind]) add.call(set, each);
    return value;
  }
}

/** As sets and maps compare. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || Object.is(one, other);
}

function throughProxy(proxy: object, name: PropertyKey, value: unknown): unknown {
  if (!Reflect.set(proxy, name, value)) throw new Error('the proxy refused the value');
  return Reflect.get(proxy, name);
}

function inherited(object: object, name: PropertyKey): PropertyDescriptor | undefined {
  for (let at: unknown = Object.getPrototypeOf(object); at; at = Object.getPrototypeOf(at)) {
    if (proxyParts(at as object)) return undefined;
    const property = Object.getOwnPropertyDescriptor(at, name);
    if (property) return property;
  }
  return undefined;
}

function byAccessor(
  object: object,
  name: PropertyKey,
  { get, set }: PropertyDescriptor,
  value: unknown,
): unknown {
  if (!set) throw new Error('it has a getter, but no setter');
  Reflect.apply(set, object, [value]);
  if (!get) return value;
  return Reflect.get(object, name);
}

/** @throws Error where an assignment would add a property that nothing reads. */
function refuseToAdd(object: object, name: PropertyKey, mayAdd: boolean): void {
  const kind = collectionKind(object);
  if (kind) throw new Error(`${kind} has no property ${String(name)}; call its methods instead`);
  if (ArrayBuffer.isView(object)) throw new Error('a typed array has no such element');
  if (!mayAdd) throw new Error('it no longer exists');
  if (!Object.isExtensible(object)) throw new Error('nothing can be added to the object');
}

function collectionKind(object: object): string | undefined {
  const sizeOf = (prototype: object) => Object.getOwnPropertyDescriptor(prototype, 'size')?.get;
  for (const [kind, prototype] of [
    ['a Map', Map.prototype],
    ['a Set', Set.prototype],
  ] as const) {
    try {
      sizeOf(prototype)?.call(object);
      return kind;
    } catch {
      // It is no such collection.
    }
  }
  return undefined;
}
