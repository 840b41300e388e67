import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { panelHtml } from '../../extension/panel/html.ts';
import { chromiumFlags, ensureChromium } from '../../scripts/vscode/chromium.mjs';
import { builtFile } from '../built-file.ts';
import { type Theme, themeStyle } from './themes.ts';

const DIST = builtFile('webview');
const NONCE = 'aNonceOfTheTest';
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  ttf: 'font/ttf',
};

export interface PanelOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** The persisted state of an earlier panel. */
  readonly memory?: unknown;
}

/** Makes a tab the page of a panel; `problems` are errors of the page as they occur. */
type MakePage<OpenedPage> = new (tab: Page, problems: string[]) => OpenedPage;

/** A browser with a built panel in it, hosted as VS Code hosts a webview. */
export class PanelBrowser<OpenedPage> {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #origin: string;
  readonly #Page: MakePage<OpenedPage>;

  private constructor(
    server: Server,
    browser: Browser,
    origin: string,
    Page: MakePage<OpenedPage>,
  ) {
    this.#Page = Page;
    this.#server = server;
    this.#browser = browser;
    this.#origin = origin;
  }

  /** Serves the panel whose bundle is called `name`. */
  static async launch<OpenedPage>(
    name: string,
    Page: MakePage<OpenedPage>,
  ): Promise<PanelBrowser<OpenedPage>> {
    const server = createServer((request, response) => {
      const file = (request.url ?? '').slice(1).replace(/\?.*$/, '');
      if (!/^[a-z]+\.(css|js|ttf)$/.test(file)) {
        response.writeHead(file === 'panel' ? 200 : 404, { 'content-type': 'text/html' });
        response.end(file === 'panel' ? page(name, origin) : '');
        return;
      }
      response.writeHead(200, { 'content-type': TYPES[file.split('.').at(-1) ?? ''] });
      response.end(readFileSync(join(DIST, file)));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const executablePath = await ensureChromium();
    const browser = await chromium.launch({ executablePath, args: chromiumFlags });
    return new PanelBrowser(server, browser, origin, Page);
  }

  async open(options: PanelOptions = {}): Promise<OpenedPage> {
    const { theme = 'dark', width = 1100, height = 700, reducedMotion, memory } = options;
    const context: BrowserContextOptions = {
      viewport: { width, height },
      reducedMotion: reducedMotion === true ? 'reduce' : 'no-preference',
    };
    const tab = await this.#browser.newPage(context);
    const problems: string[] = [];
    tab.on('pageerror', (error) => problems.push(error.message));
    tab.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    const contrast = theme === 'high-contrast-light' ? ' vscode-high-contrast' : '';
    const body = { style: themeStyle(theme), className: `vscode-${theme}${contrast}` };
    await tab.addInitScript({ content: preparation(body, memory) });
    await tab.goto(`${this.#origin}/panel`);
    return new this.#Page(tab, problems);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await new Promise((done) => this.#server.close(done));
  }
}

/** The page the extension makes, with this server's addresses in it. */
function page(name: string, origin: string): string {
  return panelHtml({
    title: name,
    cspSource: origin,
    script: `${origin}/${name}.js`,
    style: `${origin}/${name}.css`,
    icons: `${origin}/codicon.css`,
    nonce: NONCE,
  });
}

/**
 * What VS Code puts into a webview before the page's own script: its API and its theme. Text,
 * because a compiled function could refer to what the compiler added outside of it.
 */
function preparation(body: { style: string; className: string }, memory: unknown): string {
  return `
    window.sent = [];
    window.memory = ${JSON.stringify(memory)};
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => window.sent.push(message),
      getState: () => window.memory,
      setState: (state) => { window.memory = state; },
    });
    const observer = new MutationObserver(() => {
      if (document.body === null) return;
      for (const declaration of ${JSON.stringify(body.style)}.split('; ')) {
        const colon = declaration.indexOf(': ');
        const value = declaration.slice(colon + 2);
        document.documentElement.style.setProperty(declaration.slice(0, colon), value);
      }
      document.body.className = ${JSON.stringify(body.className)};
      observer.disconnect();
    });
    observer.observe(document, { childList: true, subtree: true });
  `;
}
