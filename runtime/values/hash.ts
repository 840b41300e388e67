import { isBoxed } from './built-in.ts';

/**
 * The key of an event that was given none: a stable hash of its value, a signed 32-bit integer. A
 * whole number in that range is its own hash, so that the key of event `5` reads `5`; a string
 * hashes as in Java (`h * 31 + code unit`). Equal values have equal hashes on every machine.
 */
export function hashValue(value: unknown): number {
  if (typeof value === 'number') return hashNumber(value);
  if (typeof value === 'string') return hashString(value);
  return hashOther(value, new Map(), 0);
}

function hashNumber(value: number): number {
  const whole = value | 0;
  return whole === value ? whole : hashString(String(value));
}

function hashString(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  }
  return hash;
}

/** What lies deeper does not count, so that the call stack is deep enough for any value. */
const DEPTH_MAX = 200;

/** The hashes of the objects met so far; while an object is being hashed, how deep it lies. */
type Known = Map<object, number>;

function hashOther(value: unknown, known: Known, depth: number): number {
  switch (typeof value) {
    case 'number':
      return hashNumber(value);
    case 'string':
      return hashString(value);
    case 'boolean':
      return value ? 1231 : 1237;
    case 'bigint':
      return hashBigInt(value);
    case 'symbol':
      return hashString(value.toString());
    case 'function':
      return hashString(value.name);
    case 'object':
      return value === null ? 0 : hashObject(value, known, depth);
    default:
      return 0;
  }
}

function hashBigInt(value: bigint): number {
  const small = Number(BigInt.asIntN(32, value));
  return BigInt(small) === value ? small : hashString(String(value));
}

function hashObject(value: object, known: Known, depth: number): number {
  const before = known.get(value);
  if (before !== undefined) return before;
  if (depth > DEPTH_MAX) return 0;
  known.set(value, 0x51ed270b ^ known.size);
  let hash = hashContents(value, known, depth + 1);
  for (const name of Reflect.ownKeys(value)) {
    const property = Object.getOwnPropertyDescriptor(value, name);
    if (property === undefined || !('value' in property)) continue;
    // A sum, because the order in which properties were written is not part of the value.
    hash =
      (hash +
        scramble(mix(hashString(String(name)), hashOther(property.value, known, depth + 1)))) |
      0;
  }
  known.set(value, hash);
  return hash;
}

/** What stands in internal slots rather than in properties. */
function hashContents(value: object, known: Known, depth: number): number {
  let hash = Array.isArray(value) ? 7 : 17;
  if (value instanceof Date) return mix(hash, hashNumber(value.getTime()));
  if (value instanceof RegExp) return mix(hash, hashString(String(value)));
  if (value instanceof Map || value instanceof Set) {
    for (const item of value) hash = mix(hash, hashOther(item, known, depth));
  }
  if (value instanceof ArrayBuffer) {
    for (const byte of new Uint8Array(value)) hash = mix(hash, byte);
  }
  if (value instanceof DataView) return mix(hash, hashOther(value.buffer, known, depth));
  if (isBoxed(value)) return mix(hash, hashOther(value.valueOf(), known, depth));
  return hash;
}

function mix(hash: number, part: number): number {
  return (Math.imul(hash, 31) + part) | 0;
}

/** Spreads the bits, so that different summands give different sums. */
function scramble(hash: number): number {
  const spread = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  return spread ^ (spread >>> 15);
}
