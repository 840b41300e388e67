import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Scale } from '../../../webview/timeline/chart/scale.ts';
import { binSizeOf, History, type Want } from '../../../webview/timeline/history.ts';
import type { TimelineEntry } from '../../../webview/timeline/messages.ts';
import { shopAfter } from './histories.ts';

const { history: entries } = shopAfter(2000);
const around = (step: number): Scale => Scale.follow(step, 2000, 800);

/** Gives `history` what it wants, as far as `known` has it. */
function answer(history: History, wants: readonly Want[], known: readonly TimelineEntry[]): void {
  for (const want of wants) {
    if (want.type === 'wantDensity') continue;
    history.accept(want.start, known.slice(want.start, want.start + want.count));
  }
}

describe('what a timeline knows of the history', () => {
  it('asks once for what it shows, and not again when it has it', () => {
    const history = new History();
    history.grow(2000);
    const wants = history.takeWants(around(300));
    assert.deepEqual(wants, [{ type: 'wantSteps', start: 256, count: 256 }]);
    assert.deepEqual(history.takeWants(around(300)), []);
    answer(history, wants, entries);
    assert.deepEqual(history.takeWants(around(300)), []);
    assert.equal(history.entries(around(300)).length, 51);
    assert.equal(history.entry(300)?.step, 300);
  });

  it('asks for what has come since, and only for that', () => {
    const history = new History();
    history.grow(10);
    answer(history, history.takeWants(Scale.fit(10, 800)), entries.slice(0, 10));
    history.grow(12);
    assert.deepEqual(history.takeWants(Scale.fit(12, 800)), [
      { type: 'wantSteps', start: 10, count: 2 },
    ]);
  });

  it('does not ask for ever for steps that are not kept', () => {
    const history = new History();
    history.grow(100);
    const wants = history.takeWants(Scale.fit(100, 800));
    answer(history, wants, []);
    assert.deepEqual(history.takeWants(Scale.fit(100, 800)), []);
    history.forgetAsked();
    assert.deepEqual(history.takeWants(Scale.fit(100, 800)), wants);
  });

  it('asks for densities of a long history, again when the last bins have grown', () => {
    const history = new History();
    history.grow(1_000_000);
    const whole = Scale.fit(1_000_000, 800);
    const binSize = binSizeOf(whole);
    const wants = history.takeWants(whole);
    assert.deepEqual(new Set(wants.map(({ type }) => type)), new Set(['wantDensity']));
    for (const want of wants) {
      history.acceptDensity({ start: want.start, binSize, lanes: {}, crashes: [] });
    }
    assert.deepEqual(history.takeWants(whole), []);
    history.grow(1_000_001);
    assert.deepEqual(history.takeWants(whole), wants.slice(-1));
  });

  it('holds some screens of it, however much has been seen', () => {
    const { history: long } = shopAfter(100_000);
    const history = new History();
    history.grow(100_000);
    for (let step = 0; step < 100_000; step += 40) {
      const scale = Scale.at(step, 16, 800, 100_000);
      answer(history, history.takeWants(scale), long);
    }
    const known = long.filter(({ step }) => history.entry(step) !== undefined);
    assert.ok(known.length < 30_000, `${known.length} steps`);
    assert.ok(history.entry(99_000));
  });

  it('finds the nearest step of the same unit', () => {
    const history = new History();
    history.grow(30);
    history.accept(0, entries.slice(0, 30));
    assert.equal(history.neighbour('/shop/workflows/cart', 12, 1), 19);
    assert.equal(history.neighbour('/shop/workflows/cart', 12, -1), 10);
    assert.equal(history.neighbour('/shop/workflows/cart', 28, 1), undefined);
  });
});
