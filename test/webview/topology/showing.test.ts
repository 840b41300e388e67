import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Path, Topology } from '../../../runtime/index.ts';
import {
  large,
  recursiveCycle,
  shoppingCart,
  twoApplications,
  wordCount,
} from '../../layout/topologies.ts';
import type { PanelBrowser } from '../panel-browser.ts';
import { THEMES } from '../themes.ts';
import { shopBusy, shopCrashed, statusOf } from './statuses.ts';
import { launchTopology, type TopologyPage } from './topology-page.ts';

const shop = shoppingCart();

describe('topology content', () => {
  let browser: PanelBrowser<TopologyPage>;
  before(async () => {
    browser = await launchTopology();
  });
  after(() => browser.close());

  it('shows every element and edge of a topology under VS Code’s security policy', async () => {
    for (const topology of [wordCount(), shop, recursiveCycle(), twoApplications()]) {
      const panel = await browser.open();
      await panel.show(topology, statusOf(topology));
      assert.deepEqual(await panel.drawn('data-path'), pathsOf(topology));
      assert.deepEqual(await panel.drawn('data-edge'), topology.edges.map(({ id }) => id).sort());
      assert.deepEqual(panel.problems, []);
      await panel.tab.close();
    }
  });

  it('shows queues, continuations and the current position', async () => {
    const panel = await browser.open({ width: 1500, height: 600 });
    await panel.show(shop, shopBusy(shop));
    assert.deepEqual(await panel.badges('queue'), ['1', '12', '3']);
    assert.deepEqual(await panel.badges('continuations'), ['1', '4']);
    assert.deepEqual(await panel.badges('requests'), ['2']);
    assert.deepEqual(await panel.badges('replies'), ['1', '1']);
    assert.deepEqual(await panel.badges('event'), ['event 2 of 5']);
    assert.deepEqual(await panel.badges('state'), ['running', 'sealed']);
    assert.deepEqual(await panel.badges('committed'), [
      '13',
      '13',
      '14',
      '18',
      '2',
      '6',
      '6',
      '8',
      '8',
    ]);
    assert.deepEqual(await panel.marked('is-current'), [
      '/shop/workflows/cart',
      '/shop/workflows/cart/cart',
    ]);
    const header = await panel.text('.header-strip');
    for (const part of ['Step 41', 'cart processes an atom of clicks', 'seed 0', 'drain']) {
      assert.ok(header.includes(part), `${part} in ${header}`);
    }
    assert.equal(await panel.text('.point.here'), 'process');
  });

  it('marks the next unit between atoms', async () => {
    const panel = await browser.open({ width: 1500, height: 600 });
    const next = {
      unit: '/shop/workflows/orders' as Path,
      action: 'requests',
      input: '/shop/portals/orders' as Path,
      peer: '/shop/workflows/cart' as Path,
      label: 'requests',
    } as const;
    await panel.show(shop, statusOf(shop, { step: 9, next }));
    assert.deepEqual(await panel.marked('is-next'), ['/shop/workflows/orders']);
    assert.deepEqual(await panel.badges('state'), ['next']);
    assert.equal(
      await panel.text('.doing'),
      'next: orders answers requests of cart at portal orders',
    );
  });

  it('shows a crash by pattern and text and strikes out its discarded output', async () => {
    const panel = await browser.open({ width: 1500, height: 600 });
    await panel.show(shop, shopCrashed(shop));
    assert.deepEqual(await panel.badges('crash'), ['output rolled back']);
    assert.equal(await panel.style('.badge.crash .struck', 'textDecorationLine'), 'line-through');
    assert.deepEqual(await panel.badges('state'), ['crashed', 'failed', 'recovering', 'sealed']);
    assert.match(
      await panel.text('.crash-note'),
      /cart crashed at pre-commit\(output\).*discarded/,
    );
    assert.equal(await panel.text('.attempt'), 'attempt 2');
    const dashes = await panel.style('.header.is-crashed > .outline', 'strokeDasharray');
    assert.notEqual(dashes, 'none');
  });

  it('names the program and shows the phase in the words of the status bar', async () => {
    const panel = await browser.open({ width: 1500, height: 600 });
    await panel.show(shop, statusOf(shop, { phase: 'processing', point: 'read' }));
    const session = { state: 'running', program: 'shopping-cart.js' } as const;
    await panel.send({ type: 'session', session });
    assert.equal(await panel.text('.program-name'), 'shopping-cart.js');
    assert.equal(await panel.text('.phase'), 'processing');
    assert.equal(await panel.text('.point.here'), 'process');
    const status = statusOf(shop, { phase: 'committing', point: 'vote' });
    await panel.send({ type: 'status', status });
    assert.equal(await panel.text('.phase'), 'committing: vote');
  });

  it('the header takes one line in a low and in a narrow panel', async () => {
    for (const size of [
      { width: 900, height: 260 },
      { width: 220, height: 600 },
    ]) {
      const panel = await browser.open(size);
      await panel.show(shop, shopBusy(shop));
      const header = await panel.tab.locator('.header-strip').boundingBox();
      assert.ok(header && header.height <= 34, `${JSON.stringify(size)}: ${header?.height} px`);
      await panel.screenshot(`header-${size.width}`);
      await panel.tab.close();
    }
  });

  it('announces each step to screen readers', async () => {
    const panel = await browser.open();
    await panel.show(shop, shopBusy(shop));
    const announced = await panel.tab.locator('[role=status].screen-reader-only').textContent();
    assert.match(announced ?? '', /^Step 41: cart processes an atom of clicks/);
  });

  it('removes the crash marks once the step commits', async () => {
    const panel = await browser.open();
    const crashed = shopCrashed(shop);
    await panel.show(shop, crashed);
    const units = statusOf(shop).units;
    await panel.send({ type: 'status', status: { ...crashed, step: 42, attempt: 1, units } });
    assert.deepEqual(await panel.badges('crash'), []);
    await panel.send({ type: 'status', status: { ...crashed, step: 48, attempt: 1, units } });
    assert.equal(await panel.tab.locator('.crash-note').isVisible(), false);
    assert.deepEqual(await panel.marked('is-rolled-back'), []);
    assert.deepEqual(await panel.badges('state'), []);
  });

  for (const theme of THEMES) {
    for (const direction of ['right', 'down'] as const) {
      it(`no text beyond its element's border: ${theme}, ${direction}`, async () => {
        const size = direction === 'right' ? { width: 1500, height: 560 } : { height: 1000 };
        const panel = await browser.open({ theme, ...size });
        await panel.show(shop, shopCrashed(shop), direction);
        assert.deepEqual(await cutTexts(panel), []);
        await panel.screenshot(`${theme}-${direction}`);
        assert.deepEqual(panel.problems, []);
        await panel.tab.close();
      });
    }
  }

  it('shows long and non-Latin names in full', async () => {
    const nodes = shop.nodes.map((node, index) => ({
      ...node,
      name:
        ['a-name-that-never-seems-to-come-to-its-end', 'Größenabhängigkeit', '在庫管理'][
          index % 3
        ] ?? '',
    }));
    const topology = { ...shop, nodes };
    const panel = await browser.open();
    await panel.show(topology, statusOf(topology));
    assert.deepEqual(await cutTexts(panel), []);
    await panel.screenshot('long-names');
  });

  it('shows empty states and that a session has ended', async () => {
    const panel = await browser.open({ width: 460 });
    assert.match(await panel.text('.empty-state'), /No portal app is running.*F5/s);
    await panel.screenshot('empty');
    await panel.send({ type: 'session', session: { state: 'starting' } });
    assert.match(await panel.text('.empty-state'), /The app is starting/);
    await panel.show(shop, shopBusy(shop));
    assert.equal(await panel.tab.locator('.empty-state').isVisible(), false);
    await panel.send({ type: 'session', session: { state: 'ended' } });
    assert.match(await panel.text('.ended-note'), /ended after 41 steps/);
    assert.deepEqual(await panel.marked('is-current'), []);
    await panel.screenshot('ended');
    await panel.send({ type: 'session', session: { state: 'ended', problem: 'The reason.' } });
    assert.match(await panel.text('.empty-state'), /cannot be shown.*The reason\./s);
  });

  it('renders 300 elements within half a second and pans smoothly', async () => {
    const topology = large(300);
    const panel = await browser.open();
    const layout = await panel.layoutOf(topology);
    const paints: number[] = [];
    for (const key of ['a', 'b', 'c']) {
      paints.push(await panel.timed({ type: 'layout', key, layout, sites: {} }));
    }
    assert.ok(Math.min(...paints) < 500, `painted in ${paints} ms`);
    await panel.send({ type: 'status', status: statusOf(topology) });
    const frames = await panel.framesWhileDragging();
    assert.ok(frames >= 30, `${frames} frames a second`);
  });
});

function pathsOf({ applications, nodes }: Topology): string[] {
  const workflows = nodes.filter(({ kind }) => kind === 'workflow');
  // A workflow is drawn as a ground and, above the lines, a header.
  return [...applications, ...nodes, ...workflows].map(({ path }) => path).sort();
}

/** Texts that overflow their outline. */
async function cutTexts(panel: TopologyPage): Promise<string[]> {
  return panel.tab.evaluate<string[]>(`
    [...document.querySelectorAll('.view [data-path], .view .badge')].flatMap((element) => {
      const outline = element.querySelector('.outline, .ground, .pill').getBoundingClientRect();
      return [...element.querySelectorAll('text')].flatMap((text) => {
        const box = text.getBoundingClientRect();
        const fits = box.left >= outline.left - 0.5 && box.right <= outline.right + 0.5 &&
          box.top >= outline.top - 1 && box.bottom <= outline.bottom + 1;
        return fits ? [] : [text.textContent];
      });
    })
  `);
}
