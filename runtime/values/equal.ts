import { isBoxed, isOpaque } from './built-in.ts';

/**
 * Whether two values are indistinguishable to a reader: same primitives (`NaN` equals itself, `0`
 * differs from `-0`), or objects of the same prototype with equal contents in the same order, of
 * which both or neither can be changed. What is one object on one side must be one object on the
 * other side too, which also ends cycles. Values may be nested to any depth.
 */
export function equalValues(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || left === null) return false;
  const pairs = new Pairs();
  if (!pairs.match(left, right)) return false;
  // A loop over a map comes to the pairs that are added meanwhile, too.
  for (const [one, other] of pairs.left) {
    if (!equalContents(one, other, pairs) || !equalProperties(one, other, pairs)) return false;
  }
  return true;
}

/** The objects met so far on each side, with their counterparts on the other. */
class Pairs {
  readonly left = new Map<object, object>();
  readonly #right = new Map<object, object>();

  /** Whether the values are equal, provided that the pairs of objects noted here are. */
  match(left: unknown, right: unknown): boolean {
    if (Object.is(left, right)) return true;
    if (typeof left !== 'object' || typeof right !== 'object') return false;
    if (left === null || right === null) return false;
    const [counterpart, image] = [this.left.get(left), this.#right.get(right)];
    if (counterpart !== undefined || image !== undefined) return counterpart === right;
    if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
    this.left.set(left, right);
    this.#right.set(right, left);
    return true;
  }
}

function equalContents(left: object, right: object, pairs: Pairs): boolean {
  if (Object.getPrototypeOf(left) === Object.prototype || Array.isArray(left)) return true;
  if (left instanceof Map && right instanceof Map) {
    return (
      equalSequences([...left.keys()], [...right.keys()], pairs) &&
      equalSequences([...left.values()], [...right.values()], pairs)
    );
  }
  if (left instanceof Set && right instanceof Set) {
    return equalSequences([...left], [...right], pairs);
  }
  if (left instanceof Date && right instanceof Date) {
    return Object.is(left.getTime(), right.getTime());
  }
  if (left instanceof ArrayBuffer && right instanceof ArrayBuffer) {
    return equalSequences([...new Uint8Array(left)], [...new Uint8Array(right)], pairs);
  }
  if (left instanceof DataView && right instanceof DataView) {
    return left.byteOffset === right.byteOffset && pairs.match(left.buffer, right.buffer);
  }
  if (left instanceof RegExp && right instanceof RegExp) return String(left) === String(right);
  if (isBoxed(left)) return Object.is(left.valueOf(), right.valueOf());
  return !isOpaque(left);
}

function equalSequences(left: readonly unknown[], right: readonly unknown[], pairs: Pairs) {
  return left.length === right.length && left.every((item, at) => pairs.match(item, right[at]));
}

function equalProperties(left: object, right: object, pairs: Pairs): boolean {
  if (Object.isExtensible(left) !== Object.isExtensible(right)) return false;
  const names = Reflect.ownKeys(left);
  const others = Reflect.ownKeys(right);
  if (names.length !== others.length) return false;
  return names.every((name, at) => {
    if (name !== others[at]) return false;
    const mine = Object.getOwnPropertyDescriptor(left, name);
    const theirs = Object.getOwnPropertyDescriptor(right, name);
    if (mine === undefined || theirs === undefined) return false;
    return (
      mine.get === theirs.get &&
      mine.set === theirs.set &&
      mine.enumerable === theirs.enumerable &&
      mine.writable === theirs.writable &&
      mine.configurable === theirs.configurable &&
      pairs.match(mine.value, theirs.value)
    );
  });
}
