import type { Locator, Page } from 'playwright-core';
import { eventually, limitMs } from './eventually.ts';
import { takeFromMenu } from './rows.ts';

/** The maximum number of sticky lines that cover the visible lines. */
const stickyLines = 6;
const linePixels = 19;

/** The editor of one open file. */
export class Editor {
  readonly #page: Page;
  readonly #root: Locator;

  constructor(page: Page, file: string) {
    this.#page = page;
    this.#root = page.locator(`.monaco-editor[data-uri$=${JSON.stringify(`/${file}`)}]`).first();
  }

  /** Waits until the text is there. */
  async ready(): Promise<void> {
    await this.#root.locator('.view-line').first().waitFor({ timeout: limitMs });
  }

  /** Sets a breakpoint by a click in the gutter, beside the line's number. */
  async setBreakpoint(line: number): Promise<void> {
    const { x, y } = await this.#gutter(line);
    // The gutter shows a faint dot where a click sets a breakpoint; until then, one does nothing.
    await eventually(
      `the gutter takes a breakpoint on line ${line}`,
      async () => {
        await this.#page.mouse.move(x + 3, y + 3);
        await this.#page.mouse.move(x, y);
        return this.#root.locator('.margin .codicon-debug-hint').count();
      },
      (hints) => hints > 0,
    );
    await this.#toggle(line, 1);
  }

  /** Sets a breakpoint with a condition or a message, by the menu of the gutter. */
  async setBreakpointThat(item: string, line: number, text: string): Promise<void> {
    const { x, y } = await this.#gutter(line);
    await this.#page.mouse.click(x, y, { button: 'right' });
    await takeFromMenu(this.#page, item);
    const input = this.#page.locator('.breakpoint-widget .monaco-editor').first();
    await input.and(this.#page.locator('.focused')).waitFor({ timeout: limitMs });
    await this.#page.keyboard.type(text);
    await this.#page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden', timeout: limitMs });
  }

  /** Puts the cursor into a line. */
  async goTo(line: number): Promise<void> {
    await this.#page.keyboard.press('Control+G');
    await this.#page.locator('.quick-input-widget input.input').fill(`:${line}`);
    await this.#page.keyboard.press('Enter');
    const status = this.#page.locator('.statusbar-item', { hasText: `Ln ${line}, ` });
    await status.first().waitFor({ timeout: limitMs });
  }

  async removeBreakpoint(line: number): Promise<void> {
    await this.#toggle(line, -1);
  }

  /** How many breakpoints are visible, verified or not. */
  async breakpoints(): Promise<number> {
    return this.#root.locator('.margin [class*="codicon-debug-breakpoint"]').count();
  }

  async #toggle(line: number, change: 1 | -1): Promise<void> {
    const { x, y } = await this.#gutter(line);
    const before = await this.breakpoints();
    await this.#page.mouse.click(x, y);
    await eventually(
      `breakpoints after a click on line ${line}, where ${before} were before`,
      () => this.breakpoints(),
      (count) => count === before + change,
    );
  }

  /** The point beside a line's number, after scrolling to the line. */
  async #gutter(line: number): Promise<{ x: number; y: number }> {
    await eventually(
      `line ${line} is visible`,
      async () => {
        const [first, last] = await this.#linesInSight();
        const inSight = (first === 1 || line >= first + stickyLines) && line < last - 1;
        if (!inSight) await this.#scroll((line - (first + last) / 2) * linePixels);
        return inSight;
      },
      (inSight) => inSight,
    );
    const number = this.#root.locator('.margin .line-numbers', { hasText: RegExp(`^${line}$`) });
    const box = await number.boundingBox();
    if (!box) throw new Error(`Line ${line} is not visible.`);
    return { x: box.x - 8, y: box.y + box.height / 2 };
  }

  async #linesInSight(): Promise<[number, number]> {
    const numbers = await this.#root.locator('.margin .line-numbers').allTextContents();
    const lines = numbers.map(Number);
    return [Math.min(...lines), Math.max(...lines)];
  }

  async #scroll(pixels: number): Promise<void> {
    const box = await this.#root.boundingBox();
    if (!box) throw new Error('The editor is not visible.');
    await this.#page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.#page.mouse.wheel(0, pixels);
  }
}
