import type { BuiltinCheck } from '../../contracts/simulator.ts';
import type { Realm } from '../realm.ts';
import { type Holder, prototypesOf } from './holders.ts';
import { overridden } from './overridden.ts';
import { isWatched } from './watched.ts';

/** How many quick checks pass between two full ones. */
const FULL_EVERY = 1024;

/** A property that must stay as it is. */
interface Watched {
  readonly name: string;
  readonly object: object;
  readonly key: PropertyKey;
  readonly expected: unknown;
  readonly descriptor: PropertyDescriptor | undefined;
}

/**
 * Compares the built-ins that could not be locked with what they were. Additions to
 * `Object.prototype` count as changes: they would show in every object of the runtime.
 */
export class BuiltinWatch implements BuiltinCheck {
  readonly #watched: readonly Watched[];
  readonly #rootKeys: number;
  #quickChecks = 0;

  constructor(realm: Realm) {
    const watched = prototypesOf(realm).flatMap((holder) => {
      const keys = Reflect.ownKeys(holder.object).filter((key) => isWatched(holder, key));
      return [...keys.map((key) => watch(holder, key)), watch(holder, 'toJSON')];
    });
    const species = [Array, Map, Set, RegExp, ArrayBuffer, Promise].map((object) =>
      watch({ name: object.name, object }, Symbol.species),
    );
    this.#watched = [...watched, ...species];
    this.#rootKeys = Reflect.ownKeys(Object.prototype).length;
  }

  /** Looks at what the runtime depends on most, and now and then at all of it. */
  step(): void {
    this.#quickChecks += 1;
    if (this.#quickChecks % FULL_EVERY === 0 || !isUsual()) this.check();
  }

  check(): void {
    const keys = Reflect.ownKeys(Object.prototype);
    let changed: string | undefined;
    for (let at = this.#rootKeys; at < keys.length; at++) {
      const key = keys[at] as PropertyKey;
      changed ??= `Object.prototype.${String(key)}`;
      Reflect.deleteProperty(Object.prototype, key);
    }
    // Indexed loops, because an iteration would call what may have been replaced. All is restored
    // first, because the report of the error needs the built-ins, too.
    for (let at = 0; at < this.#watched.length; at++) {
      const { name, object, key, expected, descriptor } = this.#watched[at] as Watched;
      if (contentOf(object, key) === expected) continue;
      changed ??= `${name}.${String(key)}`;
      if (descriptor === undefined) Reflect.deleteProperty(object, key);
      else Reflect.defineProperty(object, key, descriptor);
    }
    if (changed !== undefined) throw overridden(changed);
  }
}

function watch(holder: Holder, key: PropertyKey): Watched {
  const descriptor = Reflect.getOwnPropertyDescriptor(holder.object, key);
  return { ...holder, key, expected: contentOf(holder.object, key), descriptor };
}

/** The value of a property, or what computes it. */
function contentOf(object: object, key: PropertyKey): unknown {
  const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
  if (descriptor === undefined) return undefined;
  // Not by inheritance: `Object.prototype` may be what has changed.
  return Object.hasOwn(descriptor, 'value') ? descriptor.value : descriptor.get;
}

const { values } = Array.prototype;
const { entries } = Map.prototype;
const { values: items } = Set.prototype;
const { exec } = RegExp.prototype;
const EMPTY = {};

/** Constant properties of constant objects: V8 reads none of them in optimised code. */
function isUsual(): boolean {
  for (const _ in EMPTY) return false;
  return (
    Array.prototype[Symbol.iterator] === values &&
    Array.prototype.constructor === Array &&
    Map.prototype[Symbol.iterator] === entries &&
    Set.prototype[Symbol.iterator] === items &&
    RegExp.prototype.exec === exec
  );
}
