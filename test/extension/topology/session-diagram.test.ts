import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { LayoutClient } from '../../../extension/topology/layout-client.ts';
import { SessionDiagram } from '../../../extension/topology/session-diagram.ts';
import type { Topology } from '../../../runtime/index.ts';
import { shoppingCart, twoApplications, wordCount } from '../../layout/topologies.ts';
import { statusOf } from '../../webview/topology/statuses.ts';
import { buildWorker } from './built-worker.ts';

const worker = buildWorker();
const wide = { width: 1600, height: 500 };
const narrow = { width: 500, height: 900 };

describe('the diagram of a session', () => {
  const layouts = new LayoutClient(worker);
  after(() => layouts.dispose());

  /** A diagram of the topology that `topology` returns, and the number of loads. */
  function pictureOf(topology: () => Topology) {
    const asked: string[] = [];
    const picture = new SessionDiagram(layouts, async () => {
      const own = topology();
      const hash = own.applications.map(({ path }) => path).join();
      asked.push(hash);
      return { topology: own, hash };
    });
    return { picture, asked };
  }

  it('loads the topology once, and again for a status with new units', async () => {
    let topology = wordCount();
    const { picture, asked } = pictureOf(() => topology);
    await picture.update(statusOf(topology));
    await picture.update(statusOf(topology, { step: 7 }));
    assert.deepEqual(asked, ['/wordcount']);
    topology = twoApplications();
    await picture.update(statusOf(topology));
    assert.deepEqual(asked, ['/wordcount', '/sensors,/dashboards']);
  });

  it('has no layout before the topology is loaded', async () => {
    const { picture } = pictureOf(shoppingCart);
    assert.equal(await picture.layout('auto', wide), undefined);
    assert.equal(picture.hash, '');
  });

  it('uses the more readable direction, or the requested one', async () => {
    const inPanel = async (wanted: 'auto' | 'right' | 'down', panel: typeof wide) => {
      const { picture } = pictureOf(shoppingCart);
      await picture.update(statusOf(shoppingCart()));
      return (await picture.layout(wanted, panel))?.direction;
    };
    assert.equal(await inPanel('auto', wide), 'right');
    assert.equal(await inPanel('auto', narrow), 'down');
    assert.equal(await inPanel('right', narrow), 'right');
    assert.equal(await inPanel('down', wide), 'down');
  });

  it('does not change direction for a small gain', async () => {
    const [low, high] = [
      { width: 1000, height: 500 },
      { width: 1000, height: 700 },
    ];
    const inDirections = async (...panels: (typeof low)[]) => {
      const { picture } = pictureOf(shoppingCart);
      await picture.update(statusOf(shoppingCart()));
      const directions: unknown[] = [];
      for (const panel of panels) {
        directions.push((await picture.layout('auto', panel))?.direction);
      }
      return directions;
    };
    assert.deepEqual(await inDirections(high), ['down']);
    assert.deepEqual(await inDirections(low, high, low), ['right', 'right', 'right']);
    assert.deepEqual(await inDirections(low, narrow), ['right', 'down']);
  });

  it('finds the builder calls of elements, applications and edges', async () => {
    const { picture } = pictureOf(shoppingCart);
    await picture.update(statusOf(shoppingCart()));
    const edge = 'request:/shop/workflows/cart/cart->/shop/portals/inventory';
    for (const target of ['/shop', '/shop/workflows/cart', edge]) {
      const site = picture.siteOf(target);
      assert.equal(site?.url, '/shop/app.js');
      assert.equal(picture.sites[target], `app.js:${site?.line}`);
    }
    assert.equal(picture.siteOf('/shop/workflows/unknown'), undefined);
  });
});
