import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PanelMessage } from '../../../webview/timeline/messages.ts';
import type { PanelBrowser, PanelOptions } from '../panel-browser.ts';
import { shopAfter } from './histories.ts';
import { launchTimeline, type TimelinePage } from './timeline-page.ts';

const shop = shopAfter(30, 57);

describe('timeline interaction', () => {
  let browser: PanelBrowser<TimelinePage>;
  before(async () => {
    browser = await launchTimeline();
  });
  after(() => browser.close());

  async function shown(options: PanelOptions = {}): Promise<TimelinePage> {
    const panel = await browser.open({ width: 1150, height: 260, ...options });
    await panel.show(shop);
    return panel;
  }

  /** The commands that the panel has sent. */
  async function asked(panel: TimelinePage): Promise<PanelMessage[]> {
    const sent = await panel.sent();
    return sent.filter(({ type }) => type === 'seek' || type === 'rollback');
  }

  it('a click on a step seeks to it, backward or forward', async () => {
    const panel = await shown();
    for (const step of [12, 41]) {
      const { x, y } = await panel.placeOf(step);
      await panel.tab.mouse.click(x, y);
    }
    assert.deepEqual(await asked(panel), [
      { type: 'seek', step: 12 },
      { type: 'seek', step: 41 },
    ]);
  });

  it('the pill seeks to the end of the history', async () => {
    const panel = await shown();
    await panel.tab.locator('.pill').click();
    assert.deepEqual(await asked(panel), [{ type: 'seek', step: 57 }]);
  });

  it('a click on another branch seeks on that branch', async () => {
    const panel = await shown();
    const branches = [
      { id: 0, at: 0, steps: 44, reason: 'launch' },
      { id: 1, parent: 0, at: 26, steps: 57, reason: 'edited' },
    ];
    await panel.show(shopAfter(30, 57, { branch: 1, branches }), 2);
    const { x } = await panel.placeOf(12);
    const line = await panel.tab.locator('.branch[data-branch="0"] rect').boundingBox();
    assert.ok(line);
    await panel.tab.mouse.click(x, line.y + line.height / 2);
    assert.deepEqual(await asked(panel), [{ type: 'seek', step: 12, branch: 0 }]);
  });

  it('dragging pans the view and does not click', async () => {
    const panel = await shown({ width: 500 });
    const { x, y } = await panel.placeOf(20);
    await panel.tab.mouse.move(x, y);
    await panel.tab.mouse.down();
    await panel.tab.mouse.move(x + 100, y, { steps: 4 });
    await panel.tab.mouse.up();
    await panel.settle();
    const moved = await panel.placeOf(20);
    assert.ok(Math.abs(moved.x - x - 100) < 2, `${moved.x - x}`);
    assert.deepEqual(await asked(panel), []);
  });

  it('the wheel zooms around the pointer', async () => {
    const panel = await shown();
    const { x, y } = await panel.placeOf(20);
    await panel.tab.mouse.move(x, y);
    await panel.tab.mouse.wheel(0, -200);
    await panel.settle();
    const zoomed = await panel.placeOf(20);
    assert.ok(Math.abs(zoomed.x - x) < 12, `${zoomed.x} near ${x}`);
    const next = await panel.placeOf(21);
    assert.ok(next.x - zoomed.x > 24, `${next.x - zoomed.x} pixels a step`);
  });

  it('the tooltip shows what a step did', async () => {
    const panel = await shown();
    const { x, y } = await panel.placeOf(12);
    await panel.tab.mouse.move(x, y);
    const tooltip = panel.tab.locator('.tooltip');
    await tooltip.waitFor();
    const text = await tooltip.innerText();
    for (const part of [
      'Step 12: cart takes replies from portal inventory',
      '3 events',
      '1, recovered',
      'go to before this step',
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
  });

  it('the keyboard reaches everything and ARIA values describe it', async () => {
    const panel = await shown();
    await panel.tab.locator('.plot').focus();
    assert.match(await panel.ariaValueText(), /^Step 30: cart takes replies .*, current position$/);
    await panel.tab.keyboard.press('ArrowLeft');
    await panel.settle();
    assert.match(await panel.ariaValueText(), /^Step 29: inventory answers requests of cart/);
    await panel.tab.keyboard.press('ArrowUp');
    await panel.settle();
    assert.match(await panel.ariaValueText(), /^Step 38: inventory/);
    await panel.tab.keyboard.press('Enter');
    await panel.tab.keyboard.press('End');
    await panel.settle();
    assert.match(await panel.ariaValueText(), /^End of history, after step 56/);
    await panel.tab.keyboard.press('Enter');
    await panel.tab.keyboard.press('Home');
    await panel.tab.keyboard.press('Enter');
    await panel.tab.keyboard.press('Escape');
    await panel.settle();
    assert.match(await panel.ariaValueText(), /current position$/);
    const steps = (await asked(panel)).map((message) => 'step' in message && message.step);
    assert.deepEqual(steps, [38, 57, 0]);
  });

  it('the context menu seeks before or after a step and rolls back', async () => {
    const panel = await shown();
    const { x, y } = await panel.placeOf(12);
    await panel.tab.mouse.click(x, y, { button: 'right' });
    const items = await panel.tab.locator('.menu-item').allInnerTexts();
    assert.deepEqual(items, [
      'Go to Before Step 12',
      'Go to After Step 12',
      'Roll Back to Step 12',
    ]);
    await panel.tab.locator('.menu-item', { hasText: 'Roll Back' }).click();
    assert.deepEqual(await asked(panel), [{ type: 'rollback', step: 12 }]);
  });

  it('keeps the range that the user chose while the current step is visible', async () => {
    const panel = await shown({ width: 500 });
    await panel.tab.keyboard.press('-');
    await panel.settle();
    await panel.show(shopAfter(31, 57));
    const before = await panel.placeOf(31);
    await panel.show(shopAfter(32, 57));
    assert.deepEqual(await panel.placeOf(31), before);
    await panel.show(shopAfter(57));
    const last = await panel.placeOf(56);
    assert.ok(last.x > 100 && last.x < 500, `the last step at ${last.x}`);
  });

  it('restores the persisted range', async () => {
    const panel = await shown({ width: 500 });
    await panel.tab.keyboard.press('+');
    await panel.settle();
    const before = await panel.placeOf(30);
    const memory = await panel.memory();
    const again = await shown({ width: 500, memory });
    assert.deepEqual(await again.placeOf(30), before);
  });
});
