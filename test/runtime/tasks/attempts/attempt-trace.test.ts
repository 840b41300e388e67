import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Path } from '../../../../runtime/contracts/paths.ts';
import { AttemptTrace } from '../../../../runtime/tasks/attempts/attempt-trace.ts';

test('an attempt keeps the last write under each key, in the order of the first writes', () => {
  const trace = new AttemptTrace();
  const [counts, sums] = [{}, {}];
  const write = (store: object, state: string, key: number, value: number) =>
    trace.addWrite(store, key, { task: '/app/workflows/flow/task' as Path, state, key, value });
  write(counts, 'counts', 1, 10);
  write(sums, 'sums', 1, 20);
  write(counts, 'counts', 2, 30);
  for (let value = 0; value < 1000; value++) write(counts, 'counts', 1, value);
  assert.deepEqual(
    trace.lastWrites.map(({ state, key, value }) => [state, key, value]),
    [
      ['counts', 1, 999],
      ['counts', 2, 30],
      ['sums', 1, 20],
    ],
  );
});
