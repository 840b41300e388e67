import { define, type Realm } from '../realm.ts';
import { type Holder, iteratorPrototypes, prototypesOf } from './holders.ts';
import { overridden } from './overridden.ts';
import { isWatched } from './watched.ts';

/**
 * Locks the methods of the language's prototypes: the runtime runs in the realm of the program,
 * calls methods of the same objects, and must not behave differently when the program replaces one.
 * Functions of constructors and namespaces are free, as the runtime keeps them as constants.
 *
 * A locked method is an accessor. Assigning to it on the built-in itself throws
 * `PORTALS_BUILTIN_OVERRIDDEN`; assigning on an object that inherits it defines a property of that
 * object's own, as the assignment would without the lock. A property that is only made read-only
 * would refuse both. New methods, such as a polyfill adds, are allowed.
 *
 * V8 calls a constant getter without cost in optimised code, but it gives up whole classes of
 * optimisations, such as fast spreads, once certain properties change in any way. These stay as
 * they are; {@link isWatched} names them, and a `BuiltinWatch` compares them.
 */
export function lockBuiltins(realm: Realm): void {
  const holders = prototypesOf(realm);
  const names = new Map(holders.map(({ name, object }) => [object, name] as const));
  refuseRedefinitions(realm, names);
  for (const holder of holders) lockHolder(holder);
  for (const prototype of iteratorPrototypes()) Object.freeze(prototype);
  for (const { object } of holders) makeFast(object);
}

function lockHolder(holder: Holder): void {
  for (const key of Reflect.ownKeys(holder.object)) {
    if (isWatched(holder, key) || isUnused(holder, key)) continue;
    const descriptor = Reflect.getOwnPropertyDescriptor(holder.object, key);
    if (descriptor?.configurable) lockProperty(holder, key, descriptor);
  }
}

/** What the runtime does not use, although polyfills replace it. */
function isUnused({ name }: Holder, key: PropertyKey): boolean {
  if (name === 'Function.prototype') return key === 'toString' || key === 'length';
  return name === 'String.prototype' && key === 'at';
}

function lockProperty({ name, object }: Holder, key: PropertyKey, found: PropertyDescriptor): void {
  const { value, writable } = found;
  if (!('value' in found)) {
    Reflect.defineProperty(object, key, { configurable: false });
  } else if (typeof value === 'function') {
    const get = () => value as unknown;
    // Packages that look for built-ins by their descriptors know this mark, from other lockdowns.
    Object.defineProperty(get, 'originalValue', { value });
    const set = function (this: unknown, next: unknown): void {
      if (this === object) throw overridden(`${name}.${String(key)}`);
      assignOwn(this, key, next);
    };
    Reflect.defineProperty(object, key, {
      get,
      ...(writable && { set }),
      enumerable: found.enumerable ?? false,
      configurable: false,
    });
  }
}

/** What an assignment does that finds a writable property in the prototype chain, or none. */
function assignOwn(target: unknown, key: PropertyKey, value: unknown): void {
  if ((typeof target !== 'object' || target === null) && typeof target !== 'function') return;
  const isOwn = Reflect.getOwnPropertyDescriptor(target, key) !== undefined;
  const attributes = isOwn ? {} : { writable: true, enumerable: true, configurable: true };
  if (!Reflect.defineProperty(target, key, { value, ...attributes })) {
    throw new TypeError(`Cannot assign to property '${String(key)}' of an object`);
  }
}

/** Gives redefinitions of locked methods the same error as assignments. */
function refuseRedefinitions(realm: Realm, names: ReadonlyMap<unknown, string>): void {
  const explained = (key: string, real: unknown, onThis: boolean) =>
    ({
      [key](this: unknown, ...values: unknown[]): unknown {
        try {
          return Reflect.apply(real as () => unknown, this, values);
        } catch (error) {
          const [holder, property] = onThis ? [this, values[0]] : values;
          const name = names.get(holder);
          if (name === undefined || !(error instanceof TypeError)) throw error;
          const isKey = typeof property !== 'object';
          throw overridden(isKey ? `${name}.${String(property)}` : `a method of ${name}`);
        }
      },
    })[key];
  const { Object: target } = realm;
  for (const key of ['defineProperty', 'defineProperties'] as const) {
    define(target, key, explained(key, target[key], false));
  }
  const prototype = target.prototype as unknown as Record<string, unknown>;
  for (const key of ['__defineGetter__', '__defineSetter__']) {
    define(prototype, key, explained(key, prototype[key], true));
  }
}

/**
 * V8 keeps an object whose properties were changed in a slow form, unless it serves as the
 * prototype of an object whose properties are read.
 */
function makeFast(object: object): void {
  const inherits = Object.create(object) as { missing?: unknown };
  for (let times = 0; times < 4; times++) void inherits.missing;
}
