import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseFault } from '../../../runtime/index.ts';
import type { PanelBrowser } from '../panel-browser.ts';
import { THEMES } from '../themes.ts';
import { shopAfter } from './histories.ts';
import { launchTimeline, type TimelinePage } from './timeline-page.ts';

const SIZE = { width: 1150, height: 260 };

describe('timeline content', () => {
  let browser: PanelBrowser<TimelinePage>;
  before(async () => {
    browser = await launchTimeline();
  });
  after(() => browser.close());

  it('shows one lane per unit and one mark per step under VS Code’s security policy', async () => {
    const panel = await browser.open(SIZE);
    await panel.show(shopAfter(20));
    const names = await panel.tab.locator('.lane-label').allInnerTexts();
    assert.deepEqual(names, [
      ...['clicks', 'restock', 'inventory', 'cart'],
      ...['checkouts', 'orders', 'events', 'analytics'],
    ]);
    assert.equal((await panel.steps()).length, 20);
    assert.deepEqual(panel.problems, []);
  });

  it('shows actions by shape, and crashes', async () => {
    const panel = await browser.open(SIZE);
    await panel.show(shopAfter(20));
    assert.deepEqual(await panel.steps('requests'), [2, 11]);
    assert.deepEqual(await panel.steps('replies'), [3, 12]);
    assert.deepEqual(await panel.steps('seal'), [8, 17]);
    const shapes = await panel.tab.evaluate<number>(
      "new Set([...document.querySelectorAll('.plot .step')].map((m) => m.getAttribute('d'))).size",
    );
    assert.equal(shapes, 5);
    assert.equal(await panel.tab.locator('.plot .bolt').count(), 1);
    assert.equal(await panel.tab.locator('.plot .link').count(), 4);
  });

  it('shows the current position, the future, and that it is in the past', async () => {
    const panel = await browser.open(SIZE);
    await panel.show(shopAfter(30, 57));
    assert.equal(await panel.text('.step-number'), 'Step 30 of 57');
    assert.equal(await panel.text('.pill'), 'in the past');
    const future = await panel.steps('future');
    assert.deepEqual([future[0], future.length], [30, 27]);
    assert.equal(await panel.text('.doing'), 'next: cart takes replies from portal inventory');
    await panel.show(shopAfter(57));
    assert.equal(await panel.text('.step-number'), 'Step 57');
    assert.equal(await panel.tab.locator('.pill').isVisible(), false);
    assert.deepEqual(await panel.steps('future'), []);
  });

  it('shows branches if there are several and marks the current one', async () => {
    const panel = await browser.open(SIZE);
    await panel.show(shopAfter(30, 57));
    assert.equal(await panel.tab.locator('.branch').count(), 0);
    const branches = [
      { id: 0, at: 0, steps: 44, reason: 'launch' },
      { id: 1, parent: 0, at: 26, steps: 57, reason: 'cart of key 7 was edited' },
    ];
    await panel.show(shopAfter(30, 57, { branch: 1, branches }), 2);
    const texts = await panel.tab.locator('.branch text').allTextContents();
    assert.deepEqual(texts, ['Original history', 'Branch 1: cart of key 7 was edited']);
    const current = panel.tab.locator('.branch.current text');
    assert.match((await current.textContent()) ?? '', /^Branch 1/);
    // Branch rows take height from the lanes, which stay visible.
    const seen = 'document.querySelector(".chart")';
    const isWhole = await panel.tab.evaluate(`${seen}.scrollHeight <= ${seen}.clientHeight`);
    assert.equal(isWhole, true);
  });

  it('replaces the content for another history', async () => {
    const panel = await browser.open(SIZE);
    await panel.show(shopAfter(40));
    const short = shopAfter(10);
    await panel.show(short, 2);
    assert.equal((await panel.steps()).length, 10);
    // A late answer belongs to the previous history.
    await panel.send({
      type: 'steps',
      historyVersion: 1,
      start: 10,
      items: shopAfter(30).history.slice(10),
    });
    assert.equal((await panel.steps()).length, 10);
  });

  it('shows a million steps as densities and queries only what the screen shows', async () => {
    const panel = await browser.open(SIZE);
    const shop = shopAfter(700_000, 1_000_000);
    await panel.show(shop);
    await panel.tab.keyboard.press('0');
    await panel.settle();
    await panel.answer(shop.history);
    assert.deepEqual(await panel.steps(), []);
    assert.equal(await panel.tab.locator('.plot .density').count(), 2 * shop.lanes.length);
    const asked = (await panel.sent()).filter(({ type }) => type.startsWith('query'));
    assert.ok(asked.length <= 4, JSON.stringify(asked));
    const frames = await panel.framesWhileDragging();
    assert.ok(frames >= 30, `${frames.toFixed(0)} frames a second`);
  });

  it('queries the history only while the app is stopped', async () => {
    const panel = await browser.open(SIZE);
    const { status, ...rest } = shopAfter(50);
    const { stopped, ...running } = status;
    await panel.show({ ...rest, status: running });
    assert.equal(
      (await panel.sent()).some(({ type }) => type === 'querySteps'),
      false,
    );
    assert.equal(await panel.text('.doing'), 'running');
    await panel.show({ ...rest, status: { ...running, ...(stopped && { stopped }) } });
    assert.equal((await panel.steps()).length, 50);
  });

  it('queries the history of an ended session, which the host has recorded', async () => {
    const panel = await browser.open(SIZE);
    const { status, ...rest } = shopAfter(50);
    const { stopped: _, ...ended } = status;
    await panel.show({ ...rest, status: ended });
    await panel.send({ type: 'session', session: { state: 'ended' }, seekable: false });
    await panel.answer(rest.history);
    assert.equal((await panel.steps()).length, 50);
  });

  it('marks a crash of the current step and its attempt', async () => {
    const panel = await browser.open(SIZE);
    const choice = { unit: '/shop/workflows/cart', action: 'atom', label: 'cart atom' } as const;
    const lastCrash = {
      unit: choice.unit,
      step: 12,
      fault: parseFault(`crash:${choice.unit}@vote`),
      outcome: 'back' as const,
      recovered: false,
    };
    await panel.show(shopAfter(12, 12, { choice, attempt: 2, phase: 'recovering', lastCrash }));
    assert.equal(await panel.tab.locator('.plot .pending .bolt').count(), 1);
    const title = await panel.tab.locator('.plot .pending title').textContent();
    assert.equal(title, 'Now: cart processes an atom, attempt 2; crashed at vote');
  });

  it('shows no empty state while the status of a running session is missing', async () => {
    const panel = await browser.open(SIZE);
    assert.equal(await panel.tab.locator('.empty-state').isVisible(), false);
    await panel.send({ type: 'session', session: { state: 'running' }, seekable: true });
    assert.equal(await panel.tab.locator('.empty-state').isVisible(), false);
  });

  it('shows empty states and that a session has ended', async () => {
    const panel = await browser.open(SIZE);
    await panel.send({ type: 'session', session: { state: 'none' }, seekable: false });
    assert.match(await panel.text('.empty-state'), /No portal app is running.*press F5/s);
    await panel.tab.locator('button', { hasText: 'Open an Example' }).click();
    await panel.send({ type: 'session', session: { state: 'starting' }, seekable: false });
    assert.match(await panel.text('.empty-state'), /The app is starting/);
    await panel.show(shopAfter(5));
    assert.equal(await panel.tab.locator('.empty-state').isVisible(), false);
    await panel.send({ type: 'session', session: { state: 'ended' }, seekable: true });
    assert.match(await panel.text('.header-strip'), /The session has ended/);
    await panel.tab.locator('button', { hasText: 'Run again' }).click();
    const started = (await panel.sent()).filter(({ type }) => type === 'start');
    assert.deepEqual(started, [
      { type: 'start', what: 'example' },
      { type: 'start', what: 'again' },
    ]);
  });

  for (const theme of THEMES) {
    it(`in the theme ${theme}: marks, present and names stand out`, async () => {
      const panel = await browser.open({ ...SIZE, theme });
      await panel.show(shopAfter(30, 57));
      const ground = await panel.style('body', 'backgroundColor');
      for (const [selector, property] of [
        ['.step.atom', 'fill'],
        ['.step.requests', 'fill'],
        ['.present', 'stroke'],
        ['.lane-name', 'color'],
      ] as const) {
        const colour = await panel.style(selector, property);
        assert.notEqual(colour, ground, `${selector} in ${theme}`);
      }
      await panel.screenshot(`timeline-${theme}`);
    });
  }
});
