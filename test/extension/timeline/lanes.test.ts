import assert from 'node:assert/strict';
import { it } from 'node:test';
import { lanesOf } from '../../../extension/timeline/lanes.ts';
import { shoppingCart, twoApplications } from '../../layout/topologies.ts';

it('has one lane per unit in the order of the builder calls', () => {
  const { lanes } = lanesOf(shoppingCart());
  assert.deepEqual(
    lanes.map(({ kind, name }) => `${kind} ${name}`),
    shoppingCart()
      .nodes.filter(({ kind }) => !['task', 'split', 'portal'].includes(kind))
      .map(({ kind, name }) => `${kind} ${name}`),
  );
});

it('groups lanes by application', () => {
  const { lanes } = lanesOf(twoApplications());
  assert.equal(new Set(lanes.map(({ application }) => application)).size, 2);
});

it('maps streams, splits and portals to their units', () => {
  const { sources } = lanesOf(shoppingCart());
  assert.equal(sources['/shop/portals/inventory'], '/shop/workflows/inventory');
  assert.equal(sources['/shop/generators/clicks/stream'], '/shop/generators/clicks');
  assert.equal(sources['/shop/splitters/checkouts/checkout/stream'], '/shop/splitters/checkouts');
});
