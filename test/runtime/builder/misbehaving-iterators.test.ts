import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Value } from '../authors-api.ts';
import { run } from '../run-program.ts';

/** What `next()` of an author's iterator may return that is no result. */
const RESULTS: Record<string, () => Value> = {
  nothing: () => undefined,
  null: () => null,
  'a number': () => 5,
  'a text': () => 'item',
  'an empty object': () => ({}),
  'an array': () => [1],
  'a promise': () => Promise.resolve({ value: 1, done: false }),
};

const GENERATORS = {
  fromIterator: (values: Value) => [values],
  throttle: (values: Value) => [values, 2],
  fromIteratorOfIterators: (values: Value) => [[values]],
  'fromIteratorOfIterators, outer': (values: Value) => [values],
  'fromIterator, keys': (values: Value) => [[1, 2], values],
};

for (const [name, next] of Object.entries(RESULTS)) {
  for (const [generator, argumentsOf] of Object.entries(GENERATORS)) {
    test(`an iterator whose next() returns ${name} is an error: ${generator}`, () => {
      const { errors, streams } = run((app) => {
        const [method = ''] = generator.split(',');
        const generators = app.generatorsWithName('g') as unknown as Record<string, Value>;
        const made = generators[method](...argumentsOf({ next }));
        app.workflowsWithName('w').source(made.stream).sink().freeze();
      });
      assert.equal(errors.length, 1);
      assert.match(errors[0] ?? '', /^PORTALS_WRONG_KIND .*next\(\) returned/);
      assert.match(streams['generators/g'] ?? '', /^error.* seal$/);
    });
  }
}

test('results without done, or without value at the end, are results', () => {
  let count = 0;
  const next = () => (count++ < 2 ? { value: count } : { done: true });
  const { streams } = run((app) => {
    const made = app.generatorsWithName('g').fromIterator({ next });
    app.workflowsWithName('w').source(made.stream).sink().freeze();
  });
  assert.equal(streams['workflows/w'], '[1 2] seal');
});
