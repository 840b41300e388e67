import { html } from '../../panel/dom.ts';
import { ariaValueText } from '../aria-labels.ts';
import { History, type HistoryQuery } from '../history.ts';
import type { Density, Lane, TimelineEntry, TimelineStatus } from '../messages.ts';
import { Axis } from './axis.ts';
import { CRASH_RAIL } from './density-bars.ts';
import { showLabels } from './lane-labels.ts';
import { Plot } from './plot.ts';
import { type Rows, rowsOf } from './rows.ts';
import { Scale } from './scale.ts';

/** The visible range that the user chose; `undefined` follows the current position. */
export type ViewRange = { readonly start: number; readonly stepWidth: number } | undefined;

const EMPTY_STATUS: TimelineStatus = {
  step: 0,
  phase: 'boundary',
  attempt: 1,
  seed: 0,
  recorded: 0,
  branch: 0,
  branches: [],
};

/** Axis, lane labels and plot: shows a range of the history and queries what is missing. */
export class Chart {
  readonly element: HTMLElement;
  readonly axis = new Axis();
  readonly plot = new Plot();
  readonly #labels = html('div', 'labels');
  readonly #history = new History();
  readonly #onMoved: (range: ViewRange) => void;
  readonly #query: (query: HistoryQuery) => void;
  #lanes: readonly Lane[] = [];
  #sources: Readonly<Record<string, string>> = {};
  #rows: Rows = rowsOf([], 0);
  #status = EMPTY_STATUS;
  #scale = Scale.fit(0, 0);
  /** False until the user zooms or pans; until then the view follows the current position. */
  #positionedByUser = false;
  #selected: number | undefined;
  #highlighted: number | undefined;
  #drawing = false;
  /** The session has ended; the host answers queries from its cache. */
  #ended = false;
  #axisHeight = 0;

  constructor(
    range: ViewRange,
    moved: (range: ViewRange) => void,
    query: (query: HistoryQuery) => void,
  ) {
    this.#onMoved = moved;
    this.#query = query;
    this.#positionedByUser = range !== undefined;
    if (range !== undefined)
      this.#scale = Scale.at(range.start, range.stepWidth, 0, Number.POSITIVE_INFINITY);
    const { svg } = this.plot;
    const corner = html('div', 'corner');
    this.element = html('div', 'chart', corner, this.axis.svg, this.#labels, svg);
    svg.setAttribute('tabindex', '0');
    svg.setAttribute('role', 'slider');
    svg.setAttribute(
      'aria-label',
      'Timeline. Use the arrow keys to select a step and Enter to go there.',
    );
    new ResizeObserver(() => this.resize()).observe(this.element);
  }

  get scale(): Scale {
    return this.#scale;
  }

  get present(): number {
    return this.#status.step;
  }

  get recorded(): number {
    return this.#history.recorded;
  }

  /** The step that the keyboard selects. */
  get selected(): number {
    return this.#selected ?? this.present;
  }

  get hasLanes(): boolean {
    return this.#lanes.length > 0;
  }

  entry(step: number): TimelineEntry | undefined {
    return this.#history.entry(step);
  }

  /** The nearest cached step of the unit of the selected step. */
  sameUnit(direction: 1 | -1): number | undefined {
    const unit = this.entry(this.selected)?.choice.unit;
    if (unit === undefined) return this.selected + direction;
    return this.#history.nearestStepOf(unit, this.selected, direction);
  }

  showLanes(lanes: readonly Lane[], sources: Readonly<Record<string, string>>): void {
    this.#lanes = lanes;
    this.#sources = sources;
    this.resize();
  }

  showStatus(status: TimelineStatus): void {
    const before = this.#status;
    this.#status = status;
    // An additional branch row takes height from the lanes.
    if (Axis.heightFor(status) !== this.#axisHeight) this.resize();
    this.#history.setRecorded(status.recorded);
    // Queries that were pending when the app resumed are not answered.
    if (status.stopped !== undefined && before.stopped === undefined) this.#history.clearPending();
    if (status.step !== before.step) this.#selected = undefined;
    const wasVisible = this.#scale.shows(before.step);
    if (!this.#positionedByUser) this.#follow();
    else {
      const resized = this.#scale.resized(this.#scale.width, this.recorded);
      const follows = wasVisible && status.step !== before.step && before !== EMPTY_STATUS;
      this.#scale = follows ? resized.revealing(status.step, this.recorded) : resized;
    }
    this.draw();
  }

  setEnded(ended: boolean): void {
    if (ended && !this.#ended) this.#history.clearPending();
    this.#ended = ended;
    this.draw();
  }

  showSteps(start: number, items: readonly TimelineEntry[]): void {
    this.#history.accept(start, items);
    this.draw();
  }

  showDensity(density: Density): void {
    this.#history.acceptDensity(density);
    this.draw();
  }

  /** Clears the chart for another history. */
  reset(): void {
    this.#history.clear();
    this.#selected = undefined;
    this.#highlighted = undefined;
  }

  resize(): void {
    const { width, height } = this.element.getBoundingClientRect();
    if (width === 0) return;
    this.#axisHeight = Axis.heightFor(this.#status);
    this.#rows = rowsOf(this.#lanes, height - this.#axisHeight - CRASH_RAIL - 2);
    showLabels(this.#labels, this.#rows);
    const plotWidth = Math.max(1, this.element.clientWidth - this.#labels.offsetWidth);
    // Before the first status, the number of recorded steps must not limit a persisted range.
    this.#scale = this.#scale.resized(plotWidth, this.recorded || Number.POSITIVE_INFINITY);
    if (!this.#positionedByUser) this.#follow();
    this.draw();
  }

  zoom(factor: number, x: number): void {
    this.#setUserScale(this.#scale.zoomed(factor, x, this.recorded));
  }

  pan(pixels: number): void {
    this.#setUserScale(this.#scale.panned(pixels, this.recorded));
  }

  /** Fits the whole history. */
  fit(): void {
    this.#setUserScale(Scale.fit(this.recorded, this.#scale.width));
  }

  /** Follows the current position from now on. */
  follow(): void {
    this.#positionedByUser = false;
    this.#onMoved(undefined);
    this.#follow();
    this.draw();
  }

  /** Selects `step` and scrolls it into view. */
  select(step: number): void {
    this.#selected = step;
    const revealed = this.#scale.revealing(step, this.recorded);
    if (revealed !== this.#scale) this.#setUserScale(revealed);
    else this.draw();
  }

  highlight(step: number | undefined): void {
    if (step === this.#highlighted) return;
    this.#highlighted = step;
    this.draw();
  }

  /** Draws once in the next frame and queries what is missing. */
  draw(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.#draw();
    });
  }

  #draw(): void {
    if (this.#scale.width <= 1) return;
    const status = this.#status;
    this.axis.draw(this.#scale, status);
    const view = { scale: this.#scale, rows: this.#rows, sources: this.#sources, status };
    this.plot.draw({ ...view, highlighted: this.#highlighted, ended: this.#ended }, this.#history);
    this.#updateAria();
    if (status.stopped === undefined && !this.#ended) return;
    for (const query of this.#history.takeQueries(this.#scale)) this.#query(query);
  }

  #setUserScale(scale: Scale): void {
    this.#scale = scale;
    this.#positionedByUser = true;
    this.#onMoved({ start: scale.start, stepWidth: scale.stepWidth });
    this.draw();
  }

  #follow(): void {
    this.#scale = Scale.follow(this.present, this.recorded, this.#scale.width);
  }

  /** Updates the ARIA attributes for the selected step. */
  #updateAria(): void {
    const { selected, recorded } = this;
    const { svg } = this.plot;
    svg.setAttribute('aria-valuemin', '0');
    svg.setAttribute('aria-valuemax', String(recorded));
    svg.setAttribute('aria-valuenow', String(selected));
    const text = ariaValueText(selected, this.entry(selected), this.#status);
    svg.setAttribute('aria-valuetext', text);
  }
}
