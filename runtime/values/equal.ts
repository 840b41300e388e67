import { isBoxed, isOpaque } from './built-in.ts';

/**
 * Whether two values are indistinguishable to a reader: same primitives (`NaN` equals itself, `0`
 * differs from `-0`), or objects of the same prototype with equal contents in the same order. What
 * is one object on one side must be one object on the other side too, which also ends cycles.
 */
export function equalValues(left: unknown, right: unknown): boolean {
  return equal(left, right, undefined);
}

/** The objects met so far on each side, with their counterparts on the other. */
interface Pairs {
  readonly left: Map<object, object>;
  readonly right: Map<object, object>;
}

function equal(left: unknown, right: unknown, known: Pairs | undefined): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  if (left === null || right === null) return false;
  if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
  const pairs = known ?? { left: new Map(), right: new Map() };
  const [counterpart, image] = [pairs.left.get(left), pairs.right.get(right)];
  if (counterpart !== undefined || image !== undefined) return counterpart === right;
  pairs.left.set(left, right);
  pairs.right.set(right, left);
  return equalContents(left, right, pairs) && equalProperties(left, right, pairs);
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
  if (left instanceof DataView && right instanceof DataView) {
    return left.byteOffset === right.byteOffset && equal(left.buffer, right.buffer, pairs);
  }
  if (left instanceof RegExp && right instanceof RegExp) return String(left) === String(right);
  if (isBoxed(left)) return Object.is(left.valueOf(), right.valueOf());
  return !isOpaque(left);
}

function equalSequences(left: readonly unknown[], right: readonly unknown[], pairs: Pairs) {
  return left.length === right.length && left.every((item, at) => equal(item, right[at], pairs));
}

function equalProperties(left: object, right: object, pairs: Pairs): boolean {
  const names = Reflect.ownKeys(left);
  const others = Reflect.ownKeys(right);
  if (names.length !== others.length) return false;
  return names.every((name, at) => {
    if (name !== others[at]) return false;
    const mine = Object.getOwnPropertyDescriptor(left, name);
    const theirs = Object.getOwnPropertyDescriptor(right, name);
    if (mine === undefined || theirs === undefined) return false;
    return (
      mine.get === theirs.get && mine.set === theirs.set && equal(mine.value, theirs.value, pairs)
    );
  });
}
