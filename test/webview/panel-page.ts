import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { StatusBody } from '../../debug-adapter/protocol.ts';
import { panelHtml } from '../../extension/topology/html.ts';
import { type Direction, type Layout, layoutTopology } from '../../layout/index.ts';
import type { Topology } from '../../runtime/index.ts';
import { chromiumFlags, ensureChromium } from '../../scripts/vscode/chromium.mjs';
import type { HostMessage, PanelMessage, PanelSession } from '../../webview/topology/messages.ts';
import { type Theme, themeStyle } from './themes.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const DIST = join(ROOT, 'dist', 'webview');
const SCREENSHOTS = join(ROOT, 'test-results', 'webview');
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
  /** What an earlier panel left behind with `setState`. */
  readonly memory?: unknown;
}

/** A browser with the built panel in it, hosted as VS Code hosts a webview. */
export class PanelBrowser {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #origin: string;

  private constructor(server: Server, browser: Browser, origin: string) {
    this.#server = server;
    this.#browser = browser;
    this.#origin = origin;
  }

  static async launch(): Promise<PanelBrowser> {
    const server = createServer((request, response) => {
      const name = (request.url ?? '').slice(1);
      if (!/^(topology|codicon)\.(css|js|ttf)$/.test(name.replace(/\?.*$/, ''))) {
        response.writeHead(name === 'panel' ? 200 : 404, { 'content-type': 'text/html' });
        response.end(name === 'panel' ? page(origin) : '');
        return;
      }
      const file = name.replace(/\?.*$/, '');
      response.writeHead(200, { 'content-type': TYPES[file.split('.').at(-1) ?? ''] });
      response.end(readFileSync(join(DIST, file)));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const executablePath = await ensureChromium();
    const browser = await chromium.launch({ executablePath, args: chromiumFlags });
    return new PanelBrowser(server, browser, origin);
  }

  async open(options: PanelOptions = {}): Promise<PanelPage> {
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
    return new PanelPage(tab, problems);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await new Promise((done) => this.#server.close(done));
  }
}

/** The panel as its host and its user have it. */
export class PanelPage {
  readonly tab: Page;
  /** Errors of the page, violations of its security policy among them. */
  readonly problems: string[];

  constructor(tab: Page, problems: string[]) {
    this.tab = tab;
    this.problems = problems;
  }

  /** Sends a message as the extension would. */
  async tell(message: HostMessage): Promise<void> {
    await this.tab.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
    await this.settle();
  }

  /** Shows `topology`, laid out for real, and a status of it. */
  async show(
    topology: Topology,
    status?: StatusBody,
    direction: Direction = 'right',
    session: PanelSession = { state: 'running', name: 'shop.js' },
  ): Promise<void> {
    const layout = await this.layoutOf(topology, direction);
    const sites = Object.fromEntries(
      [...topology.nodes, ...topology.edges].map((item) => [
        'path' in item ? item.path : item.id,
        `app.js:${item.site?.line}`,
      ]),
    );
    await this.tell({ type: 'session', session });
    await this.tell({ type: 'layout', key: `${topology.applications[0]?.path}`, layout, sites });
    if (status !== undefined) await this.tell({ type: 'status', status });
  }

  layoutOf(topology: Topology, direction: Direction = 'right'): Promise<Layout> {
    return layoutTopology(topology, direction);
  }

  /** The texts of an element, as far as they can be seen. */
  async text(selector: string): Promise<string> {
    return this.tab.locator(selector).innerText();
  }

  /** The values of an attribute in the picture, sorted. */
  async drawn(attribute: string): Promise<string[]> {
    return this.tab.evaluate<string[]>(
      `[...document.querySelectorAll('.stage [${attribute}]')]` +
        `.map((element) => element.getAttribute('${attribute}')).sort()`,
    );
  }

  /** The texts of the badges of a kind, sorted. */
  async badges(kind: string): Promise<string[]> {
    const texts = await this.tab.locator(`.stage .badge.${kind} text`).allTextContents();
    return texts.sort();
  }

  /** The paths of the elements with a class. */
  async marked(className: string): Promise<string[]> {
    const paths = await this.tab.evaluate<string[]>(
      `[...document.querySelectorAll('.stage .${className}')].map(({ dataset }) => dataset.path)`,
    );
    return [...new Set(paths)].sort();
  }

  /** How large the picture is shown; 1 is its own size. */
  async scale(): Promise<number> {
    const transform = await this.tab.locator('.stage > .root').getAttribute('transform');
    return Number(/scale\(([\d.]+)\)/.exec(transform ?? '')?.[1]);
  }

  /** A property of the computed style of the first element that matches. */
  async style(selector: string, property: string): Promise<string> {
    return this.tab.evaluate<string>(
      `getComputedStyle(document.querySelector('${selector}')).${property}`,
    );
  }

  /** How long the panel takes from a message to its being painted, in milliseconds. */
  async timed(message: HostMessage): Promise<number> {
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
  async sent(): Promise<PanelMessage[]> {
    return this.tab.evaluate<PanelMessage[]>('window.sent');
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

/** The page the extension makes, with this server's addresses in it. */
function page(origin: string): string {
  return panelHtml({
    cspSource: origin,
    script: `${origin}/topology.js`,
    style: `${origin}/topology.css`,
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
