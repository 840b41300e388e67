import assert from 'node:assert/strict';
import { it } from 'node:test';
import { lanesOf } from '../../../extension/timeline/lanes.ts';
import { shoppingCart, twoApplications } from '../../layout/topologies.ts';

it('has a lane for each unit, in the order they were built', () => {
  const { lanes } = lanesOf(shoppingCart());
  assert.deepEqual(
    lanes.map(({ kind, name }) => `${kind} ${name}`),
    shoppingCart()
      .nodes.filter(({ kind }) => !['task', 'split', 'portal'].includes(kind))
      .map(({ kind, name }) => `${kind} ${name}`),
  );
});

it('tells the applications of lanes apart', () => {
  const { lanes } = lanesOf(twoApplications());
  assert.equal(new Set(lanes.map(({ application }) => application)).size, 2);
});

it('knows who is behind streams, splits and portals', () => {
  const { sources } = lanesOf(shoppingCart());
  assert.equal(sources['/shop/portals/inventory'], '/shop/workflows/inventory');
  assert.equal(sources['/shop/generators/clicks/stream'], '/shop/generators/clicks');
  assert.equal(sources['/shop/splitters/checkouts/checkout/stream'], '/shop/splitters/checkouts');
});
