import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../scripts/project.mjs';

const SCREENSHOTS = join(root, 'test-results', 'webview');

/** A panel as its host and its user see it. `Received` and `Sent` are its messages. */
export class PanelPage<Received, Sent> {
  readonly tab: Page;
  /** Errors of the page, violations of its security policy among them. */
  readonly problems: string[];

  constructor(tab: Page, problems: string[]) {
    this.tab = tab;
    this.problems = problems;
  }

  /** Sends a message as the extension would. */
  async send(message: Received): Promise<void> {
    await this.tab.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
    await this.settle();
  }

  /** The visible text of an element. */
  async text(selector: string): Promise<string> {
    return this.tab.locator(selector).innerText();
  }

  /** A property of the computed style of the first element that matches. */
  async style(selector: string, property: string): Promise<string> {
    return this.tab.evaluate<string>(
      `getComputedStyle(document.querySelector('${selector}')).${property}`,
    );
  }

  /** Milliseconds from a message to the paint. */
  async timed(message: Received): Promise<number> {
    return this.tab.evaluate<number>(`new Promise((done) => {
      const start = performance.now();
      window.postMessage(${JSON.stringify(message)}, '*');
      const painted = () => setTimeout(() => done(performance.now() - start));
      setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(painted)));
    })`);
  }

  /** Drags the diagram for a while; returns the frames per second. */
  async framesWhileDragging(): Promise<number> {
    const { mouse } = this.tab;
    await mouse.move(500, 400);
    await mouse.down();
    await this.tab.evaluate(`{
      window.frames_ = [];
      const count = (time) => { window.frames_.push(time); requestAnimationFrame(count); };
      requestAnimationFrame(count);
    }`);
    for (let turn = 0; turn < 40; turn += 1) {
      await mouse.move(500 + 150 * Math.sin(turn / 4), 400 + 90 * Math.cos(turn / 4));
    }
    await mouse.up();
    return this.tab.evaluate<number>(
      '(window.frames_.length - 1) * 1000 / (window.frames_.at(-1) - window.frames_[0])',
    );
  }

  /** The messages that the panel has sent. */
  async sent(): Promise<Sent[]> {
    return this.tab.evaluate<Sent[]>('window.sent');
  }

  /** The state that the panel has persisted. */
  async memory(): Promise<unknown> {
    return this.tab.evaluate<unknown>('window.memory');
  }

  /** Takes a screenshot for review. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.tab.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }

  /** Waits until the panel has painted. */
  async settle(): Promise<void> {
    await this.tab.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))',
    );
  }
}
