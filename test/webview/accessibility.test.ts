import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { shoppingCart } from '../layout/topologies.ts';
import { THEMES } from './themes.ts';
import { shopAfter } from './timeline/histories.ts';
import { launchTimeline } from './timeline/timeline-page.ts';
import { shopBusy, shopCrashed } from './topology/statuses.ts';
import { launchTopology } from './topology/topology-page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The only experimental rule that applies to panels. */
const RULES = { 'label-content-name-mismatch': { enabled: true } };

/** The violations that axe-core finds, as `rule: target`. */
async function violationsIn(tab: Page): Promise<string[]> {
  await tab.evaluate(AXE);
  return tab.evaluate<string[]>(
    `axe.run(document, { rules: ${JSON.stringify(RULES)} }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target)))`,
  );
}

describe('accessibility', () => {
  const shop = shoppingCart();

  it('axe-core finds no violation in the topology', async () => {
    const browser = await launchTopology();
    for (const theme of THEMES) {
      const panel = await browser.open({ theme, width: 1500, height: 600 });
      assert.deepEqual(await violationsIn(panel.tab), [], `${theme}, empty`);
      await panel.show(shop, shopBusy(shop));
      await panel.tab.keyboard.press('?');
      assert.deepEqual(await violationsIn(panel.tab), [], `${theme}, processing`);
      await panel.show(shop, shopCrashed(shop));
      assert.deepEqual(await violationsIn(panel.tab), [], `${theme}, crashed`);
      await panel.tab.close();
    }
    await browser.close();
  });

  it('axe-core finds no violation in the timeline', async () => {
    const browser = await launchTimeline();
    for (const theme of THEMES) {
      const panel = await browser.open({ theme, width: 1150, height: 260 });
      assert.deepEqual(await violationsIn(panel.tab), [], `${theme}, empty`);
      await panel.show(shopAfter(30, 57));
      await panel.tab.keyboard.press('?');
      assert.deepEqual(await violationsIn(panel.tab), [], `${theme}, in the past`);
      await panel.tab.close();
    }
    await browser.close();
  });
});
