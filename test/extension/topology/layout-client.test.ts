import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { LayoutClient } from '../../../extension/topology/layout-client.ts';
import { layoutTopology } from '../../../layout/index.ts';
import { recursiveCycle, shoppingCart } from '../../layout/topologies.ts';
import { buildWorker } from './built-worker.ts';

const worker = buildWorker();

describe('the layout worker', () => {
  let client: LayoutClient;
  const start = (script = worker): LayoutClient => {
    client = new LayoutClient(script);
    return client;
  };
  afterEach(() => client.dispose());

  it('returns the same layout as a direct call', async () => {
    const topology = shoppingCart();
    const layout = await start().layout(topology, 'shop', 'down');
    assert.deepEqual(layout, await layoutTopology(topology, 'down'));
  });

  it('computes each topology and direction once', async () => {
    const layouts = start();
    const first = await layouts.layout(recursiveCycle(), 'cycle', 'right');
    assert.equal(await layouts.layout(recursiveCycle(), 'cycle', 'right'), first);
    assert.notEqual(await layouts.layout(recursiveCycle(), 'cycle', 'down'), first);
  });

  it('reports an error and retries with the next request', async () => {
    const layouts = start();
    const broken = { ...recursiveCycle(), applications: undefined as never };
    await assert.rejects(layouts.layout(broken, 'cycle', 'right'), /undefined/);
    const layout = await layouts.layout(recursiveCycle(), 'cycle', 'right');
    assert.ok(layout.nodes.length > 0);
  });

  it('rejects requests if the worker cannot start', async () => {
    await assert.rejects(start('/no/such/worker.js').layout(recursiveCycle(), 'cycle', 'right'));
  });

  it('rejects open requests on disposal', async () => {
    const layouts = start();
    const open = layouts.layout(shoppingCart(), 'shop', 'right');
    layouts.dispose();
    await assert.rejects(open, /stopped/);
  });
});
