import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashValue } from '../../../runtime/values/hash.ts';

/** Hashes are keys of events, so they may never change: that would re-key every stored state. */
const HASHES: readonly (readonly [value: unknown, hash: number])[] = [
  [0, 0],
  [-0, 0],
  [5, 5],
  [-7, -7],
  [2 ** 31, -359771091],
  [0.5, 47607],
  [NaN, 78043],
  ['', 0],
  ['a', 97],
  ['hello', 99162322],
  [true, 1231],
  [false, 1237],
  [null, 0],
  [undefined, 0],
  [5n, 5],
  [2n ** 64n, 1823116550],
];

for (const [value, hash] of HASHES) {
  test(`the hash of ${typeof value} ${String(value)} is ${hash}`, () => {
    assert.equal(hashValue(value), hash);
  });
}

test('the hash does not depend on the order in which properties were written', () => {
  assert.equal(hashValue({ a: 1, b: { c: 2, d: 3 } }), hashValue({ b: { d: 3, c: 2 }, a: 1 }));
  assert.notEqual(hashValue({ a: 1, b: 2 }), hashValue({ a: 2, b: 1 }));
  assert.notEqual(hashValue([1, 2]), hashValue([2, 1]));
});
