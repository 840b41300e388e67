import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Generators, Producer } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { runScript } from '../run-script.ts';

function* count(from: number, to: number): Generator<number> {
  for (let next = from; next < to; next++) yield next;
}

/** What is generated, and the stream and its keys. */
const GENERATORS: readonly (readonly [
  title: string,
  make: (generators: Generators) => Producer,
  stream: string,
  keys?: string,
])[] = [
  ['an array is one atom', (g) => g.fromArray([1, 2, 3]), '[1 2 3] seal', '[1 2 3] seal'],
  ['an empty array is no atom', (g) => g.fromArray([]), 'seal'],
  ['an array with keys', (g) => g.fromArray([1, 2], [7, 8]), '[1 2] seal', '[7 8] seal'],
  ['keys may be bigints', (g) => g.fromArray([1, 2], [7n, 8n]), '[1 2] seal', '[7n 8n] seal'],
  ['arrays are an atom each', (g) => g.fromArrayOfArrays([[1], [2, 3]]), '[1] [2 3] seal'],
  [
    'arrays with keys',
    (g) => g.fromArrayOfArrays([[1], [2, 3]], [[9], [8, 7]]),
    '[1] [2 3] seal',
    '[9] [8 7] seal',
  ],
  ['an iterator is one atom', (g) => g.fromIterator(count(0, 3)), '[0 1 2] seal'],
  ['any iterable is an iterator', (g) => g.fromIterator(new Set(['a', 'b'])), "['a' 'b'] seal"],
  [
    'a bare iterator needs only next()',
    (g) => {
      const inner = count(0, 2);
      return g.fromIterator({ next: () => inner.next() });
    },
    '[0 1] seal',
  ],
  [
    'an iterator with keys',
    (g) => g.fromIterator(count(0, 2), count(5, 7)),
    '[0 1] seal',
    '[5 6] seal',
  ],
  [
    'iterators are an atom each',
    (g) => g.fromIteratorOfIterators([count(0, 2), count(2, 3)].values()),
    '[0 1] [2] seal',
  ],
  [
    'iterators with keys',
    (g) => g.fromIteratorOfIterators([count(0, 2)], [count(4, 6)]),
    '[0 1] seal',
    '[4 5] seal',
  ],
  ['a range excludes its end', (g) => g.fromRange(0, 5, 2), '[0 1] [2 3] [4] seal'],
  ['a range may be smaller than its atom', (g) => g.fromRange(3, 5, 10), '[3 4] seal'],
  ['a range may be empty', (g) => g.fromRange(5, 5, 1), 'seal'],
  ['a signal is one atom of one event', (g) => g.signal('go'), "['go'] seal"],
  ['a signal may be an array', (g) => g.signal([1, 2]), '[(2) [1, 2]] seal'],
  ['empty is only a seal', (g) => g.empty(), 'seal'],
  [
    'a text is keyed by its hash, the same on any machine',
    (g) => g.fromArray(['a', 'ab', '']),
    "['a' 'ab' ''] seal",
    '[97 3105 0] seal',
  ],
];

for (const [title, make, stream, keys] of GENERATORS) {
  test(title, () => {
    check((app) => make(app.generatorsWithName('g')), {
      streams: { 'generators/g': stream },
      ...(keys === undefined ? {} : { keys: { 'generators/g': keys } }),
    });
  });
}

test('an iterator is read only as far as atoms are asked for', () => {
  let read = 0;
  function* endless() {
    for (;;) yield [read++];
  }
  check(
    (app) => {
      read = 0;
      app.generatorsWithName('g').fromIteratorOfIterators(endless());
    },
    { streams: { 'generators/g': '[0] [1]' } },
    { maxSteps: 2 },
  );
});

/** Keys that end too early, and the stream until then; `▸` marks the call. */
const FEW_KEYS: readonly (readonly [call: string, method: string])[] = [
  ['▸fromIterator([1, 2], [7])', 'fromIterator'],
  ['▸throttle([1, 2, 3], 2, [7, 8])', 'throttle'],
  ['▸fromIteratorOfIterators([[1], [2]], [[7]])', 'fromIteratorOfIterators'],
  ['▸fromIteratorOfIterators([[1], [2, 3]], [[7], [8]])', 'fromIteratorOfIterators'],
];

for (const [call, method] of FEW_KEYS) {
  test(`keys that end before the values are an error: ${call.replace('▸', '')}`, async () => {
    const { wrong, marked } = await runScript(`app.generatorsWithName('g').${call}`, {
      detail: 'steps',
    });
    assert.deepEqual(
      wrong.map(({ code, path, at }) => [code, path, at]),
      [['PORTALS_WRONG_KIND', '/app/generators/g', marked]],
    );
    assert.match(wrong[0]?.message ?? '', new RegExp(`the keys of ${method} end before`));
  });
}

test('keys may be more than the values: those of an iterator without an end', () => {
  function* counting() {
    for (let key = 0; ; key++) yield key;
  }
  check((app) => app.generatorsWithName('g').fromIterator([5, 6].values(), counting()), {
    streams: { 'generators/g': '[5 6] seal' },
    keys: { 'generators/g': '[0 1] seal' },
  });
});
