import type { Page } from 'playwright-core';
import { eventually, limitMs } from './eventually.ts';
import { Rows } from './rows.ts';

/** What a window shows of a debug session: toolbar, Variables, Call Stack, Debug Console. */
export class Debugging {
  readonly #page: Page;
  readonly variables: Rows;
  readonly callStack: Rows;

  constructor(page: Page) {
    this.#page = page;
    this.variables = new Rows(page.locator('.debug-variables'));
    this.callStack = new Rows(page.locator('.debug-call-stack'));
  }

  /** Presses a button of the floating toolbar, by the start of its name. */
  async press(button: string): Promise<void> {
    const label = `.debug-toolbar .action-label[aria-label^=${JSON.stringify(button)}]`;
    await this.#page.locator(`${label}:not(.disabled)`).first().click({ timeout: limitMs });
  }

  /** The names of the toolbar's buttons, without their keys. */
  async buttons(): Promise<string[]> {
    const labels = await this.#page.locator('.debug-toolbar .action-label').all();
    const names = await Promise.all(labels.map((label) => label.getAttribute('aria-label')));
    return names.map((name) => (name ?? '').replace(/\s*[([].*/s, ''));
  }

  /** Waits until the Call Stack has a row that says so. */
  async stopped(label: string | RegExp): Promise<void> {
    await this.callStack.find(label);
  }

  /** Waits until no session is left. */
  async ended(): Promise<void> {
    await this.#page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: limitMs });
  }

  /** What the Debug Console shows, one string per row in sight. */
  async console(): Promise<string[]> {
    const rows = this.#page.locator('.repl .monaco-list-row .value');
    return (await rows.allTextContents()).map((text) => text.trimEnd());
  }

  /** Waits until the Debug Console shows a line that contains the text or matches. */
  async said(text: string | RegExp): Promise<void> {
    const matches = (line: string) =>
      typeof text === 'string' ? line.includes(text) : text.test(line);
    await eventually(
      `the Debug Console says ${text}`,
      () => this.console(),
      (lines) => lines.some(matches),
    );
  }
}
