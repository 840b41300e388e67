import type { Direction, Layout } from '../../layout/index.ts';
import { html, iconButton, textButton } from '../panel/dom.ts';
import { Blank } from '../panel/empty-state.ts';
import { Host } from '../panel/host.ts';
import type { PanelSession, Start } from '../panel/messages.ts';
import { Stage } from './diagram/topology-view.ts';
import { blankContent, sketch } from './empty-state.ts';
import { Header } from './header.ts';
import { Pointing } from './interaction.ts';
import { createLegend } from './legend.ts';
import { type HostMessage, hostMessage, type PanelStatus } from './messages.ts';
import type { TopologyHost } from './persisted-state.ts';
import { Search } from './search.ts';

const RESIZED_MS = 250;

/** The panel: takes in what the host tells, and lets its parts show it. */
export class App {
  readonly #page: HTMLElement;
  readonly #host: TopologyHost = new Host(hostMessage);
  readonly #stage: Stage;
  readonly #pointing: Pointing;
  readonly #search: Search;
  readonly #header: Header;
  readonly #blank: Blank;
  readonly #legend = createLegend();
  readonly #frame = html('main', 'frame');
  readonly #turnButton = iconButton('arrow-right', '', () => this.#turn());
  #session: PanelSession = { state: 'none' };
  #status: PanelStatus | undefined;
  #key = '';
  #scheduled = false;
  #told = { width: 0, height: 0 };
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(page: HTMLElement) {
    this.#page = page;
    this.#stage = new Stage((place) =>
      this.#host.remember(place === undefined ? { key: '' } : { key: this.#key, place }),
    );
    this.#pointing = new Pointing(this.#stage, this.#host);
    this.#search = new Search((paths, current) => this.#showFound(paths, current));
    const start = (what: Start): void => this.#host.send({ type: 'start', what });
    this.#blank = new Blank(start, sketch);
    this.#header = new Header(this.#tools(), () => start('again'));
    this.#legend.hidden = this.#host.memory.legend !== true;
  }

  start(): void {
    this.#frame.append(this.#stage.svg, this.#blank.element, this.#legend);
    const { tooltip, menu } = this.#pointing;
    this.#page.append(this.#header.element, this.#frame, tooltip.element, menu.element);
    this.#page.addEventListener('keydown', (event) => this.#onKey(event));
    this.#show();
    this.#host.listen((message) => this.#receive(message));
    const { direction } = this.#host.memory;
    if (direction !== undefined) this.#host.send({ type: 'direction', direction });
    this.#told = this.#size();
    this.#host.send({ type: 'ready', ...this.#told });
    new ResizeObserver(() => this.#resized()).observe(this.#frame);
  }

  #size(): { width: number; height: number } {
    const { width, height } = this.#frame.getBoundingClientRect();
    return { width, height };
  }

  /** Another shape of the panel may want another direction; told once it has come to rest. */
  #resized(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      const size = this.#size();
      const known = size.width === this.#told.width && size.height === this.#told.height;
      this.#told = size;
      if (!known) this.#host.send({ type: 'resized', ...size });
    }, RESIZED_MS);
  }

  #receive(message: HostMessage): void {
    switch (message.type) {
      case 'session':
        this.#session = message.session;
        if (message.session.state === 'starting') this.#forget();
        if (message.session.state === 'ended') this.#stage.rest();
        this.#show();
        return;
      case 'layout':
        this.#showLayout(message.key, message.layout, message.sites);
        return;
      case 'status':
        this.#status = message.status;
        this.#scheduleShow();
    }
  }

  #showLayout(key: string, layout: Layout, sites: Readonly<Record<string, string>>): void {
    this.#key = key;
    const { memory } = this.#host;
    // Shown first, so that the picture's place can be measured.
    this.#show(layout.nodes.length > 0);
    this.#stage.showLayout(layout, memory.key === key ? memory.place : undefined);
    this.#pointing.show(sites);
    showDirection(this.#turnButton, layout.direction);
    this.#search.paths = [...layout.groups, ...layout.nodes].map(({ path }) => path);
    this.#show();
  }

  /** Several statuses within one frame are shown as the last of them. */
  #scheduleShow(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      if (this.#status !== undefined) this.#stage.showStatus(this.#status);
      this.#show();
    });
  }

  #forget(): void {
    this.#status = undefined;
    this.#stage.forget();
  }

  #show(hasPicture = (this.#stage.picture?.layout.nodes.length ?? 0) > 0): void {
    const { state, problem } = this.#session;
    const blank = !hasPicture || state === 'none' || problem !== undefined;
    this.#blank.element.hidden = !blank;
    this.#stage.svg.toggleAttribute('hidden', blank);
    this.#page.classList.toggle('ended', state === 'ended');
    this.#header.show(this.#session, blank ? undefined : this.#status);
    if (blank) this.#blank.show(blankContent(this.#session, this.#stage.picture !== undefined));
  }

  #showFound(paths: readonly string[], current: string | undefined): void {
    const { picture, svg, viewport } = this.#stage;
    svg.classList.toggle('searching', paths.length > 0);
    const found = new Set(paths);
    for (const path of picture?.paths ?? []) {
      for (const element of picture?.elements(path) ?? []) {
        element.classList.toggle('found', found.has(path));
        element.classList.toggle('found-current', path === current);
      }
    }
    const box = current === undefined ? undefined : picture?.box(current);
    if (box !== undefined) viewport.reveal(box);
  }

  #tools(): HTMLElement {
    const { viewport } = this.#stage;
    return html(
      'div',
      'tools',
      this.#search.element,
      iconButton('zoom-in', 'Zoom in (+)', () => viewport.zoomBy(1.3)),
      iconButton('zoom-out', 'Zoom out (-)', () => viewport.zoomBy(1 / 1.3)),
      iconButton('screen-full', 'Fit the whole picture (0)', () => viewport.fit()),
      textButton('1:1', 'Actual size (1)', () => viewport.reset()),
      this.#turnButton,
      iconButton('question', 'Legend (?)', () => this.#toggleLegend()),
    );
  }

  /** To the direction that was not chosen for the person, or back to the one that is. */
  #turn(): void {
    const { direction: wanted = 'auto' } = this.#host.memory;
    const turned = this.#stage.picture?.layout.direction === 'right' ? 'down' : 'right';
    const direction = wanted === 'auto' ? turned : 'auto';
    this.#host.remember({ direction });
    this.#host.send({ type: 'direction', direction });
  }

  #toggleLegend(): void {
    this.#legend.hidden = !this.#legend.hidden;
    this.#host.remember({ legend: !this.#legend.hidden });
  }

  #onKey(event: KeyboardEvent): void {
    const typing = event.target instanceof HTMLInputElement;
    const find = event.key === 'f' && (event.ctrlKey || event.metaKey);
    if (find || (event.key === '/' && !typing)) {
      this.#search.focus();
      event.preventDefault();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = this.#keyAction(event.key);
    if (action === undefined) return;
    action();
    event.preventDefault();
  }

  #keyAction(key: string): (() => void) | undefined {
    const { viewport } = this.#stage;
    switch (key) {
      case '+':
      case '=':
        return () => viewport.zoomBy(1.3);
      case '-':
        return () => viewport.zoomBy(1 / 1.3);
      case '0':
        return () => viewport.fit();
      case '1':
        return () => viewport.reset();
      case '?':
        return () => this.#toggleLegend();
      default:
        return undefined;
    }
  }
}

/** The button shows which way the atoms flow, and says what pressing it does. */
function showDirection(button: HTMLButtonElement, direction: Direction): void {
  const [icon, label] =
    direction === 'right'
      ? ['arrow-right', 'Flows left to right. Turn: top to bottom']
      : ['arrow-down', 'Flows top to bottom. Turn: left to right'];
  button.querySelector('.codicon')?.setAttribute('class', `codicon codicon-${icon}`);
  button.title = label;
  button.setAttribute('aria-label', label);
}
