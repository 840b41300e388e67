/**
 * Whether two values are indistinguishable to a reader: same primitives (`NaN` equals itself, `0`
 * differs from `-0`), or objects of the same prototype with equal contents. Cycles are compared by
 * the pairs already under comparison.
 */
export function equalValues(left: unknown, right: unknown): boolean {
  return equal(left, right, undefined);
}

type Pairs = Map<object, object> | undefined;

function equal(left: unknown, right: unknown, pairs: Pairs): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  if (left === null || right === null) return false;
  if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
  if (pairs?.get(left) === right) return true;
  const known = pairs ?? new Map();
  known.set(left, right);
  return equalContents(left, right, known) && equalProperties(left, right, known);
}

function equalContents(left: object, right: object, pairs: Pairs): boolean {
  if (left instanceof Map && right instanceof Map) {
    return equalSequences([...left], [...right], pairs);
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
  if (left instanceof RegExp && right instanceof RegExp) return String(left) === String(right);
  if (isBoxed(left)) return Object.is(left.valueOf(), right.valueOf());
  return !isOpaque(left);
}

function isBoxed(value: object): boolean {
  return value instanceof Number || value instanceof String || value instanceof Boolean;
}

function isOpaque(value: object): boolean {
  return value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet;
}

function equalSequences(left: readonly unknown[], right: readonly unknown[], pairs: Pairs) {
  return left.length === right.length && left.every((item, at) => equal(item, right[at], pairs));
}

function equalProperties(left: object, right: object, pairs: Pairs): boolean {
  const names = Reflect.ownKeys(left);
  if (names.length !== Reflect.ownKeys(right).length) return false;
  return names.every((name) => {
    const mine = Object.getOwnPropertyDescriptor(left, name);
    const theirs = Object.getOwnPropertyDescriptor(right, name);
    if (mine === undefined || theirs === undefined) return false;
    return mine.get === theirs.get && equal(mine.value, theirs.value, pairs);
  });
}
