import type { Page } from 'playwright-core';
import { eventually, limitMs } from './eventually.ts';
import { Rows } from './rows.ts';

/** Smaller differences need no drag. */
const DRAGGED_PIXELS = 12;

/** What a window shows of a debug session: toolbar, Variables, Call Stack, Debug Console. */
export class DebugPage {
  readonly #page: Page;
  readonly variables: Rows;
  readonly callStack: Rows;
  readonly console: Rows;
  readonly breakpoints: Rows;

  constructor(page: Page) {
    this.#page = page;
    this.variables = new Rows(page.locator('.debug-variables'));
    this.callStack = new Rows(page.locator('.debug-call-stack'));
    this.console = new Rows(page.locator('.repl-tree'));
    this.breakpoints = new Rows(page.locator('.debug-breakpoints'));
  }

  /**
   * Opens the view Run and Debug and makes room for the session.
   */
  async show(): Promise<void> {
    await this.#page.keyboard.press('Control+Shift+D');
    await this.#page.locator('.debug-call-stack').waitFor({ timeout: limitMs });
    for (const section of ['Watch', 'Breakpoints']) await this.#collapse(section);
    await this.#drag('.part.sidebar', { right: 420 });
    await this.#drag('.part.panel', { height: 200 });
  }

  /** Drags the edge of a part, so that the side bar has room for values, the editor for code. */
  async #drag(part: string, to: { right: number } | { height: number }): Promise<void> {
    const box = await this.#page.locator(part).boundingBox();
    if (!box) return;
    const [right, bottom] = [box.x + box.width, box.y + box.height];
    const off = 'right' in to ? right - to.right : box.height - to.height;
    if (Math.abs(off) < DRAGGED_PIXELS) return;
    const from = 'right' in to ? { x: right, y: box.y + 300 } : { x: box.x + 300, y: box.y - 2 };
    const end = 'right' in to ? { ...from, x: to.right } : { ...from, y: bottom - to.height };
    await this.#page.mouse.move(from.x, from.y);
    await this.#page.mouse.down();
    await this.#page.mouse.move(end.x, end.y, { steps: 5 });
    await this.#page.mouse.up();
  }

  async #collapse(section: string): Promise<void> {
    const header = this.#page.locator(`.pane-header[aria-label^="${section}"]`);
    if ((await header.getAttribute('aria-expanded')) !== 'true') return;
    await header.locator('.title').click();
    await header.and(this.#page.locator('[aria-expanded=false]')).waitFor({ timeout: limitMs });
  }

  /** Presses a button of the floating toolbar, by the start of its name. */
  async press(button: string): Promise<void> {
    const label = `.debug-toolbar .action-label[aria-label^=${JSON.stringify(button)}]`;
    await this.#page.locator(`${label}:not(.disabled)`).first().click({ timeout: limitMs });
  }

  /** Adds a breakpoint by name, typed into the view Breakpoints. */
  async addFunctionBreakpoint(name: string): Promise<void> {
    const section = this.#page.locator('.pane-header[aria-label^="Breakpoints"]');
    if ((await section.getAttribute('aria-expanded')) === 'false') {
      await section.locator('.title').click();
    }
    await section.hover();
    await this.#page.locator('.action-label[aria-label^="Add Function Breakpoint"]').click();
    await this.#enter(name);
    await this.breakpoints.find(name);
  }

  /** Types a line into the Debug Console. */
  async type(line: string): Promise<void> {
    const input = this.#page.locator('.repl-input-wrapper .monaco-editor').first();
    await input.click();
    await this.#page.keyboard.type(line);
    // Escape closes the suggestions.
    await this.#page.keyboard.press('Escape');
    await this.#page.keyboard.press('Enter');
  }

  /** The completions of a text in the Debug Console; clears the text afterwards. */
  async completions(text: string): Promise<string[]> {
    await this.#page.locator('.repl-input-wrapper .monaco-editor').first().click();
    await this.#page.keyboard.type(text);
    const offered = this.#page.locator('.repl-input-wrapper .suggest-widget.visible');
    await this.#page.keyboard.press('Control+Space');
    await offered.locator('.monaco-list-row').first().waitFor({ timeout: limitMs });
    const labels = await new Rows(offered).labels();
    await this.#page.keyboard.press('Escape');
    await this.#page.keyboard.press('Control+A');
    await this.#page.keyboard.press('Delete');
    return labels;
  }

  /** Fills in the condition of the breakpoint whose _Edit Condition_ was chosen. */
  async editCondition(condition: string): Promise<void> {
    await this.#enter(condition);
  }

  /** Types into the input that is open in the view Breakpoints. */
  async #enter(text: string): Promise<void> {
    const input = this.#page.locator('.debug-breakpoints input.input');
    await eventually(
      'the input is visible',
      async () => {
        if ((await input.count()) === 0) await this.breakpoints.scroll();
        return input.count();
      },
      (count) => count > 0,
    );
    await input.fill(text);
    await input.press('Enter');
    await input.waitFor({ state: 'hidden', timeout: limitMs });
  }

  /** The names of the toolbar's buttons, without their keys. */
  async buttons(): Promise<string[]> {
    const labels = await this.#page.locator('.debug-toolbar .action-label').all();
    const names = await Promise.all(labels.map((label) => label.getAttribute('aria-label')));
    return names.map((name) => (name ?? '').replace(/\s*[([].*/s, ''));
  }

  /**
   * Waits until the window shows the current line and the editor has the focus.
   */
  async paused(): Promise<void> {
    const line = '.monaco-editor.focused .debug-top-stack-frame-line';
    const mark = this.#page.locator(`${line}, .exception-widget`);
    await mark.first().waitFor({ timeout: limitMs });
  }

  /** Waits until the Call Stack has a row that says so, and the window has followed. */
  async stopped(label: string | RegExp): Promise<void> {
    await this.callStack.find(label);
    await this.paused();
  }

  /** Waits until no session is left. */
  async ended(): Promise<void> {
    await this.#page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: limitMs });
  }

  /** Waits until the Debug Console has a line that begins so, or matches. */
  async consoleShows(line: string | RegExp): Promise<void> {
    await this.console.find(line);
  }
}
