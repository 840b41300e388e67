import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hashValue } from '../../../runtime/values/hash.ts';
import { impliedKey, keyFrom } from '../../../runtime/values/key.ts';

/** Structured keys that folding to 32 bits confuses; each set is of distinct contents. */
const DISTINCT: Readonly<Record<string, (at: number) => unknown>> = {
  points: (at) => ({ x: at % 300, y: Math.floor(at / 300) }),
  pairs: (at) => [at % 300, Math.floor(at / 300)],
  nested: (at) => ({ of: [{ x: at % 300 }, { y: [Math.floor(at / 300)] }] }),
  texts: (at) => ({ name: `${at % 300}`, of: `${Math.floor(at / 300)}` }),
  maps: (at) => new Map([[at % 300, new Set([Math.floor(at / 300)])]]),
  dates: (at) => [new Date(at % 300), new Date(at)],
  bytes: (at) => new Uint8Array([at, at >> 8, at >> 16]),
};

for (const [title, make] of Object.entries(DISTINCT)) {
  test(`90,000 distinct contents are as many keys: ${title}`, () => {
    const keys = new Set(Array.from({ length: 90_000 }, (_, at) => keyFrom(make(at))));
    assert.equal(keys.size, 90_000);
    for (const at of [0, 7, 4_711, 89_999]) assert.ok(keys.has(keyFrom(make(at))));
  });
}

/** Contents that look alike in one way or another. */
const ALIKE: readonly unknown[] = [
  ...[[1], ['1'], [1n], [true], ['true'], [null], ['null'], [undefined], [[]], [{}], []],
  ...[{}, { a: 1 }, { a: '1' }, { a: [1] }, { a: undefined }, { '0': 1 }, { a: { b: 1 } }],
  ...[new Map([[1, 2]]), new Set([1, 2]), new Date(1), /1/, new Uint8Array([1]), [NaN], ['NaN']],
  ...[{ 'a:1,b': 2 }, { a: 1, b: 2 }, ['a,b'], ['a', 'b'], [(() => 1) as unknown], [() => 1]],
];

test('contents that look alike are distinct keys', () => {
  assert.equal(new Set(ALIKE.map(keyFrom)).size, ALIKE.length);
});

test('equal contents are one key, in whatever order their properties were written', () => {
  assert.equal(keyFrom({ a: 1, b: { c: 2, d: 3 } }), keyFrom({ b: { d: 3, c: 2 }, a: 1 }));
  assert.equal(keyFrom({ a: 1 }), hashValue({ a: 1 }));
  const cyclic = () => {
    const value: { self?: unknown; n: number } = { n: 1 };
    value.self = [value];
    return value;
  };
  assert.equal(keyFrom(cyclic()), keyFrom(cyclic()));
  fc.assert(
    fc.property(fc.object(), (value) => {
      const entries = Object.entries(value).reverse();
      assert.equal(keyFrom(value), keyFrom(Object.fromEntries(entries)));
      assert.equal(keyFrom(keyFrom(value)), keyFrom(value));
    }),
  );
});

test('the implied keys of texts with one hash are distinct', () => {
  assert.equal(hashValue('Aa'), hashValue('BB'));
  assert.deepEqual([impliedKey('Aa'), impliedKey('BB'), impliedKey('Aa')], [2112, 'BB', 2112]);
});
