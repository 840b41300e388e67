import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Scale } from '../../../webview/timeline/chart/scale.ts';
import { binSizeOf, History, type HistoryQuery } from '../../../webview/timeline/history.ts';
import type { TimelineEntry } from '../../../webview/timeline/messages.ts';
import { shopAfter } from './histories.ts';

const { history: entries } = shopAfter(2000);
const around = (step: number): Scale => Scale.follow(step, 2000, 800);

/** Gives `history` what it queries, as far as `known` has it. */
function answer(
  history: History,
  queries: readonly HistoryQuery[],
  known: readonly TimelineEntry[],
): void {
  for (const query of queries) {
    if (query.type === 'queryDensity') continue;
    history.accept(query.start, known.slice(query.start, query.start + query.count));
  }
}

describe('the cached history of the timeline', () => {
  it('queries visible steps once', () => {
    const history = new History();
    history.setRecorded(2000);
    const queries = history.takeQueries(around(300));
    assert.deepEqual(queries, [{ type: 'querySteps', start: 256, count: 256 }]);
    assert.deepEqual(history.takeQueries(around(300)), []);
    answer(history, queries, entries);
    assert.deepEqual(history.takeQueries(around(300)), []);
    assert.equal(history.entries(around(300)).length, 51);
    assert.equal(history.entry(300)?.step, 300);
  });

  it('queries only new steps', () => {
    const history = new History();
    history.setRecorded(10);
    answer(history, history.takeQueries(Scale.fit(10, 800)), entries.slice(0, 10));
    history.setRecorded(12);
    assert.deepEqual(history.takeQueries(Scale.fit(12, 800)), [
      { type: 'querySteps', start: 10, count: 2 },
    ]);
  });

  it('does not repeat queries for steps that are not recorded', () => {
    const history = new History();
    history.setRecorded(100);
    const queries = history.takeQueries(Scale.fit(100, 800));
    answer(history, queries, []);
    assert.deepEqual(history.takeQueries(Scale.fit(100, 800)), []);
    history.clearPending();
    assert.deepEqual(history.takeQueries(Scale.fit(100, 800)), queries);
  });

  it('queries densities of a long history, and the last tile again after growth', () => {
    const history = new History();
    history.setRecorded(1_000_000);
    const whole = Scale.fit(1_000_000, 800);
    const binSize = binSizeOf(whole);
    const queries = history.takeQueries(whole);
    assert.deepEqual(new Set(queries.map(({ type }) => type)), new Set(['queryDensity']));
    for (const query of queries) {
      history.acceptDensity({ start: query.start, binSize, lanes: {}, crashes: [] });
    }
    assert.deepEqual(history.takeQueries(whole), []);
    history.setRecorded(1_000_001);
    assert.deepEqual(history.takeQueries(whole), queries.slice(-1));
  });

  it('bounds the cache', () => {
    const { history: long } = shopAfter(100_000);
    const history = new History();
    history.setRecorded(100_000);
    for (let step = 0; step < 100_000; step += 40) {
      const scale = Scale.at(step, 16, 800, 100_000);
      answer(history, history.takeQueries(scale), long);
    }
    const known = long.filter(({ step }) => history.entry(step) !== undefined);
    assert.ok(known.length < 30_000, `${known.length} steps`);
    assert.ok(history.entry(99_000));
  });

  it('finds the nearest step of the same unit', () => {
    const history = new History();
    history.setRecorded(30);
    history.accept(0, entries.slice(0, 30));
    assert.equal(history.nearestStepOf('/shop/workflows/cart', 12, 1), 19);
    assert.equal(history.nearestStepOf('/shop/workflows/cart', 12, -1), 10);
    assert.equal(history.nearestStepOf('/shop/workflows/cart', 28, 1), undefined);
  });
});
