import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Path } from '../../../runtime/index.ts';
import type { PanelMessage } from '../../../webview/topology/messages.ts';
import { shoppingCart } from '../../layout/topologies.ts';
import type { PanelBrowser, PanelOptions } from '../panel-browser.ts';
import { shopBusy, statusOf } from './statuses.ts';
import { launchTopology, type TopologyPage } from './topology-page.ts';

const shop = shoppingCart();
const cart = '/shop/workflows/cart';

describe('topology interaction', () => {
  let browser: PanelBrowser<TopologyPage>;
  before(async () => {
    browser = await launchTopology();
  });
  after(() => browser.close());

  async function shown(options: PanelOptions = {}): Promise<TopologyPage> {
    const panel = await browser.open({ width: 1500, height: 600, ...options });
    await panel.show(shop, shopBusy(shop));
    return panel;
  }

  /** The commands that the panel has sent. */
  async function asked(panel: TopologyPage): Promise<PanelMessage[]> {
    const sent = await panel.sent();
    return sent.filter(({ type }) => !['ready', 'resized'].includes(type));
  }

  it('a click on an element or an edge reveals its builder call', async () => {
    const panel = await shown();
    await panel.tab.click(`[data-path="${cart}/byUser"] .name`);
    await panel.tab.click('.badge.queue >> nth=0');
    const stream = 'stream:/shop/sequencers/events->/shop/workflows/analytics';
    await panel.tab.locator(`[data-edge="${stream}"] .pointer-target`).click({ force: true });
    assert.deepEqual(
      (await panel.sent()).filter(({ type }) => type === 'reveal'),
      [
        { type: 'reveal', target: `${cart}/byUser` },
        { type: 'reveal', target: 'stream:/shop/generators/clicks->/shop/workflows/cart' },
        { type: 'reveal', target: stream },
      ],
    );
  });

  it('dragging the diagram does not click', async () => {
    const panel = await shown();
    const box = await panel.tab.locator(`[data-path="${cart}/byUser"]`).boundingBox();
    assert.ok(box);
    await panel.tab.mouse.move(box.x + 20, box.y + 10);
    await panel.tab.mouse.down();
    await panel.tab.mouse.move(box.x + 120, box.y + 60, { steps: 5 });
    await panel.tab.mouse.up();
    assert.deepEqual(
      (await panel.sent()).filter(({ type }) => type === 'reveal'),
      [],
    );
    const moved = await panel.tab.locator(`[data-path="${cart}/byUser"]`).boundingBox();
    assert.ok(moved && Math.abs(moved.x - box.x - 100) < 8);
  });

  it('the context menu crashes, reveals and copies', async () => {
    const panel = await shown();
    const menu = panel.tab.getByRole('menuitem');
    for (const item of ['Crash Here…', 'Reveal in Source', 'Copy Path']) {
      await panel.tab.click(`.header[data-path="${cart}"] .title`, { button: 'right' });
      await menu.filter({ hasText: item }).click();
      assert.equal(await menu.count(), 0);
    }
    assert.deepEqual((await asked(panel)).slice(-3), [
      { type: 'crash', target: cart },
      { type: 'reveal', target: cart },
      { type: 'copy', text: cart },
    ]);
    await panel.tab.click('[data-path="/shop/portals/orders"] .name', { button: 'right' });
    assert.deepEqual(await menu.allTextContents(), ['Reveal in Source', 'Copy Path']);
    await panel.tab.keyboard.press('Escape');
    assert.equal(await menu.count(), 0);
  });

  it('the tooltip shows path, state and source', async () => {
    const panel = await shown();
    await panel.tab.hover(`[data-path="${cart}/cart"] .name`);
    const tooltip = panel.tab.getByRole('tooltip');
    await tooltip.waitFor();
    const text = await tooltip.innerText();
    for (const part of [`${cart}/cart`, 'asker', 'Pending continuations', '4', 'app.js:']) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    await panel.screenshot('tooltip');
    await panel.tab.mouse.move(5, 590);
    await tooltip.waitFor({ state: 'hidden' });
  });

  it('the keyboard reaches everything', async () => {
    const panel = await shown();
    const { keyboard } = panel.tab;
    const focused = (): Promise<string> =>
      panel.tab.evaluate('document.activeElement.dataset.path');
    await panel.tab.locator('.tools button').last().focus();
    await keyboard.press('Tab');
    assert.equal(await focused(), '/shop/generators/restock');
    await panel.tab.locator('[data-path="/shop/generators/clicks"]').focus();
    const visited: string[] = [];
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await keyboard.press(key);
      visited.push(await focused());
    }
    assert.deepEqual(visited, [`${cart}/byUser`, `${cart}/cart`, `${cart}/$7`]);
    await keyboard.press('ArrowUp');
    assert.equal(await focused(), cart);
    await keyboard.press('Enter');
    await keyboard.press('Shift+F10');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    assert.deepEqual((await asked(panel)).slice(-2), [
      { type: 'reveal', target: cart },
      { type: 'crash', target: cart },
    ]);
    assert.equal(await focused(), cart);
  });

  it('accessible names describe kind and state of an element', async () => {
    const panel = await shown();
    await panel.tab
      .getByRole('button', { name: 'cart asker, Pending continuations: 4' })
      .waitFor({ state: 'attached' });
    await panel.tab
      .getByRole('button', { name: 'restock generator, State: sealed' })
      .waitFor({ state: 'attached' });
  });

  it('search finds matching elements in turn', async () => {
    const panel = await shown({ width: 700 });
    await panel.tab.keyboard.press('/');
    await panel.tab.keyboard.type('ORDER');
    assert.equal(await panel.text('.search-count'), '1 of 3');
    assert.deepEqual(await panel.marked('found'), [
      '/shop/portals/orders',
      '/shop/workflows/orders',
      '/shop/workflows/orders/order',
    ]);
    await panel.tab.keyboard.press('Enter');
    assert.equal(await panel.text('.search-count'), '2 of 3');
    const [current] = await panel.marked('found-current');
    await panel.tab.waitForTimeout(400);
    const box = await panel.tab.locator(`.node[data-path="${current}"]`).boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= 700, 'the match is in view');
    await panel.screenshot('search');
    await panel.tab.keyboard.press('Escape');
    assert.deepEqual(await panel.marked('found'), []);
  });

  it('zoom, fit and actual size', async () => {
    const panel = await shown({ reducedMotion: true });
    const fitted = await panel.scale();
    await panel.tab.getByRole('button', { name: 'Zoom in' }).click();
    assert.ok((await panel.scale()) > fitted);
    await panel.tab.keyboard.press('1');
    assert.equal(await panel.scale(), 1);
    await panel.tab.getByRole('button', { name: 'Fit diagram' }).click();
    const application = await panel.tab.locator('.application .ground').boundingBox();
    assert.ok(application && application.x >= 0 && application.x + application.width <= 1500);
  });

  it('a small panel shows a readable part around the current element', async () => {
    const panel = await browser.open({ width: 500, height: 420, reducedMotion: true });
    await panel.show(shop, statusOf(shop));
    assert.ok((await panel.scale()) >= 0.5);
    const busy = shopBusy(shop);
    const unit = '/shop/workflows/analytics' as Path;
    const { event: _, ...rest } = busy;
    await panel.send({
      type: 'status',
      status: { ...rest, choice: { unit, action: 'atom', label: 'analytics' } },
    });
    const box = await panel.tab.locator('.header[data-path$="analytics"] .title').boundingBox();
    assert.ok(box && box.x >= 0 && box.x < 500, 'the current workflow is in view');
  });

  it('changing the direction asks the host and persists', async () => {
    const panel = await shown();
    await panel.tab.getByRole('button', { name: /Lay out top to bottom/ }).click();
    assert.deepEqual((await asked(panel)).at(-1), { type: 'direction', direction: 'down' });
    const again = await browser.open({ memory: await panel.memory() });
    assert.deepEqual(
      (await again.sent()).map(({ type }) => type),
      ['direction', 'ready'],
    );
    await again.show(shop, shopBusy(shop), 'down');
    await again.tab.getByRole('button', { name: /Lay out left to right/ }).click();
    assert.deepEqual((await asked(again)).at(-1), { type: 'direction', direction: 'auto' });
  });

  it('reports a new panel size to the host', async () => {
    const panel = await shown();
    await panel.tab.setViewportSize({ width: 640, height: 900 });
    await panel.tab.waitForTimeout(600);
    const last = (await panel.sent()).at(-1);
    assert.ok(last?.type === 'resized' && last.width === 640);
  });

  it('restores the persisted viewport', async () => {
    const panel = await shown();
    await panel.tab.keyboard.press('1');
    await panel.tab.waitForTimeout(400);
    const memory = await panel.memory();
    const again = await shown({ memory });
    assert.equal(await again.scale(), 1);
  });

  it('the legend opens beside the diagram and its state persists', async () => {
    const panel = await shown();
    await panel.tab.getByRole('button', { name: 'Legend' }).click();
    const legend = await panel.text('.legend');
    for (const part of ['Generator', 'Sequencer', 'Splitter', 'Portal', 'Requests', 'crashed']) {
      assert.ok(legend.toLowerCase().includes(part.toLowerCase()), part);
    }
    await panel.screenshot('legend');
    const again = await shown({ memory: await panel.memory() });
    assert.equal(await again.tab.locator('.legend').isVisible(), true);
  });

  it('the buttons of the empty state start an app', async () => {
    const panel = await browser.open();
    await panel.tab.getByRole('button', { name: 'Debug Open File' }).click();
    await panel.tab.getByRole('button', { name: 'Open an Example' }).click();
    assert.deepEqual((await asked(panel)).slice(-2), [
      { type: 'start', what: 'file' },
      { type: 'start', what: 'example' },
    ]);
  });
});
