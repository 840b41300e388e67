import type { Realm } from '../realm.ts';

/** A prototype of the language, and its name in messages. */
export interface Holder {
  readonly name: string;
  readonly object: object;
}

/** Every prototype that a global of `realm` or the syntax leads to, without repetition. */
export function prototypesOf(realm: Realm): readonly Holder[] {
  const found = new Map<object, string>();
  for (const namespace of [realm, realm.Intl]) {
    for (const name of Object.getOwnPropertyNames(namespace)) {
      const prototype = dataOf(dataOf(namespace, name), 'prototype');
      if (isObject(prototype) && !found.has(prototype)) found.set(prototype, `${name}.prototype`);
    }
  }
  for (const [name, object] of hidden()) if (!found.has(object)) found.set(object, name);
  return [...found].map(([object, name]) => ({ name, object }));
}

/** What no global leads to. */
function hidden(): readonly (readonly [string, object])[] {
  const generator = function* () {};
  const asyncGenerator = async function* () {};
  return [
    ['%TypedArray%.prototype', parentOf(Int8Array.prototype)],
    ['%IteratorPrototype%', parentOf(parentOf([].values()))],
    ['%GeneratorFunction.prototype%', parentOf(generator)],
    ['%GeneratorPrototype%', parentOf(generator.prototype as object)],
    ['%AsyncGeneratorFunction.prototype%', parentOf(asyncGenerator)],
    ['%AsyncGeneratorPrototype%', parentOf(asyncGenerator.prototype as object)],
    ['%AsyncIteratorPrototype%', parentOf(parentOf(asyncGenerator.prototype as object))],
    ['%AsyncFunction.prototype%', parentOf(async () => {})],
  ];
}

/** The prototypes of built-in iterators. Only the language makes objects that inherit them. */
export function iteratorPrototypes(): readonly object[] {
  const iterators = [
    [].values(),
    new Map().entries(),
    new Set().values(),
    ''[Symbol.iterator](),
    ''.matchAll(/./g),
  ];
  return iterators.map(parentOf);
}

function parentOf(object: object): object {
  return Object.getPrototypeOf(object) as object;
}

/** The value of a data property of its own. */
function dataOf(object: unknown, key: PropertyKey): unknown {
  return isObject(object) ? Reflect.getOwnPropertyDescriptor(object, key)?.value : undefined;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
