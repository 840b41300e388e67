import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dotOf, layoutTopology, svgOf } from '../../layout/index.ts';
import { checkGolden } from '../golden.ts';
import { recursiveCycle, shoppingCart, twoApplications } from './topologies.ts';

const golden = (name: string): URL => new URL(`golden/${name}`, import.meta.url);

test('the shopping cart, left to right, as SVG', async () => {
  checkGolden(golden('shopping-cart.svg'), svgOf(await layoutTopology(shoppingCart())));
});

test('the recursive cycle, top to bottom, as SVG', async () => {
  const layout = await layoutTopology(recursiveCycle(), 'down');
  checkGolden(golden('recursive-cycle-down.svg'), svgOf(layout));
});

test('two applications, as DOT', () => {
  checkGolden(golden('two-applications.dot'), dotOf(twoApplications()));
});

test('names are escaped', async () => {
  const topology = shoppingCart();
  const nodes = topology.nodes.map((node) =>
    node.kind === 'generator' ? { ...node, name: '<b>"R&D"</b>' } : node,
  );
  const svg = svgOf(await layoutTopology({ ...topology, nodes }));
  assert.match(svg, /&lt;b&gt;&quot;R&amp;D&quot;/);
  assert.doesNotMatch(svg, /<b>/);
});
