import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { type Notice, preview } from '../../../runtime/index.ts';
import { history } from '../crash-sweep.ts';
import { generated } from './generated.ts';
import { RUNS, settings } from './settings.ts';

/** Half of the generated applications send numbers, which cannot be shared. */
const withObjects = generated.filter(({ spec }) => spec.objects);

test('no one else sees what a handler changes in place', () => {
  fc.assert(
    fc.property(withObjects, settings, (app, options) => {
      assert.deepEqual(history(app.run(options, 'spoiling')), history(app.run(options, 'pure')));
    }),
    RUNS,
  );
});

test('what was committed stays as it was', () => {
  fc.assert(
    fc.property(withObjects, settings, (app, options) => {
      const atCommit: string[] = [];
      const probe = (notice: Notice) => atCommit.push(...atomsOf(notice));
      const { notices } = app.run({ ...options, probe });
      assert.deepEqual(notices.flatMap(atomsOf), atCommit);
    }),
    RUNS,
  );
});

function atomsOf(notice: Notice): string[] {
  if (notice.kind !== 'committed') return [];
  return notice.effects.flatMap((effect) =>
    effect.kind === 'atom'
      ? [`${effect.stream} ${effect.events.map(({ value }) => preview(value)).join(' ')}`]
      : [],
  );
}
