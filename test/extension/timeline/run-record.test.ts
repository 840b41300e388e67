import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RunRecord } from '../../../extension/timeline/run-record.ts';
import { shopAfter } from '../../webview/timeline/histories.ts';

const { history } = shopAfter(40);

describe('the record of a run', () => {
  it('returns kept steps up to the first gap', () => {
    const record = new RunRecord();
    record.useHistory(1);
    record.keepSteps(1, history.slice(0, 10));
    record.keepSteps(1, history.slice(20, 30));
    assert.deepEqual(record.steps(5, 100), history.slice(5, 10));
    assert.deepEqual(record.steps(22, 3), history.slice(22, 25));
    assert.deepEqual(record.steps(10, 5), []);
    assert.equal(record.isComplete(20), true);
    assert.equal(record.isComplete(40), false);
  });

  it('discards the steps of another history', () => {
    const record = new RunRecord();
    record.useHistory(1);
    record.keepSteps(1, history);
    record.useHistory(2);
    assert.deepEqual(record.steps(0, 10), []);
    record.keepSteps(1, history);
    assert.deepEqual(record.steps(0, 10), [], 'a late answer belongs to the previous history');
  });

  it('returns a density for the same query only', () => {
    const record = new RunRecord();
    record.useHistory(1);
    const density = { start: 0, binSize: 64, lanes: {}, crashes: [0] };
    record.keepDensity(1, density);
    assert.equal(
      record.density({ type: 'queryDensity', start: 0, count: 64, binSize: 64 }),
      density,
    );
    assert.equal(
      record.density({ type: 'queryDensity', start: 0, count: 32, binSize: 32 }),
      undefined,
    );
  });
});
