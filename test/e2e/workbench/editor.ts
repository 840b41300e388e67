import type { Locator, Page } from 'playwright-core';
import { eventually, limitMs } from './eventually.ts';

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

  async focus(): Promise<void> {
    await this.#root.locator('.view-line').first().click();
  }

  /** Brings a line into sight, as Go to Line does. */
  async reveal(line: number): Promise<void> {
    await this.focus();
    await this.#page.keyboard.press('Control+g');
    const input = this.#page.locator('.quick-input-widget input.input');
    await input.fill(`:${line}`);
    await input.press('Enter');
    await this.#lineNumber(line).waitFor({ timeout: limitMs });
  }

  /** Sets or removes a breakpoint by a click in the gutter, beside the line's number. */
  async toggleBreakpoint(line: number): Promise<void> {
    await this.reveal(line);
    const number = await this.#lineNumber(line).boundingBox();
    if (!number) throw new Error(`Line ${line} is out of sight.`);
    const x = number.x - 8;
    const y = number.y + number.height / 2;
    const before = await this.breakpoints();
    // The gutter shows a faint dot where a click sets a breakpoint; until then, one does nothing.
    const dot = this.#root.locator('.codicon-debug-hint, .codicon-debug-breakpoint');
    await eventually(
      `the gutter takes a breakpoint on line ${line}`,
      async () => {
        await this.#page.mouse.move(x + 3, y + 3);
        await this.#page.mouse.move(x, y);
        return dot.count();
      },
      (count) => count > before,
    );
    await this.#page.mouse.click(x, y);
    await eventually(
      `a breakpoint on line ${line} toggles`,
      () => this.breakpoints(),
      (count) => count !== before,
    );
  }

  /** How many breakpoints are in sight, verified or not. */
  async breakpoints(): Promise<number> {
    return this.#root.locator('.margin [class*="codicon-debug-breakpoint"]').count();
  }

  /** The number of the line where execution stands, once it is in sight. */
  async stoppedLine(): Promise<number> {
    const glyph = this.#root.locator('.margin [class*="codicon-debug-stackframe"]').first();
    const mark = await glyph.boundingBox({ timeout: limitMs });
    const numbers = await this.#root.locator('.line-numbers').all();
    for (const number of numbers) {
      const box = await number.boundingBox();
      if (box && mark && Math.abs(box.y - mark.y) < 4) return Number(await number.textContent());
    }
    throw new Error('The line where execution stands is out of sight.');
  }

  #lineNumber(line: number): Locator {
    return this.#root.locator('.margin .line-numbers', { hasText: new RegExp(`^${line}$`) });
  }
}
