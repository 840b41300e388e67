import type { Direction, Layout } from '../../layout/index.ts';
import { html, iconButton, screenReaderText, textButton } from '../panel/dom.ts';
import { EmptyState } from '../panel/empty-state.ts';
import { Host } from '../panel/host.ts';
import type { PanelSession, Start } from '../panel/messages.ts';
import { TopologyView } from './diagram/topology-view.ts';
import { emptyStateContent, sketch } from './empty-state.ts';
import { Header } from './header.ts';
import { Interaction } from './interaction.ts';
import { createLegend } from './legend.ts';
import { type HostMessage, hostMessage, type PanelStatus } from './messages.ts';
import type { TopologyHost } from './persisted-state.ts';
import { Search } from './search.ts';

const RESIZE_PAUSE_MS = 250;

/** The panel: dispatches host messages to its parts. */
export class App {
  readonly #page: HTMLElement;
  readonly #host: TopologyHost = new Host(hostMessage);
  readonly #view: TopologyView;
  readonly #interaction: Interaction;
  readonly #search: Search;
  readonly #header: Header;
  readonly #emptyState: EmptyState;
  readonly #legend = createLegend();
  readonly #frame = html('main', 'frame');
  readonly #directionButton = iconButton('arrow-right', 'Lay out top to bottom', () =>
    this.#toggleDirection(),
  );
  #session: PanelSession = { state: 'none' };
  #status: PanelStatus | undefined;
  #key = '';
  #scheduled = false;
  #reportedSize = { width: 0, height: 0 };
  #resizeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(page: HTMLElement) {
    this.#page = page;
    this.#view = new TopologyView((viewport) =>
      this.#host.persist(viewport === undefined ? { key: '' } : { key: this.#key, viewport }),
    );
    this.#interaction = new Interaction(this.#view, this.#host);
    this.#search = new Search((paths, current) => this.#showFound(paths, current));
    const start = (what: Start): void => this.#host.send({ type: 'start', what });
    this.#emptyState = new EmptyState(start, sketch);
    this.#header = new Header(this.#tools(), () => start('again'));
    this.#legend.hidden = this.#host.state.legend !== true;
  }

  start(): void {
    this.#frame.append(
      screenReaderText('h1', 'Topology'),
      this.#view.svg,
      this.#emptyState.element,
      this.#legend,
    );
    const { tooltip, menu } = this.#interaction;
    this.#page.append(this.#header.element, this.#frame, tooltip.element, menu.element);
    this.#page.addEventListener('keydown', (event) => this.#onKey(event));
    this.#show();
    this.#host.onMessage((message) => this.#receive(message));
    const { direction } = this.#host.state;
    if (direction !== undefined) this.#host.send({ type: 'direction', direction });
    this.#reportedSize = this.#size();
    this.#host.send({ type: 'ready', ...this.#reportedSize });
    new ResizeObserver(() => this.#resized()).observe(this.#frame);
  }

  #size(): { width: number; height: number } {
    const { width, height } = this.#frame.getBoundingClientRect();
    return { width, height };
  }

  /** Reports a new size once resizing pauses; another shape may need another direction. */
  #resized(): void {
    clearTimeout(this.#resizeTimer);
    this.#resizeTimer = setTimeout(() => {
      const size = this.#size();
      const known =
        size.width === this.#reportedSize.width && size.height === this.#reportedSize.height;
      this.#reportedSize = size;
      if (!known) this.#host.send({ type: 'resized', ...size });
    }, RESIZE_PAUSE_MS);
  }

  #receive(message: HostMessage): void {
    switch (message.type) {
      case 'session':
        this.#session = message.session;
        if (message.session.state === 'starting') this.#clear();
        if (message.session.state === 'ended') this.#view.showEnded();
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
    const { state: persisted } = this.#host;
    // The view must be visible before the diagram can be measured.
    this.#show(layout.nodes.length > 0);
    this.#view.showLayout(layout, persisted.key === key ? persisted.viewport : undefined);
    this.#interaction.show(sites);
    showDirection(this.#directionButton, layout.direction);
    this.#search.paths = [...layout.groups, ...layout.nodes].map(({ path }) => path);
    this.#show();
  }

  /** Coalesces the statuses of one frame. */
  #scheduleShow(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      if (this.#status !== undefined) this.#view.showStatus(this.#status);
      this.#show();
    });
  }

  #clear(): void {
    this.#status = undefined;
    this.#view.clearStatus();
  }

  #show(hasDiagram = (this.#view.diagram?.layout.nodes.length ?? 0) > 0): void {
    const { state, problem } = this.#session;
    const isEmpty = !hasDiagram || state === 'none' || problem !== undefined;
    this.#emptyState.element.hidden = !isEmpty;
    this.#view.svg.toggleAttribute('hidden', isEmpty);
    this.#page.classList.toggle('ended', state === 'ended');
    this.#header.show(this.#session, isEmpty ? undefined : this.#status);
    if (isEmpty)
      this.#emptyState.show(emptyStateContent(this.#session, this.#view.diagram !== undefined));
  }

  #showFound(paths: readonly string[], current: string | undefined): void {
    const { diagram, svg, viewport } = this.#view;
    svg.classList.toggle('searching', paths.length > 0);
    const found = new Set(paths);
    for (const path of diagram?.paths ?? []) {
      for (const element of diagram?.elements(path) ?? []) {
        element.classList.toggle('found', found.has(path));
        element.classList.toggle('found-current', path === current);
      }
    }
    const box = current === undefined ? undefined : diagram?.box(current);
    if (box !== undefined) viewport.reveal(box);
  }

  #tools(): HTMLElement {
    const { viewport } = this.#view;
    const fit = iconButton('screen-full', 'Fit diagram (0)', () => viewport.fit());
    // The only button that remains in a very narrow panel.
    fit.classList.add('essential');
    return html(
      'div',
      'tools',
      this.#search.element,
      iconButton('zoom-in', 'Zoom in (+)', () => viewport.zoomBy(1.3)),
      iconButton('zoom-out', 'Zoom out (-)', () => viewport.zoomBy(1 / 1.3)),
      fit,
      textButton('1:1', '1:1, actual size (1)', () => viewport.reset()),
      this.#directionButton,
      iconButton('question', 'Legend (?)', () => this.#toggleLegend()),
    );
  }

  /** Switches from the automatic direction to the other one, and back to automatic. */
  #toggleDirection(): void {
    const { direction: wanted = 'auto' } = this.#host.state;
    const turned = this.#view.diagram?.layout.direction === 'right' ? 'down' : 'right';
    const direction = wanted === 'auto' ? turned : 'auto';
    this.#host.persist({ direction });
    this.#host.send({ type: 'direction', direction });
  }

  #toggleLegend(): void {
    this.#legend.hidden = !this.#legend.hidden;
    this.#host.persist({ legend: !this.#legend.hidden });
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
    const { viewport } = this.#view;
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

/** Shows the current flow direction; the label names the action. */
function showDirection(button: HTMLButtonElement, direction: Direction): void {
  const [icon, label] =
    direction === 'right'
      ? ['arrow-right', 'Lay out top to bottom']
      : ['arrow-down', 'Lay out left to right'];
  button.querySelector('.codicon')?.setAttribute('class', `codicon codicon-${icon}`);
  button.title = label;
  button.setAttribute('aria-label', label);
}
