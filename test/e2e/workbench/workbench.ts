import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { root } from '../../../scripts/project.mjs';
import { newest } from '../../../scripts/vscode/releases.mjs';
import { DebugPage } from './debugging.ts';
import { Editor } from './editor.ts';
import { eventually, limitMs } from './eventually.ts';
import { Rows } from './rows.ts';

/** The folder for screenshots. */
export const results = join(root, 'test-results', 'e2e');
const media = join(root, 'media');

const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  contrast: 'Dark High Contrast',
  'light contrast': 'Light High Contrast',
};
export type Theme = keyof typeof themes;

/** A window of VS Code, driven by mouse, keyboard and visible content. */
export class Workbench {
  readonly page: Page;
  readonly debug: DebugPage;
  readonly explorer: Rows;
  /** The prefix of its screenshots. */
  readonly title: string;
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, title: string) {
    this.#context = context;
    this.title = title;
    this.page = page;
    this.debug = new DebugPage(page);
    this.explorer = new Rows(page.locator('.explorer-folders-view'));
  }

  /** Opens a window without state of earlier ones. */
  static async open(browser: Browser, address: string, title: string): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
    const page = await context.newPage();
    const workbench = new Workbench(context, page, title);
    await page.goto(address);
    const files = page.locator('.explorer-folders-view .monaco-list-row');
    await files.first().waitFor({ timeout: limitMs * 2 });
    // Commands, themes and debuggers of extensions are available only then.
    const loaded = "performance.getEntriesByName('code/didLoadExtensions').length > 0";
    await page.waitForFunction(loaded, undefined, { timeout: limitMs });
    return workbench;
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  /** Opens a file of the folder from the Explorer. */
  async openFile(name: string): Promise<Editor> {
    await this.page.locator('.explorer-folders-view').waitFor({ timeout: limitMs });
    await (await this.explorer.find(name)).dblclick();
    const editor = new Editor(this.page, name);
    await editor.ready();
    return editor;
  }

  /** The editor of a file that is open. */
  editor(name: string): Editor {
    return new Editor(this.page, name);
  }

  async key(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  /** Waits until the editor's title bar has the button, and does not press it. */
  async hasEditorAction(button: string): Promise<void> {
    const label = `.editor-actions .action-label[aria-label^=${JSON.stringify(button)}]`;
    await this.page.locator(label).first().waitFor({ timeout: limitMs });
  }

  /**
   * Runs a command from the palette, by its title there. The palette may close when the window
   * reveals a stop; this opens it again.
   */
  async command(title: string): Promise<void> {
    const row = this.#choice(title);
    await eventually(
      `the palette offers ${title}`,
      async () => {
        if (!(await this.#input().isVisible())) await this.key('F1');
        await this.#input()
          .fill(`>${title}`, { timeout: 1000 })
          .catch(() => undefined);
        return row.isVisible();
      },
      (isOffered) => isOffered,
    );
    // By keyboard: the debug toolbar may cover the list.
    await eventually(
      `the keyboard is at ${title}`,
      async () => {
        const isAt = (await row.getAttribute('class'))?.includes('focused') ?? false;
        if (!isAt) await this.key('ArrowDown');
        return isAt;
      },
      (isAt) => isAt,
    );
    await this.key('Enter');
  }

  /** Takes the item of an open list of choices whose label starts so. */
  async pick(label: string): Promise<void> {
    await this.#choice(label).click({ timeout: limitMs });
  }

  /** Narrows an open list of choices, or fills in an input. */
  async type(text: string): Promise<void> {
    await this.#input().fill(text);
  }

  /** Waits for a quick input with this title. */
  async showsQuickInput(title: string): Promise<void> {
    const shown = this.page.locator('.quick-input-title', { hasText: title });
    await shown.waitFor({ timeout: limitMs });
  }

  /** The labels of the open quick pick. */
  async choices(): Promise<string[]> {
    await this.#choice('').waitFor({ timeout: limitMs });
    return new Rows(this.page.locator('.quick-input-list')).labels();
  }

  async theme(theme: Theme): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.type(themes[theme]);
    await this.pick(themes[theme]);
    const kinds = {
      light: 'vs',
      dark: 'vs-dark',
      contrast: 'hc-black',
      'light contrast': 'hc-light',
    };
    const kind = kinds[theme];
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor({ timeout: limitMs });
  }

  /** Waits for a notification that begins so. */
  async hasNotification(text: string): Promise<void> {
    const message = this.page.locator('.notification-list-item-message');
    await message
      .filter({ hasText: startingWith(text) })
      .first()
      .waitFor({ timeout: limitMs });
  }

  /** Waits until no notification is visible. */
  async hasNoNotification(): Promise<void> {
    const message = this.page.locator('.notification-toast .notification-list-item-message');
    await message.first().waitFor({ state: 'hidden', timeout: 8000 });
  }

  /** Presses a button of a notification. */
  async pressNotificationButton(button: string): Promise<void> {
    const buttons = this.page.locator('.notification-list-item-buttons-container .monaco-button');
    await buttons
      .filter({ hasText: startingWith(button) })
      .first()
      .click({ timeout: limitMs });
  }

  /** Waits until the status bar contains `text`. */
  async statusBarShows(text: string): Promise<void> {
    const item = this.page.locator('.statusbar-item', { hasText: text });
    await item.first().waitFor({ timeout: limitMs });
  }

  /** Waits for a validation message of the open input. */
  async showsValidation(message: RegExp): Promise<void> {
    const shown = this.page.locator('.quick-input-widget .quick-input-message');
    await shown.filter({ hasText: message }).first().waitFor({ timeout: limitMs });
  }

  /** Waits until the cursor is on the line. */
  async cursorIsAt(line: number): Promise<void> {
    const status = this.page.locator('.statusbar-item', { hasText: `Ln ${line}, ` });
    await status.first().waitFor({ timeout: limitMs });
  }

  /** The document of the webview visible that has an element, such as `.topology` of its own. */
  async webview(selector: string): Promise<FrameLocator> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      for (const outer of await this.page.locator('iframe.webview.ready:visible').all()) {
        const inner = outer.contentFrame().frameLocator('#active-frame');
        if ((await inner.locator(selector).count()) > 0) return inner;
      }
      if (Date.now() > deadline) throw new Error(`no webview visible has ${selector}`);
      await this.page.waitForTimeout(100);
    }
  }

  /** The content of the window and its webviews, for diagnosing failures. */
  async frames(): Promise<string> {
    const read = this.page.frames().map(async (frame) => {
      const html = await frame.content().catch(String);
      const isWindow = frame === this.page.mainFrame();
      return `${frame.url()}\n${isWindow ? '' : html.slice(0, 5000)}\n`;
    });
    const markup = await this.page
      .locator('iframe')
      .evaluateAll((all) => all.map((frame) => frame.outerHTML.slice(0, 500)));
    return [...(await Promise.all(read)), ...markup].join('\n');
  }

  /** Takes a screenshot of the window. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(results, { recursive: true });
    await this.page.screenshot({ path: join(results, `${this.title}-${name}.png`) });
  }

  /** Takes a screenshot; also updates the README image if PORTALS_MEDIA is set. */
  async picture(name: string): Promise<void> {
    await this.screenshot(name);
    // The README shows the newest release.
    if (!process.env['PORTALS_MEDIA'] || !this.title.startsWith(newest.version)) return;
    await this.page.screenshot({ path: join(media, `${name}.png`) });
  }

  #input(): Locator {
    return this.page.locator('.quick-input-widget input.input');
  }

  /** Labels may start with an icon, which is part of the text. */
  #choice(label: string): Locator {
    const name = this.page.locator('.label-name', { hasText: startingWith(label) });
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ has: name }).first();
  }
}

function startingWith(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}
