import { html, iconButton } from '../panel/dom.ts';
import { Blank } from '../panel/empty-state.ts';
import { Host } from '../panel/host.ts';
import type { PanelSession, Start } from '../panel/messages.ts';
import { Chart } from './chart/chart.ts';
import { blankContent, sketch } from './empty-state.ts';
import { Header } from './header.ts';
import { Pointing, zoomFactorOf } from './interaction.ts';
import { createLegend } from './legend.ts';
import { type HostMessage, hostMessage, type TimelineStatus } from './messages.ts';
import type { TimelineHost } from './persisted-state.ts';

/** The panel: takes in what the host tells, and lets its parts show it. */
export class App {
  readonly #page: HTMLElement;
  readonly #host: TimelineHost = new Host(hostMessage);
  readonly #chart: Chart;
  readonly #pointing: Pointing;
  readonly #header: Header;
  readonly #blank: Blank;
  readonly #legend = createLegend();
  #session: PanelSession = { state: 'none' };
  #status: TimelineStatus | undefined;
  #edition = 0;

  constructor(page: HTMLElement) {
    this.#page = page;
    this.#chart = new Chart(
      this.#host.memory.place,
      (place) => this.#host.remember({ place }),
      (want) => this.#host.send(want),
    );
    this.#pointing = new Pointing(this.#chart, this.#host);
    const start = (what: Start): void => this.#host.send({ type: 'start', what });
    this.#blank = new Blank(start, sketch);
    this.#header = new Header(this.#tools(), {
      goToEnd: () => this.#pointing.seek(this.#chart.recorded),
      again: () => start('again'),
    });
    this.#legend.hidden = this.#host.memory.legend !== true;
  }

  start(): void {
    const frame = html('main', 'frame', this.#chart.element, this.#blank.element, this.#legend);
    const { tooltip, menu } = this.#pointing;
    this.#page.append(this.#header.element, frame, tooltip.element, menu.element);
    this.#page.addEventListener('keydown', (event) => this.#onKey(event));
    this.#show();
    this.#host.listen((message) => this.#receive(message));
    this.#host.send({ type: 'ready' });
  }

  #receive(message: HostMessage): void {
    switch (message.type) {
      case 'session':
        this.#session = message.session;
        if (message.session.state === 'starting') this.#chart.follow();
        this.#pointing.seekable = message.seekable && message.session.state === 'running';
        this.#show();
        return;
      case 'lanes':
        this.#chart.showLanes(message.lanes, message.sources);
        this.#show();
        return;
      case 'status':
        if (message.edition !== this.#edition) this.#chart.forget();
        this.#edition = message.edition;
        this.#status = message.status;
        this.#chart.showStatus(message.status);
        this.#show();
        return;
      case 'steps':
        if (message.edition === this.#edition) this.#chart.showSteps(message.start, message.items);
        return;
      case 'density':
        if (message.edition === this.#edition) this.#chart.showDensity(message.density);
    }
  }

  #show(): void {
    const blank = blankContent(this.#session, this.#chart.hasLanes);
    const wasHidden = this.#chart.element.hidden;
    this.#blank.element.hidden = blank === undefined;
    this.#chart.element.hidden = blank !== undefined;
    this.#page.classList.toggle('ended', this.#session.state === 'ended');
    this.#header.show(this.#session, blank === undefined ? this.#status : undefined);
    if (blank !== undefined) this.#blank.show(blank);
    else if (wasHidden) this.#chart.resize();
  }

  #tools(): HTMLElement {
    return html(
      'div',
      'tools',
      iconButton('zoom-in', 'Zoom in (+)', () => this.#zoom('+')),
      iconButton('zoom-out', 'Zoom out (-)', () => this.#zoom('-')),
      iconButton('screen-full', 'Show the whole history (0)', () => this.#chart.fit()),
      iconButton('target', 'Follow the present (1)', () => this.#chart.follow()),
      iconButton('question', 'Legend (?)', () => this.#toggleLegend()),
    );
  }

  #zoom(key: string): boolean {
    const factor = zoomFactorOf(key);
    if (factor !== undefined) this.#pointing.zoom(factor);
    return factor !== undefined;
  }

  #toggleLegend(): void {
    this.#legend.hidden = !this.#legend.hidden;
    this.#host.remember({ legend: !this.#legend.hidden });
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
