import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../scripts/project.mjs';

const SCREENSHOTS = join(root, 'test-results', 'webview');

/** A panel as its host and its user have it. The host tells it `Told`, and it sends `Sent`. */
export class PanelPage<Told, Sent> {
  readonly tab: Page;
  /** Errors of the page, violations of its security policy among them. */
  readonly problems: string[];

  constructor(tab: Page, problems: string[]) {
    this.tab = tab;
    this.problems = problems;
  }

  /** Sends a message as the extension would. */
  async tell(message: Told): Promise<void> {
    await this.tab.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
    await this.settle();
  }

  /** The texts of an element, as far as they can be seen. */
  async text(selector: string): Promise<string> {
    return this.tab.locator(selector).innerText();
  }

  /** A property of the computed style of the first element that matches. */
  async style(selector: string, property: string): Promise<string> {
    return this.tab.evaluate<string>(
      `getComputedStyle(document.querySelector('${selector}')).${property}`,
    );
  }

  /** How long the panel takes from a message to its being painted, in milliseconds. */
  async timed(message: Told): Promise<number> {
    return this.tab.evaluate<number>(`new Promise((done) => {
      const start = performance.now();
      window.postMessage(${JSON.stringify(message)}, '*');
      const painted = () => setTimeout(() => done(performance.now() - start));
      setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(painted)));
    })`);
  }

  /** Drags the picture about for a while; answers how many frames a second the page makes. */
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

  /** What the panel has sent so far. */
  async sent(): Promise<Sent[]> {
    return this.tab.evaluate<Sent[]>('window.sent');
  }

  /** What the panel has left with `setState`. */
  async memory(): Promise<unknown> {
    return this.tab.evaluate<unknown>('window.memory');
  }

  /** Keeps a picture of the panel for people to look at. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.tab.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }

  /** Waits until the panel has painted what it was told. */
  async settle(): Promise<void> {
    await this.tab.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))',
    );
  }
}
