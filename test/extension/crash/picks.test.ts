import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  crashSite,
  occurrencePicks,
  occurrenceProblem,
  pointPicks,
  taskPicks,
  unitPicks,
} from '../../../extension/crash/picks.ts';
import type { TopologyUnit } from '../../../extension/session/messages.ts';
import { PROTOCOL_POINTS } from '../../../runtime/index.ts';
import { status } from '../session/status-fixture.ts';

const NODES: readonly TopologyUnit[] = [
  { path: '/shop/generators/ids', kind: 'generator', name: 'ids' },
  { path: '/shop/workflows/cart', kind: 'workflow', name: 'cart' },
  { path: '/shop/workflows/cart/add', kind: 'task', name: 'add', parent: '/shop/workflows/cart' },
  { path: '/shop/workflows/pay', kind: 'workflow', name: 'pay' },
  { path: '/shop/workflows/pay/log', kind: 'task', name: 'log', parent: '/shop/workflows/pay' },
  { path: '/shop/splitters/s', kind: 'splitter', name: 's' },
  { path: '/shop/splitters/s/$2', kind: 'split', name: '$2', parent: '/shop/splitters/s' },
  { path: '/shop/portals/stock', kind: 'portal', name: 'stock' },
];

test('what crashes is a processing unit, the current one first', () => {
  const choice = { unit: '/shop/workflows/pay', action: 'atom', label: 'pay' } as const;
  const picks = unitPicks(NODES, status({ choice }), []);
  assert.deepEqual(
    picks.map((pick) => pick.value),
    ['/shop/workflows/pay', '/shop/generators/ids', '/shop/workflows/cart', '/shop/splitters/s'],
  );
  assert.equal(picks[0]?.description, 'workflow, processing now');
});

test('enabled units come first and ended ones last', () => {
  const units = { '/shop/generators/ids': 'sealed', '/shop/splitters/s': 'idle' } as const;
  const next = ['/shop/workflows/pay', '/shop/workflows/cart'];
  const picks = unitPicks(NODES, status({ units }), next);
  assert.deepEqual(
    picks.map((pick) => `${pick.value} ${pick.description}`),
    [
      '/shop/workflows/pay workflow, may run next',
      '/shop/workflows/cart workflow, may run next',
      '/shop/splitters/s splitter',
      '/shop/generators/ids generator, sealed',
    ],
  );
});

test('units of a running app keep the launch order', () => {
  assert.equal(unitPicks(NODES, undefined, [])[0]?.value, '/shop/generators/ids');
});

test('points have the order of the protocol and roll back until the decision', () => {
  const picks = pointPicks();
  assert.deepEqual(
    picks.map((pick) => pick.value),
    PROTOCOL_POINTS,
  );
  const decide = PROTOCOL_POINTS.indexOf('decide');
  picks.forEach((pick, index) => {
    assert.equal(pick.description, index < decide ? 'rolls back' : 'rolls forward');
  });
});

test('a crash while processing can be narrowed to a task of that workflow', () => {
  const picks = taskPicks(NODES, '/shop/workflows/cart');
  assert.deepEqual(
    picks.map((pick) => pick.value),
    ['/shop/workflows/cart', '/shop/workflows/cart/add'],
  );
  assert.deepEqual(taskPicks(NODES, '/shop/generators/ids'), []);
});

test('occurrences count from now, and any number can be entered', () => {
  assert.deepEqual(
    occurrencePicks('vote').map((pick) => pick.value),
    [1, 2, 3, undefined],
  );
  for (const good of ['1', ' 12 ']) assert.equal(occurrenceProblem(good), undefined);
  for (const bad of ['', '0', '-1', '1.5', 'x', '1e3'])
    assert.match(String(occurrenceProblem(bad)), /whole/);
});

test('an element of the topology preselects the crash site', () => {
  assert.deepEqual(crashSite(NODES, '/shop/workflows/pay'), { target: '/shop/workflows/pay' });
  assert.deepEqual(crashSite(NODES, '/shop/workflows/pay/log'), {
    target: '/shop/workflows/pay/log',
    point: 'process',
  });
  assert.deepEqual(crashSite(NODES, '/shop/splitters/s/$2'), { target: '/shop/splitters/s' });
  for (const unclear of ['/shop/portals/stock', '/gone', undefined]) {
    assert.equal(crashSite(NODES, unclear), undefined);
  }
});
