import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equalValues } from '../../../runtime/values/equal.ts';
import { Fingerprint } from '../../../runtime/values/fingerprint.ts';

/** Has the fields of a plain object, but is none. */
class Point {
  readonly parent = undefined;
  readonly x: number;
  constructor(x: number) {
    this.x = x;
  }
}

test('values differ from each other where a reader can distinguish them', () => {
  const values: unknown[] = [
    0,
    -0,
    NaN,
    1,
    1n,
    '1',
    true,
    null,
    undefined,
    [],
    {},
    [1],
    ['1'],
    [null],
  ];
  values.push(
    [undefined],
    new Map(),
    new Set(),
    new Date(0),
    new Date(NaN),
    /a/,
    /a/g,
    /b/,
    new Point(1),
  );
  values.push(
    { x: 1 },
    { x: 1, parent: undefined },
    new Uint8Array(1),
    new Int8Array(1),
    Object(1),
    Object('1'),
  );
  values.push(
    new Uint8Array(1).buffer,
    new Uint8Array([1]).buffer,
    new Map([[1, 2]]),
    new Map([[2, 1]]),
  );
  for (const [at, left] of values.entries()) {
    for (const [other, right] of values.entries()) {
      const about = `${String(at)} and ${String(other)}`;
      assert.equal(equalValues(left, right), at === other, about);
      const prints = [left, right].map((value) => new Fingerprint().add(value).text());
      assert.equal(prints[0] === prints[1], at === other, `fingerprints of ${about}`);
    }
  }
});
