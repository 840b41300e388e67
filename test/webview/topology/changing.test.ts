import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HostMessage } from '../../../webview/topology/messages.ts';
import { shoppingCart, wordCount } from '../../layout/topologies.ts';
import type { PanelBrowser, PanelOptions } from '../panel-browser.ts';
import { shopBusy, statusOf } from './statuses.ts';
import { launchTopology, type TopologyPage } from './topology-page.ts';

const shop = shoppingCart();
const busy = shopBusy(shop);

describe('topology updates', () => {
  let browser: PanelBrowser<TopologyPage>;
  before(async () => {
    browser = await launchTopology();
  });
  after(() => browser.close());

  async function shown(options: PanelOptions = {}): Promise<TopologyPage> {
    const panel = await browser.open({ width: 1500, height: 600, ...options });
    await panel.show(shop, busy);
    // Records the class of every animated payload.
    await panel.tab.evaluate(`{
      window.flown = [];
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) {
          for (const node of addedNodes) window.flown.push(node.getAttribute('class'));
        }
      }).observe(document.querySelector('.animations'), { childList: true });
    }`);
    return panel;
  }

  const flown = (panel: TopologyPage): Promise<string[]> =>
    panel.tab.evaluate('window.flown.sort()');

  /** The cart has committed its atom: one atom out, one request to the inventory. */
  const committed = {
    ...busy,
    step: 42,
    queues: { ...busy.queues, 'stream:/shop/generators/clicks->/shop/workflows/cart': 2 },
    streams: { ...busy.streams, '/shop/workflows/cart/stream': 15 },
    portals: { ...busy.portals, '/shop/portals/inventory': { requests: 3, replies: 1 } },
  };

  it('animates atoms and requests along their edges when a step commits', async () => {
    const panel = await shown();
    await panel.send({ type: 'status', status: committed });
    assert.deepEqual(await flown(panel), ['payload atom', 'payload request']);
    assert.deepEqual(await panel.badges('queue'), ['1', '12', '2']);
    await panel.tab.locator('.payload').first().waitFor({ state: 'detached' });
  });

  it('animates nothing with reduced motion or when going back in time', async () => {
    const still = await shown({ reducedMotion: true });
    await still.send({ type: 'status', status: committed });
    assert.deepEqual(await flown(still), []);
    const panel = await shown();
    await panel.send({ type: 'status', status: { ...busy, step: 3, streams: {} } });
    assert.deepEqual(await flown(panel), []);
  });

  it('a status changes only the elements that differ', async () => {
    const panel = await shown();
    await panel.tab.evaluate(`{
      window.touched = new Set();
      const name = (node) => node.closest?.('[data-path],[data-target]')?.dataset;
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const { path, target: badge } = name(target) ?? {};
          if (path ?? badge) window.touched.add(path ?? badge);
        }
      }).observe(document.querySelector('.root'), {
        subtree: true, childList: true, attributes: true, characterData: true,
      });
    }`);
    await panel.send({ type: 'status', status: committed });
    await panel.tab.locator('.payload').first().waitFor({ state: 'detached' });
    assert.deepEqual(await panel.tab.evaluate('[...window.touched].sort()'), [
      '/shop/portals/inventory',
      '/shop/workflows/cart',
      'stream:/shop/generators/clicks->/shop/workflows/cart',
      'stream:/shop/workflows/cart->/shop/splitters/checkouts',
    ]);
  });

  it('shows the last of several statuses in one frame', async () => {
    const panel = await shown();
    const messages = [7, 8, 9].map((step) => ({ type: 'status', status: { ...busy, step } }));
    await panel.tab.evaluate(`${JSON.stringify(messages)}.forEach((m) => postMessage(m, '*'))`);
    await panel.settle();
    assert.match(await panel.text('.step'), /Step 9/);
  });

  it('another session starts with an empty chart', async () => {
    const panel = await shown();
    await panel.send({ type: 'session', session: { state: 'starting' } });
    assert.deepEqual(await panel.badges('queue'), []);
    assert.deepEqual(await panel.marked('is-current'), []);
    const words = wordCount();
    await panel.show(words, statusOf(words));
    assert.ok((await panel.drawn('data-path')).includes('/wordcount/workflows/count'));
    assert.match(await panel.text('.step'), /Step 0/);
  });

  it('reports an invalid message and keeps the content', async () => {
    const panel = await shown();
    const wrong = { type: 'status', status: { ...busy, step: 'many' } } as unknown as HostMessage;
    await panel.send(wrong);
    assert.equal((await panel.sent()).at(-1)?.type, 'failed');
    assert.match(await panel.text('.step'), /Step 41/);
    assert.deepEqual(panel.problems, []);
  });
});
