import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  keyPicks,
  newKeyPick,
  statePicks,
  stateText,
  taskPicks,
  valueSource,
} from '../../../extension/state/picks.ts';

const STOCK = '/shop/workflows/inventory/stock';
const ITEMS = '/shop/workflows/cart/items';
const STATES = [
  { task: ITEMS, name: 'items', scope: 'key', count: 1 },
  { task: ITEMS, name: 'visits', scope: 'task', count: 1 },
  { task: STOCK, name: 'stock', scope: 'key', count: 3 },
] as const;

describe('the picks for setting a state', () => {
  it('picks list the tasks with state, and their states', () => {
    assert.deepEqual(taskPicks(STATES), [
      { label: 'cart/items', description: 'items, visits', value: ITEMS },
      { label: 'inventory/stock', description: 'stock', value: STOCK },
    ]);
    const described = (task: string) =>
      statePicks(STATES, task).map(({ label, description }) => `${label}: ${description}`);
    assert.deepEqual(described(ITEMS), ['items: per key, 1 key', 'visits: per task']);
    assert.deepEqual(described(STOCK), ['stock: per key, 3 keys']);
  });

  it('keys use the syntax of the adapter', () => {
    const known = keyPicks([
      { key: { preview: '1', json: 1 }, value: { preview: '[0, 2]' } },
      { key: { preview: "'tea'", json: 'tea' }, value: { preview: 'Map(1) {1 => 2}' } },
    ]);
    assert.deepEqual(known, [
      { label: '1', description: '[0, 2]', value: { key: '1', source: '[0, 2]' } },
      { label: "'tea'", description: 'Map(1) {1 => 2}', value: { key: '"tea"', source: '' } },
    ]);
    for (const typed of ['', '1', 'tea', "'tea'", '"tea"']) {
      assert.deepEqual(newKeyPick(typed, known), [], typed);
    }
    assert.deepEqual(
      ['2', 'jam', "'2'"].map((typed) => newKeyPick(typed, known)[0]?.value.key),
      ['2', 'jam', '"2"'],
    );
  });
});

it('proposes the current value if its preview is complete', () => {
  for (const whole of ['3', '-1', '10n', "'a'", '[0, 2]', "{user: 1, type: 'add'}", 'true']) {
    assert.equal(valueSource({ preview: whole }), whole);
  }
  assert.equal(valueSource({ preview: '(2) [0, 2]' }), '[0, 2]');
  for (const part of ['Map(0) {}', 'Point {x: 1}', '[1, 2, …]', "'long…'", 'ƒ ()', '{a: ƒ}']) {
    assert.equal(valueSource({ preview: part }), '');
  }
});

it('formats a task state and a key state', () => {
  assert.equal(stateText({ task: ITEMS, state: 'visits' }), 'visits');
  assert.equal(stateText({ task: ITEMS, state: 'items', key: '1' }), 'items[1]');
});
