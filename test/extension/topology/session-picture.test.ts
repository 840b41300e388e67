import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { LayoutClient } from '../../../extension/topology/layout-client.ts';
import { SessionPicture } from '../../../extension/topology/session-picture.ts';
import type { Topology } from '../../../runtime/index.ts';
import { shoppingCart, twoApplications, wordCount } from '../../layout/topologies.ts';
import { statusOf } from '../../webview/topology/statuses.ts';
import { buildWorker } from './built-worker.ts';

const worker = buildWorker();
const wide = { width: 1600, height: 500 };
const narrow = { width: 500, height: 900 };

describe('the picture of a session', () => {
  const layouts = new LayoutClient(worker);
  after(() => layouts.dispose());

  /** A picture of whatever `topology` answers, and how often that was asked for. */
  function pictureOf(topology: () => Topology) {
    const asked: string[] = [];
    const picture = new SessionPicture(layouts, async () => {
      const own = topology();
      const hash = own.applications.map(({ path }) => path).join();
      asked.push(hash);
      return { topology: own, hash };
    });
    return { picture, asked };
  }

  it('asks for the topology once, and again when a status tells of new units', async () => {
    let topology = wordCount();
    const { picture, asked } = pictureOf(() => topology);
    await picture.update(statusOf(topology));
    await picture.update(statusOf(topology, { step: 7 }));
    assert.deepEqual(asked, ['/wordcount']);
    topology = twoApplications();
    await picture.update(statusOf(topology));
    assert.deepEqual(asked, ['/wordcount', '/sensors,/dashboards']);
  });

  it('has no layout before it has a topology', async () => {
    const { picture } = pictureOf(shoppingCart);
    assert.equal(await picture.layout('auto', wide), undefined);
    assert.equal(picture.hash, '');
  });

  it('flows in the direction that can be read better, or the one that is wanted', async () => {
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

  it('is not turned for a little gain', async () => {
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

  it('knows where elements, applications and lines are built', async () => {
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
