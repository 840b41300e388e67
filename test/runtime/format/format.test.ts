import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import * as fc from 'fast-check';
import { preview, toJson } from '../../../runtime/index.ts';
import { noteProxy } from '../../../runtime/values/proxies.ts';

/** Source text of a value, its preview, and its JSON. */
const VALUES: readonly (readonly [string, string, string])[] = [
  ['null', 'null', 'null'],
  ['undefined', 'undefined', '{"$undefined":true}'],
  ['"it\'s\\n"', "'it\\'s\\n'", '"it\'s\\n"'],
  ['1.5', '1.5', '1.5'],
  ['-0', '-0', '{"$number":"-0"}'],
  ['NaN', 'NaN', '{"$number":"NaN"}'],
  ['-Infinity', '-Infinity', '{"$number":"-Infinity"}'],
  ['2n ** 64n', '18446744073709551616n', '{"$bigint":"18446744073709551616"}'],
  ['Symbol("s")', 'Symbol(s)', '{"$symbol":"s"}'],
  ['({})', '{}', '{}'],
  ['({ a: { b: { c: 1 } } })', '{a: {b: {…}}}', '{"a":{"b":{"c":1}}}'],
  ['[1, "a", [2]]', "(3) [1, 'a', [2]]", '[1,"a",[2]]'],
  ['[1, , 3]', '(3) [1, empty × 1, 3]', '[1,{"$hole":true},3]'],
  ['[undefined]', '[undefined]', '[{"$undefined":true}]'],
  ['new Map([[{ k: 1 }, 2]])', 'Map(1) {{k: 1} => 2}', '{"$map":[[{"k":1},2]]}'],
  ['new Set(["x"])', "Set(1) {'x'}", '{"$set":["x"]}'],
  ['new Date(0)', '1970-01-01T00:00:00.000Z', '{"$date":"1970-01-01T00:00:00.000Z"}'],
  ['new Date(NaN)', 'Invalid Date', '{"$date":null}'],
  ['/a+/gi', '/a+/gi', '{"$regexp":"/a+/gi"}'],
  ['function add() {}', 'ƒ add()', '{"$function":"add"}'],
  ['class Point {}', 'class Point', '{"$function":"Point"}'],
  ['new (class Point { x = 1 })()', 'Point {x: 1}', '{"$class":"Point","fields":{"x":1}}'],
  ['new TypeError("bad")', 'TypeError: bad', '{"$error":{"name":"TypeError","message":"bad"}}'],
  ['new Uint8Array([1, 2])', 'Uint8Array(2) [1, 2]', '{"$typed":"Uint8Array","items":[1,2]}'],
  ['Object(1n)', 'BigInt {1n}', '{"$boxed":{"$bigint":"1"}}'],
  ['Promise.resolve(1)', 'Promise {…}', '{"$opaque":"Promise"}'],
  ['({ get a() { throw 1 } })', '{a: (…)}', '{"a":{"$getter":true}}'],
  ['({ [Symbol("s")]: 1 })', '{[Symbol(s)]: 1}', '{"$symbols":[["s",1]]}'],
  ['({ $map: 1 })', '{$map: 1}', '{"$$map":1}'],
  ['JSON.parse(\'{"__proto__": 1}\')', '{__proto__: 1}', '{"__proto__":1}'],
  ['Object.create(null)', '{}', '{}'],
  ['const a = { n: 1 }; a.me = a; a', '{n: 1, me: [Circular]}', '{"n":1,"me":{"$up":1}}'],
  ['const b = [1]; [b, b]', '(2) [[1], [1]]', '[[1],[1]]'],
  ['({ toJSON: () => "forged" })', '{toJSON: ƒ toJSON()}', '{"toJSON":{"$function":"toJSON"}}'],
  [
    '({ [Symbol.toStringTag]: "Map" })',
    "{[Symbol(Symbol.toStringTag)]: 'Map'}",
    '{"$symbols":[["Symbol.toStringTag","Map"]]}',
  ],
  ['new Proxy({}, { ownKeys() { throw 1 } })', '{(inaccessible)}', '{}'],
];

/** Values that notice when they are looked at; `touch` counts, and throws. */
const ODD: readonly (readonly [string, string, string])[] = [
  [
    'noted({ a: 1 }, { get: touch })',
    'Proxy({a: 1}, {get: ƒ touch()})',
    '{"$proxy":{"target":{"a":1},"handler":{"get":{"$function":"touch"}}}}',
  ],
  ['revoked()', 'Proxy(revoked)', '{"$proxy":null}'],
  ['({ get [Symbol.toStringTag]() { touch() } })', '{[Symbol(Symbol.toStringTag)]: (…)}', '{}'],
  ['new (class Bag extends Set { get [Symbol.toStringTag]() { touch() } })([1])', 'Bag(1) {1}', ''],
  ['new (class Bag extends Map { get size() { touch() } })([[1, 2]])', 'Bag(1) {1 => 2}', ''],
  [
    'new (class Late extends Date { get [Symbol.toStringTag]() { touch() } })(0)',
    '1970-01-01T00:00:00.000Z',
    '',
  ],
  ['new (class Bad extends Error { get [Symbol.toStringTag]() { touch() } })("x")', 'Bad: x', ''],
  ['new (class Bytes extends Uint8Array { get length() { touch() } })([1])', 'Bytes(1) [1]', ''],
  [
    'new (class View extends DataView { get buffer() { touch() } })(new ArrayBuffer(1))',
    'View(1) [0]',
    '',
  ],
  ['new (class Pattern extends RegExp { get global() { touch() } })("a", "g")', '/a/g', ''],
  ['Object.create(noted({}, { get: touch, getPrototypeOf: touch }))', '{}', '{}'],
  ['Object.defineProperty([1], 1, { get: touch })', '(2) [1, (…)]', ''],
  ['({ get constructor() { touch() }, a: 1 })', '{constructor: (…), a: 1}', ''],
  ['[noted({}, { get: touch }), { b: null }]', '(2) [Proxy({…}, {…}), {b: null}]', ''],
];

for (const [source, text, json] of ODD) {
  test(`${source} is shown without touching it`, () => {
    let count = 0;
    function touch(): never {
      count++;
      throw new Error('touched');
    }
    const noted = (target: object, handler: object) => {
      const proxy = new Proxy(target, handler);
      noteProxy(proxy, { target, handler });
      return proxy;
    };
    const revoked = () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      noteProxy(proxy, { target: null, handler: null });
      return proxy;
    };
    const value: unknown = vm.runInNewContext(source, { touch, noted, revoked });
    assert.equal(preview(value), text);
    const written = JSON.stringify(toJson(value));
    if (json !== '' && json !== '{}') assert.equal(written, json);
    assert.equal(count, 0);
  });
}

for (const [source, text, json] of VALUES) {
  test(`${source} is shown`, () => {
    // From another realm, as the values of programs are.
    const value: unknown = vm.runInNewContext(
      source.startsWith('function') || source.startsWith('class') ? `(${source})` : source,
    );
    assert.equal(preview(value), text);
    assert.equal(JSON.stringify(toJson(value)), json);
  });
}

test('what is large or deep is shown in part', () => {
  const list = Array.from({ length: 1000 }, (_, at) => at);
  assert.equal(preview(list), '(1000) [0, 1, 2, 3, 4, 5, 6, 7, …]');
  assert.equal(preview('x'.repeat(1000)).length, 200);
  assert.equal(preview(new Array(4_000_000_000)), '(4000000000) [empty × 4000000000]');
  let deep: unknown = 0;
  for (let at = 0; at < 10_000; at++) deep = { deep };
  assert.match(JSON.stringify(toJson(deep)), /\{"\$truncated":"depth"\}/);
});

test('distinct values have distinct JSON, and equal ones equal', () => {
  const anything = fc.anything({ withBigInt: true, withMap: true, withSet: true, withDate: true });
  fc.assert(
    fc.property(anything, anything, (one, other) => {
      const [left, right] = [one, other].map((value) => JSON.stringify(toJson(value)));
      try {
        assert.deepStrictEqual(one, other);
      } catch {
        assert.notEqual(left, right);
      }
      assert.equal(JSON.stringify(toJson(one)), left);
      preview(one);
    }),
  );
});
