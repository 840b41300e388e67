import { isProxy } from './proxies.ts';

/** Which properties a program may make that spreading an object loses. */
export interface OddProperties {
  /** Properties that are defined: hidden, read-only, or with accessors. */
  readonly defined: boolean;
  /** Accessors of object literals. */
  readonly accessors: boolean;
  /** Symbols for names. */
  readonly symbols: boolean;
}

let possible: OddProperties = { defined: true, accessors: true, symbols: true };

/**
 * Says which odd properties plain objects may have. A host rules out those that the program's text
 * has no means to make: finding them takes as long as copying.
 */
export function expectOddProperties(odd: OddProperties): void {
  possible = odd;
}

/** Whether spreading gives an exact copy of an object whose prototype is `Object.prototype`. */
export function isPlainObject(value: object): boolean {
  if (!Object.isExtensible(value) || isProxy(value)) return false;
  const { defined, accessors, symbols } = possible;
  if (symbols && Object.getOwnPropertySymbols(value).length > 0) return false;
  if (!defined && !accessors) return true;
  let count = 0;
  // V8 reads descriptors without allocating them only in such a loop.
  for (const name in value) {
    const property = Object.getOwnPropertyDescriptor(value, name);
    if (property === undefined || !isOrdinary(property)) return false;
    count += 1;
  }
  return !defined || Object.getOwnPropertyNames(value).length === count;
}

/** Whether slicing gives an exact copy of an array whose prototype is `Array.prototype`. */
export function isPlainArray(items: readonly unknown[]): boolean {
  if (!Object.isExtensible(items) || isProxy(items)) return false;
  const { defined, symbols } = possible;
  if (symbols && Object.getOwnPropertySymbols(items).length > 0) return false;
  if (Object.keys(items).length !== items.length) return false;
  if (!defined) return true;
  if (Object.getOwnPropertyNames(items).length !== items.length + 1) return false;
  for (let index = 0; index < items.length; index++) {
    const property = Object.getOwnPropertyDescriptor(items, index);
    if (property === undefined || !isOrdinary(property)) return false;
  }
  return true;
}

function isOrdinary({ writable, configurable }: PropertyDescriptor): boolean {
  return writable === true && configurable === true;
}
