import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownPage } from '../../../debug-adapter/agent/views/pages.ts';
import type { Path } from '../../../runtime/index.ts';
import { run, type Surroundings } from '../../runtime/run-program.ts';

test('a page of a stream begins with the first atom that is kept', () => {
  let simulator: Surroundings['simulator'] | undefined;
  run(
    (app, surroundings) => {
      ({ simulator } = surroundings);
      const numbers = app.generatorsWithName('g').fromRange(0, 1000, 1);
      app
        .workflowsWithName('w')
        .source(numbers.stream)
        .consume(() => () => {})
        .sink();
    },
    { retainedAtoms: 10 },
  );
  assert.ok(simulator);
  const path = '/app/generators/g/stream' as Path;
  const { start, total, items } = shownPage(simulator.inspect, {
    of: 'stream',
    path,
    start: 0,
    count: 2,
  });
  assert.equal(total, 1001);
  assert.ok(start > 0 && start <= 1001 - 10, `begins at ${start}`);
  assert.deepEqual(
    items.map((item) => item['atom']),
    [start, start + 1],
  );
  const later = shownPage(simulator.inspect, { of: 'stream', path, start: 995, count: 2 });
  assert.equal(later.start, 995);
});
