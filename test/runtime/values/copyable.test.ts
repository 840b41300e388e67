import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equalValues } from '../../../runtime/values/equal.ts';
import { isolate } from '../../../runtime/values/isolate.ts';
import { expectOddProperties } from '../../../runtime/values/plain.ts';

class Money {
  #cents: number;
  constructor(cents: number) {
    this.#cents = cents;
  }
  get cents() {
    return this.#cents;
  }
}

class Price extends Money {
  [Symbol.for('portals.clone')]() {
    return new Price(this.cents);
  }
}

class Colour {
  text = '#fff {#abc = 1}';
  // #comment = 1;
}

/** Objects of which no copy can be exact, and what is said about them. */
const REFUSED: readonly (readonly [title: string, value: object, says: RegExp])[] = [
  [
    'private field',
    new Money(5),
    /instance of Money cannot be copied: the copy would lose its private field #cents.*clone/,
  ],
  ['nested', { orders: [{ total: new Money(5) }] }, /Money in the field orders\.0\.total cannot/],
  ['in a map', new Map([['a', new Money(5)]]), /instance of Money in the field 1 cannot/],
  [
    'promise',
    { later: Promise.resolve(1) },
    /a Promise in the field later cannot be copied: it hides/,
  ],
  ['weak map', new WeakMap(), /a WeakMap cannot/],
  ['weak reference', new WeakRef({}), /a WeakRef cannot/],
  ['generator', (function* () {})(), /a generator cannot/],
  ['iterator', [1].values(), /an iterator cannot/],
  ['map iterator', new Map().keys(), /an iterator cannot/],
  ['format', { format: new Intl.NumberFormat('en') }, /an Intl\.NumberFormat in the field format/],
];

for (const [title, value, says] of REFUSED) {
  test(`what cannot be copied is refused: ${title}`, () => {
    assert.throws(() => isolate(value), says);
  });
}

test('a class says by a method how instances with private fields are copied', () => {
  const value = { price: new Price(5) };
  const copy = isolate(value);
  assert.notEqual(copy.price, value.price);
  assert.deepEqual([copy.price instanceof Price, copy.price.cents], [true, 5]);
  assert.equal(isolate(new Colour()).text, new Colour().text);
});

test('a copy of a flat object keeps what spreading would lose', () => {
  const symbol = Symbol('s');
  const odd = Object.defineProperty(
    {
      get double() {
        return 2 * this.n;
      },
      n: 1,
      [symbol]: [1],
    },
    'hidden',
    { value: [2] },
  );
  const copy = isolate(odd);
  copy.n = 5;
  assert.equal(copy.double, 10);
  assert.deepEqual(Reflect.ownKeys(copy), Reflect.ownKeys(odd));
  assert.notEqual(copy[symbol], odd[symbol]);
  for (const close of [Object.freeze, Object.seal, Object.preventExtensions]) {
    const closed = isolate(close<{ n: number }>({ n: 1 }));
    assert.ok(!Object.isExtensible(closed));
    assert.equal(Object.isFrozen(closed), close === Object.freeze);
    assert.ok(!Object.isExtensible(isolate(close<number[]>([1]))));
  }
});

const SYMBOL = Symbol('name');

/** Values with properties that spreading or slicing loses, and by which means they are made. */
const ODD: readonly (readonly [means: 'accessors' | 'defined' | 'symbols', value: () => object])[] =
  [
    [
      'accessors',
      () => ({
        get n() {
          return 1;
        },
        m: 1,
      }),
    ],
    ['accessors', () => ({ m: [1], set n(_: number) {} })],
    ['defined', () => Object.defineProperty({ m: 1 }, 'n', { value: 1 })],
    ['defined', () => Object.defineProperty({ m: 1 }, 'n', { value: 1, enumerable: true })],
    ['defined', () => Object.defineProperty([1, 2], 1, { get: () => 3, enumerable: true })],
    ['defined', () => Object.defineProperty([1, 2], 'n', { value: [1] })],
    ['symbols', () => ({ [SYMBOL]: 1, m: 1 })],
    ['symbols', () => Object.assign([1, 2], { [SYMBOL]: [1] })],
  ];

for (const [means, make] of ODD) {
  test(`a copy is exact where the program has the means: ${means}`, () => {
    const none = { accessors: false, defined: false, symbols: false };
    expectOddProperties({ ...none, [means]: true });
    try {
      for (const value of [make(), { inner: make() }, [make()]]) {
        const copy = isolate(value);
        assert.ok(equalValues(copy, value));
        assert.notEqual(copy, value);
      }
    } finally {
      expectOddProperties({ accessors: true, defined: true, symbols: true });
    }
  });
}

test('a long array with names keeps them', () => {
  const named = Object.assign(
    Array.from({ length: 1000 }, (_, at) => at),
    { total: 5 },
  );
  expectOddProperties({ accessors: false, defined: false, symbols: false });
  try {
    assert.equal(isolate(named).total, 5);
  } finally {
    expectOddProperties({ accessors: true, defined: true, symbols: true });
  }
});

test('consumers share functions and classes, and nothing else', () => {
  class Shape {
    sides = 4;
  }
  const value = { run: () => 1, Shape, shape: new Shape(), list: [1] };
  const copy = isolate(value);
  assert.equal(copy.run, value.run);
  assert.equal(copy.Shape, Shape);
  assert.equal(Object.getPrototypeOf(copy.shape), Shape.prototype);
  assert.notEqual(copy.shape, value.shape);
  assert.notEqual(copy.list, value.list);
});

test('values that differ only in what can be changed are different', () => {
  assert.ok(!equalValues(Object.freeze({ n: 1 }), { n: 1 }));
  assert.ok(!equalValues(Object.defineProperty({}, 'n', { value: 1 }), { n: 1 }));
});
