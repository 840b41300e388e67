import { isBoxed } from './built-in.ts';
import { sourceTextOf } from './source-text.ts';

/** What is folded in before a value, so that no two kinds of value read the same. */
const TAGS = {
  whole: 1,
  fraction: 2,
  text: 3,
  bigint: 4,
  true: 5,
  false: 6,
  undefined: 7,
  null: 8,
  symbol: 9,
  function: 10,
  object: 11,
  end: 12,
  accessor: 13,
} as const;

/**
 * Folds values into 64 bits, for comparing whole states: equal values in equal order give equal
 * fingerprints on every machine, and other values, of other types too, others.
 */
export class Fingerprint {
  #low = 0x811c9dc5;
  #high = 0x01000193;

  add(value: unknown): this {
    const known = new Map<object, number>();
    this.#add(value, known);
    // An object is written as its number; the contents follow, those of the parts met here, too.
    for (const object of known.keys()) this.#contents(object, known);
    return this;
  }

  /** Sixteen hexadecimal digits. */
  text(): string {
    const words = [this.#high, this.#low];
    return words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  #add(value: unknown, known: Map<object, number>): void {
    switch (typeof value) {
      case 'number':
        this.#number(value);
        break;
      case 'string':
        this.#text(TAGS.text, value);
        break;
      case 'bigint':
        this.#text(TAGS.bigint, String(value));
        break;
      case 'symbol':
        this.#text(TAGS.symbol, String(value));
        break;
      case 'function':
        this.#text(TAGS.function, sourceTextOf(value));
        break;
      case 'boolean':
        this.#word(value ? TAGS.true : TAGS.false);
        break;
      case 'undefined':
        this.#word(TAGS.undefined);
        break;
      case 'object':
        if (value === null) this.#word(TAGS.null);
        else this.#object(value, known);
    }
  }

  #number(value: number): void {
    if (Object.is(value | 0, value)) {
      this.#word(TAGS.whole);
      this.#word(value);
    } else {
      this.#text(TAGS.fraction, Object.is(value, -0) ? '-0' : String(value));
    }
  }

  #text(tag: number, text: string): void {
    this.#word(tag);
    this.#word(text.length);
    for (let index = 0; index < text.length; index++) this.#word(text.charCodeAt(index));
  }

  #object(value: object, known: Map<object, number>): void {
    let number = known.get(value);
    if (number === undefined) {
      number = known.size;
      known.set(value, number);
    }
    this.#word(TAGS.object);
    this.#word(number);
  }

  #contents(value: object, known: Map<object, number>): void {
    this.#text(TAGS.text, classOf(value));
    this.#word(Object.isExtensible(value) ? 1 : 0);
    this.#slots(value, known);
    for (const name of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, name);
      if (property === undefined) continue;
      this.#text(typeof name === 'symbol' ? TAGS.symbol : TAGS.text, String(name));
      const { configurable, enumerable, writable } = property;
      this.#word((configurable ? 1 : 0) + (enumerable ? 2 : 0) + (writable ? 4 : 0));
      if ('value' in property) {
        this.#add(property.value, known);
      } else {
        this.#word(TAGS.accessor);
        this.#add(property.get, known);
        this.#add(property.set, known);
      }
    }
    this.#word(TAGS.end);
  }

  /** What stands in internal slots rather than in properties. */
  #slots(value: object, known: Map<object, number>): void {
    if (value instanceof Map) {
      this.#word(value.size);
      for (const [key, item] of value) {
        this.#add(key, known);
        this.#add(item, known);
      }
    } else if (value instanceof Set) {
      this.#word(value.size);
      for (const item of value) this.#add(item, known);
    } else if (value instanceof Date) {
      this.#number(value.getTime());
    } else if (value instanceof RegExp) {
      this.#text(TAGS.text, String(value));
    } else if (value instanceof ArrayBuffer) {
      this.#word(value.byteLength);
      for (const byte of new Uint8Array(value)) this.#word(byte);
    } else if (value instanceof DataView) {
      this.#word(value.byteOffset);
      this.#word(value.byteLength);
      this.#add(value.buffer, known);
    } else if (isBoxed(value)) {
      this.#add(value.valueOf(), known);
    }
  }

  #word(word: number): void {
    this.#low = Math.imul(this.#low ^ word, 0x01000193);
    this.#low ^= this.#low >>> 15;
    this.#high = Math.imul(this.#high ^ (word + this.#low), 0x5bd1e995);
    this.#high ^= this.#high >>> 13;
  }
}

function classOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null) return '';
  const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof made === 'function' ? made.name : '';
}
