import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { history } from '../crash-sweep.ts';
import type { Run } from '../run-program.ts';
import { generated } from './generated.ts';
import { RUNS, settings } from './settings.ts';

test('every generated application comes to rest', () => {
  fc.assert(
    fc.property(generated, settings, (app, options) => {
      const { notices } = app.run(options);
      const rested = notices.flatMap((each) => (each.kind === 'rested' ? [each.reason] : []));
      assert.deepEqual(rested, ['complete']);
    }),
    RUNS,
  );
});

test('the same seed and schedule give the same history', () => {
  fc.assert(
    fc.property(generated, settings, (app, options) => {
      assert.deepEqual(history(app.run(options)), history(app.run(options)));
    }),
    RUNS,
  );
});

test('the length of epochs, and observing events, change nothing', () => {
  fc.assert(
    fc.property(generated, settings, fc.boolean(), (app, options, observed) => {
      const detail = observed ? 'events' : 'steps';
      const plain = app.run({ ...options, snapshotEvery: 1, detail: 'steps' });
      assert.deepEqual(unordered(app.run({ ...options, detail })), unordered(plain));
    }),
    RUNS,
  );
});

/** Keys stand in the order in which they were inserted, where a deletion counts once committed. */
function unordered(run: Run): Run {
  return history({ ...run, state: [...run.state].sort() }) as Run;
}
