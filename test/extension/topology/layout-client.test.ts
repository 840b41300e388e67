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

  it('gives the layout that is computed without it', async () => {
    const topology = shoppingCart();
    const layout = await start().layout(topology, 'shop', 'down');
    assert.deepEqual(layout, await layoutTopology(topology, 'down'));
  });

  it('is asked once for each shape and direction', async () => {
    const layouts = start();
    const first = await layouts.layout(recursiveCycle(), 'cycle', 'right');
    assert.equal(await layouts.layout(recursiveCycle(), 'cycle', 'right'), first);
    assert.notEqual(await layouts.layout(recursiveCycle(), 'cycle', 'down'), first);
  });

  it('tells what went wrong, and tries again the next time', async () => {
    const layouts = start();
    const broken = { ...recursiveCycle(), applications: undefined as never };
    await assert.rejects(layouts.layout(broken, 'cycle', 'right'), /undefined/);
    const layout = await layouts.layout(recursiveCycle(), 'cycle', 'right');
    assert.ok(layout.nodes.length > 0);
  });

  it('fails requests when its script cannot be started', async () => {
    await assert.rejects(start('/no/such/worker.js').layout(recursiveCycle(), 'cycle', 'right'));
  });

  it('fails requests that are open when it is stopped', async () => {
    const layouts = start();
    const open = layouts.layout(shoppingCart(), 'shop', 'right');
    layouts.dispose();
    await assert.rejects(open, /stopped/);
  });
});
