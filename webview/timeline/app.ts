import { html, iconButton, screenReaderText } from '../panel/dom.ts';
import { EmptyState } from '../panel/empty-state.ts';
import { Host } from '../panel/host.ts';
import type { PanelSession, Start } from '../panel/messages.ts';
import { Chart } from './chart/chart.ts';
import { emptyStateContent, sketch } from './empty-state.ts';
import { Header } from './header.ts';
import { Interaction, zoomFactorOf } from './interaction.ts';
import { createLegend } from './legend.ts';
import { type HostMessage, hostMessage, type TimelineStatus } from './messages.ts';
import type { TimelineHost } from './persisted-state.ts';

/** The panel: dispatches host messages to its parts. */
export class App {
  readonly #page: HTMLElement;
  readonly #host: TimelineHost = new Host(hostMessage);
  readonly #chart: Chart;
  readonly #interaction: Interaction;
  readonly #header: Header;
  readonly #emptyState: EmptyState;
  readonly #legend = createLegend();
  /** Absent until the host sends the first message. */
  #session: PanelSession | undefined;
  #status: TimelineStatus | undefined;
  #historyVersion = 0;

  constructor(page: HTMLElement) {
    this.#page = page;
    this.#chart = new Chart(
      this.#host.state.viewRange,
      (viewRange) => this.#host.persist({ viewRange }),
      (query) => this.#host.send(query),
    );
    this.#interaction = new Interaction(this.#chart, this.#host);
    const start = (what: Start): void => this.#host.send({ type: 'start', what });
    this.#emptyState = new EmptyState(start, sketch);
    this.#header = new Header(this.#tools(), {
      goToEnd: () => this.#interaction.seek(this.#chart.recorded),
      again: () => start('again'),
    });
    this.#legend.hidden = this.#host.state.legend !== true;
  }

  start(): void {
    const frame = html(
      'main',
      'frame',
      screenReaderText('h1', 'Timeline'),
      this.#chart.element,
      this.#emptyState.element,
      this.#legend,
    );
    const { tooltip, menu } = this.#interaction;
    this.#page.append(this.#header.element, frame, tooltip.element, menu.element);
    this.#page.addEventListener('keydown', (event) => this.#onKey(event));
    this.#emptyState.element.hidden = true;
    this.#host.onMessage((message) => this.#receive(message));
    this.#host.send({ type: 'ready' });
  }

  #receive(message: HostMessage): void {
    switch (message.type) {
      case 'session':
        this.#session = message.session;
        if (message.session.state === 'starting') {
          this.#status = undefined;
          this.#chart.follow();
        }
        this.#chart.setEnded(message.session.state === 'ended');
        this.#interaction.seekable = message.seekable && message.session.state === 'running';
        this.#show();
        return;
      case 'lanes':
        this.#chart.showLanes(message.lanes, message.sources);
        this.#show();
        return;
      case 'status':
        if (message.historyVersion !== this.#historyVersion) this.#chart.reset();
        this.#historyVersion = message.historyVersion;
        this.#status = message.status;
        this.#chart.showStatus(message.status);
        this.#show();
        return;
      case 'steps':
        if (message.historyVersion === this.#historyVersion)
          this.#chart.showSteps(message.start, message.items);
        return;
      case 'density':
        if (message.historyVersion === this.#historyVersion)
          this.#chart.showDensity(message.density);
    }
  }

  #show(): void {
    const session = this.#session;
    if (session === undefined) return;
    const shown = { hasLanes: this.#chart.hasLanes, hasStatus: this.#status !== undefined };
    const content = emptyStateContent(session, shown);
    const wasHidden = this.#chart.element.hidden;
    this.#emptyState.element.hidden = content === undefined;
    this.#chart.element.hidden = content !== undefined;
    this.#page.classList.toggle('ended', session.state === 'ended');
    this.#header.show(session, content === undefined ? this.#status : undefined);
    if (content !== undefined) this.#emptyState.show(content);
    else if (wasHidden) this.#chart.resize();
  }

  #tools(): HTMLElement {
    return html(
      'div',
      'tools',
      iconButton('zoom-in', 'Zoom in (+)', () => this.#zoom('+')),
      iconButton('zoom-out', 'Zoom out (-)', () => this.#zoom('-')),
      iconButton('screen-full', 'Fit history (0)', () => this.#chart.fit()),
      iconButton('target', 'Follow current position (1)', () => this.#chart.follow()),
      iconButton('question', 'Legend (?)', () => this.#toggleLegend()),
    );
  }

  #zoom(key: string): boolean {
    const factor = zoomFactorOf(key);
    if (factor !== undefined) this.#interaction.zoom(factor);
    return factor !== undefined;
  }

  #toggleLegend(): void {
    this.#legend.hidden = !this.#legend.hidden;
    this.#host.persist({ legend: !this.#legend.hidden });
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === '0') this.#chart.fit();
    else if (key === '1') this.#chart.follow();
    else if (key === '?') this.#toggleLegend();
    else if (!this.#zoom(key)) return;
    event.preventDefault();
  }
}
