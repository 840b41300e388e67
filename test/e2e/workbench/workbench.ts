import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { root } from '../../../scripts/project.mjs';
import { newest } from '../../../scripts/vscode/releases.mjs';
import { Debugging } from './debugging.ts';
import { Editor } from './editor.ts';
import { eventually, limitMs } from './eventually.ts';
import { Rows } from './rows.ts';

/** Where screenshots go; README's pictures are among them when PORTALS_MEDIA is set. */
export const results = join(root, 'test-results', 'e2e');
const media = join(root, 'media');

const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  contrast: 'Dark High Contrast',
  'light contrast': 'Light High Contrast',
};
export type Theme = keyof typeof themes;

/** A window of VS Code, used as a person uses it: by mouse, keys and what is in sight. */
export class Workbench {
  readonly page: Page;
  readonly debug: Debugging;
  readonly explorer: Rows;
  /** What its pictures are called after. */
  readonly title: string;
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, title: string) {
    this.#context = context;
    this.title = title;
    this.page = page;
    this.debug = new Debugging(page);
    this.explorer = new Rows(page.locator('.explorer-folders-view'));
  }

  /** Opens a fresh window, which remembers nothing of earlier ones. */
  static async open(browser: Browser, address: string, title: string): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
    const page = await context.newPage();
    const workbench = new Workbench(context, page, title);
    await page.goto(address);
    const files = page.locator('.explorer-folders-view .monaco-list-row');
    await files.first().waitFor({ timeout: limitMs * 2 });
    // Until then commands, themes and debuggers of extensions are not there to be chosen.
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
  async offered(button: string): Promise<void> {
    const label = `.editor-actions .action-label[aria-label^=${JSON.stringify(button)}]`;
    await this.page.locator(label).first().waitFor({ timeout: limitMs });
  }

  /**
   * Runs a command from the palette, by its title there. The palette closes when the window turns
   * to where an execution has stopped; a person opens it again.
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
    // By key: the toolbar of a session may float over the list.
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

  /** Waits until it is this that is asked for. */
  async asked(title: string): Promise<void> {
    const shown = this.page.locator('.quick-input-title', { hasText: title });
    await shown.waitFor({ timeout: limitMs });
  }

  /** What an open list of choices offers. */
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
  async notified(text: string): Promise<void> {
    const message = this.page.locator('.notification-list-item-message');
    await message
      .filter({ hasText: startingWith(text) })
      .first()
      .waitFor({ timeout: limitMs });
  }

  /** Waits until no notification is in sight. */
  async silent(): Promise<void> {
    const message = this.page.locator('.notification-toast .notification-list-item-message');
    await message.first().waitFor({ state: 'hidden', timeout: 8000 });
  }

  /** Presses a button of a notification. */
  async answer(button: string): Promise<void> {
    const buttons = this.page.locator('.notification-list-item-buttons-container .monaco-button');
    await buttons
      .filter({ hasText: startingWith(button) })
      .first()
      .click({ timeout: limitMs });
  }

  /** Waits until the status bar says so. */
  async told(text: string): Promise<void> {
    const item = this.page.locator('.statusbar-item', { hasText: text });
    await item.first().waitFor({ timeout: limitMs });
  }

  /** Waits until the open input says what is wrong with what was typed. */
  async warned(message: RegExp): Promise<void> {
    const told = this.page.locator('.quick-input-widget .quick-input-message');
    await told.filter({ hasText: message }).first().waitFor({ timeout: limitMs });
  }

  /** Waits until the cursor stands in the line, as the status bar tells. */
  async at(line: number): Promise<void> {
    const status = this.page.locator('.statusbar-item', { hasText: `Ln ${line}, ` });
    await status.first().waitFor({ timeout: limitMs });
  }

  /** The document of the webview in sight that has an element, such as `.topology` of its own. */
  async webview(selector: string): Promise<FrameLocator> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      for (const outer of await this.page.locator('iframe.webview.ready:visible').all()) {
        const inner = outer.contentFrame().frameLocator('#active-frame');
        if ((await inner.locator(selector).count()) > 0) return inner;
      }
      if (Date.now() > deadline) throw new Error(`no webview in sight has ${selector}`);
      await this.page.waitForTimeout(100);
    }
  }

  /** What the window and its webviews have loaded, for finding out why one shows nothing. */
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

  /** Keeps a picture of the window, also for the README when it is taken for that. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(results, { recursive: true });
    await this.page.screenshot({ path: join(results, `${this.title}-${name}.png`) });
  }

  /** Takes a picture for the README; does so only when PORTALS_MEDIA asks for new ones. */
  async picture(name: string): Promise<void> {
    await this.screenshot(name);
    // The README shows the newest release.
    if (!process.env['PORTALS_MEDIA'] || !this.title.startsWith(newest.version)) return;
    await this.page.screenshot({ path: join(media, `${name}.png`) });
  }

  #input(): Locator {
    return this.page.locator('.quick-input-widget input.input');
  }

  /** Names may begin with an icon, which screen readers are told and eyes are not. */
  #choice(label: string): Locator {
    const name = this.page.locator('.label-name', { hasText: startingWith(label) });
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ has: name }).first();
  }
}

function startingWith(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}
