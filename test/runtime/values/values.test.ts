import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { equalValues } from '../../../runtime/values/equal.ts';
import { Fingerprint } from '../../../runtime/values/fingerprint.ts';
import { hashValue } from '../../../runtime/values/hash.ts';
import { isolate } from '../../../runtime/values/isolate.ts';

class Point {
  x: number;
  parent: Point | undefined;
  constructor(x: number, parent?: Point) {
    this.x = x;
    this.parent = parent;
  }
  get double(): number {
    return this.x * 2;
  }
}

class Tags extends Map<string, number> {
  label = 'tags';
}

const KEY = Symbol('key');

/** Makes a value, and changes it deep inside. */
interface Sample {
  readonly title: string;
  make(): object;
  change(value: never): void;
}

function sample<Value extends object>(
  title: string,
  make: () => Value,
  change: (value: Value) => void,
): Sample {
  return { title, make, change };
}

const SAMPLES: readonly Sample[] = [
  sample(
    'a flat object',
    () => ({ a: 1 }),
    (value) => (value.a = 2),
  ),
  sample(
    'an object in an object',
    () => ({ a: { b: [1] } }),
    (value) => value.a.b.push(2),
  ),
  sample(
    'an array',
    () => [1, 2],
    (value) => value.push(3),
  ),
  sample(
    'an array of arrays',
    () => [[1], [2]],
    (value) => value[1]?.push(3),
  ),
  sample(
    'a sparse array',
    () => Object.assign([1], { 3: 4 }),
    (value) => (value[1] = 2),
  ),
  sample(
    'an array with names, as a match',
    () => Object.assign(['ab'], { index: 0, input: 'ab' }),
    (value) => value.push(''),
  ),
  sample('a cycle', cyclic, (value) => value.list.push({})),
  sample('an object in two places', twice, (value) => (value.left.n = 2)),
  sample(
    'a class instance',
    () => new Point(1, new Point(2)),
    (value) => (value.parent = undefined),
  ),
  sample(
    'deep in an instance',
    () => new Point(1, new Point(2)),
    (value) => bump(value.parent),
  ),
  sample(
    'a map',
    () => new Map([['a', { n: 1 }]]),
    (value) => value.set('b', { n: 2 }),
  ),
  sample(
    'deep in a map',
    () => new Map([['a', { n: 1 }]]),
    (value) => bump(value.get('a')),
  ),
  sample(
    'a key of a map',
    () => new Map([[{ n: 1 }, 1]]),
    (value) => bump([...value.keys()][0]),
  ),
  sample(
    'a set',
    () => new Set([1]),
    (value) => value.add(2),
  ),
  sample(
    'deep in a set',
    () => new Set([{ n: 1 }]),
    (value) => bump([...value][0]),
  ),
  sample(
    'a subclass of Map',
    () => new Tags([['a', 1]]),
    (value) => (value.label = 'other'),
  ),
  sample(
    'a date',
    () => new Date(5),
    (value) => value.setTime(6),
  ),
  sample(
    'a regular expression',
    () => /a/g,
    (value) => (value.lastIndex = 3),
  ),
  sample(
    'a typed array',
    () => new Float64Array([1, 2]),
    (value) => (value[0] = 9),
  ),
  sample(
    'a view into a buffer',
    () => new Uint8Array(8).subarray(2, 4),
    (value) => (value[0] = 9),
  ),
  sample(
    'a buffer',
    () => new Uint8Array([1, 2]).buffer,
    (value) => (new Uint8Array(value)[0] = 9),
  ),
  sample(
    'a data view',
    () => new DataView(new ArrayBuffer(4)),
    (value) => value.setInt8(1, 7),
  ),
  sample('two views of one buffer', sharedBuffer, (value) => (value.bytes[0] = 7)),
  sample(
    'a bigint',
    () => ({ n: 2n ** 70n }),
    (value) => (value.n += 1n),
  ),
  sample('a boxed number', () => Object.assign(Object(1), { n: 1 }), bump),
  sample(
    'an error',
    () => Object.assign(new TypeError('bad'), { stack: 'at here' }),
    (value) => (value.message = 'worse'),
  ),
  sample('no prototype', () => Object.assign(Object.create(null), { n: 1 }), bump),
  sample(
    'a symbol key',
    () => ({ [KEY]: 1, a: [1] }),
    (value) => (value[KEY] = 2),
  ),
  sample(
    'deep below a symbol',
    () => ({ [KEY]: { n: 1 }, a: [1] }),
    (value) => bump(value[KEY]),
  ),
  sample(
    'NaN and -0',
    () => [NaN, -0],
    (value) => (value[1] = 0),
  ),
  sample(
    'an own __proto__',
    () => JSON.parse('{"__proto__": {"n": 1}}'),
    (value) => bump(Object.getOwnPropertyDescriptor(value, '__proto__')?.value),
  ),
  sample('what is not enumerable', hidden, (value) => bump(value.inner)),
  sample(
    'the order of properties',
    () => ({ a: [1], b: 2 }),
    (value) => {
      const { a } = value;
      Reflect.deleteProperty(value, 'a');
      value.a = a;
    },
  ),
  sample(
    'which objects are the same',
    () => [{ n: 1 }, { n: 1 }],
    (value) => {
      value[1] = value[0] ?? { n: 0 };
    },
  ),
];

function bump(value: { n?: number } | { x: number } | undefined): void {
  if (value !== undefined) Object.assign(value, { n: 100, x: 100 });
}

function cyclic(): { list: object[]; me?: object } {
  const value: { list: object[]; me?: object } = { list: [{}] };
  value.me = value;
  value.list.push(value.list);
  return value;
}

function twice(): { left: { n: number }; right: { n: number } } {
  const inner = { n: 1 };
  return { left: inner, right: inner };
}

function sharedBuffer(): { bytes: Uint8Array; words: Uint32Array } {
  const buffer = new ArrayBuffer(8);
  return { bytes: new Uint8Array(buffer), words: new Uint32Array(buffer) };
}

function hidden(): { inner: { n: number } } {
  const value = { list: [1] };
  Object.defineProperty(value, 'inner', { value: { n: 1 }, writable: true });
  return value as unknown as { inner: { n: number } };
}

for (const { title, make, change } of SAMPLES) {
  test(`a copy is equal and independent: ${title}`, () => {
    const value = make();
    const copy = isolate(value);
    assert.ok(equalValues(copy, value), 'the copy equals the value');
    assert.deepEqual(copy, value);
    assert.equal(Object.getPrototypeOf(copy), Object.getPrototypeOf(value));
    assert.equal(hashValue(copy), hashValue(value));
    assert.equal(fingerprint(copy), fingerprint(value));
    change(copy as never);
    assert.notEqual(fingerprint(copy), fingerprint(value));
    assert.ok(!equalValues(copy, value), 'the change of the copy is seen');
    assert.ok(equalValues(value, make()), 'the value is as it was');
    assert.deepEqual(value, make());
  });
}

test('a copy of a class instance has its methods and accessors', () => {
  assert.equal(isolate(new Point(4)).double, 8);
  assert.ok(isolate(new Tags([['a', 1]])) instanceof Tags);
});

test('an object in two places is one object in the copy', () => {
  const copy = isolate(twice());
  assert.equal(copy.left, copy.right);
});

test('a copy of a frozen object with parts is frozen, and so are its frozen parts', () => {
  const copy = isolate(Object.freeze({ open: [1], closed: Object.freeze([2]) }));
  assert.ok(Object.isFrozen(copy) && Object.isFrozen(copy.closed));
  copy.open.push(2);
  assert.deepEqual(copy.open, [1, 2]);
});

test('primitives and functions are their own copies', () => {
  const f = () => 1;
  for (const value of [1, 'a', true, null, undefined, 1n, KEY, NaN, f]) {
    assert.ok(Object.is(isolate(value), value));
  }
});

test('a large graph of shared parts is copied, compared and hashed once per part', () => {
  const make = () => {
    let value: unknown = [1];
    for (let depth = 0; depth < 60; depth++) value = { left: value, right: value };
    return value;
  };
  const value = make();
  assert.ok(equalValues(isolate(value), value));
  assert.equal(hashValue(isolate(value)), hashValue(value));
});

/** Anything that JSON-like programs send, with the odd parts of JavaScript in it. */
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withBoxedValues: true,
  withNullPrototype: true,
});

test('any value equals its copy, has its hash, and shares no object with it', () => {
  fc.assert(
    fc.property(anything, (value) => {
      const copy = isolate(value);
      assert.ok(equalValues(copy, value));
      assert.equal(hashValue(copy), hashValue(value));
      assert.equal(fingerprint(copy), fingerprint(value));
      const objects = new Set(reachable(value));
      for (const object of reachable(copy)) assert.ok(!objects.has(object));
    }),
  );
});

test('values that differ have other fingerprints', () => {
  fc.assert(
    fc.property(anything, anything, (left, right) => {
      assert.equal(fingerprint(left) === fingerprint(right), equalValues(left, right));
    }),
  );
});

function fingerprint(value: unknown): string {
  return new Fingerprint().add(value).text();
}

function reachable(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  if (value instanceof Map || value instanceof Set) {
    for (const item of [...value].flat()) reachable(item, found);
  }
  for (const name of Reflect.ownKeys(value)) {
    reachable(Object.getOwnPropertyDescriptor(value, name)?.value, found);
  }
  return found;
}
