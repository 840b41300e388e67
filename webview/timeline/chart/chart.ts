import { html } from '../../panel/dom.ts';
import { spokenOf } from '../aria-labels.ts';
import { History, type Want } from '../history.ts';
import type { Density, Lane, TimelineEntry, TimelineStatus } from '../messages.ts';
import { Axis } from './axis.ts';
import { CRASH_RAIL } from './density-bars.ts';
import { showLabels } from './lane-labels.ts';
import { Plot } from './plot.ts';
import { type Rows, rowsOf } from './rows.ts';
import { Scale } from './scale.ts';

/** Where the person left the view; `undefined` follows the present. */
export type Place = { readonly start: number; readonly stepWidth: number } | undefined;

const NOTHING: TimelineStatus = { step: 0, phase: 'boundary', attempt: 1, seed: 0 };

/** Axis, lane names and plot: shows a part of the history, and says what of it is missing. */
export class Chart {
  readonly element: HTMLElement;
  readonly axis = new Axis();
  readonly plot = new Plot();
  readonly #labels = html('div', 'labels');
  readonly #history = new History();
  readonly #moved: (place: Place) => void;
  readonly #ask: (want: Want) => void;
  #lanes: readonly Lane[] = [];
  #sources: Readonly<Record<string, string>> = {};
  #rows: Rows = rowsOf([], 0);
  #status = NOTHING;
  #scale = Scale.fit(0, 0);
  /** False until the person has zoomed or panned: so long the view follows the present. */
  #chosen = false;
  #selected: number | undefined;
  #pointed: number | undefined;
  #drawing = false;
  #axisHeight = 0;

  constructor(place: Place, moved: (place: Place) => void, ask: (want: Want) => void) {
    this.#moved = moved;
    this.#ask = ask;
    this.#chosen = place !== undefined;
    if (place !== undefined)
      this.#scale = Scale.at(place.start, place.stepWidth, 0, Number.POSITIVE_INFINITY);
    const { svg } = this.plot;
    const corner = html('div', 'corner');
    this.element = html('div', 'chart', corner, this.axis.svg, this.#labels, svg);
    svg.setAttribute('tabindex', '0');
    svg.setAttribute('role', 'slider');
    svg.setAttribute('aria-label', 'Timeline. Arrow keys select a step, Enter goes there.');
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

  /** The step that the keyboard is at. */
  get selected(): number {
    return this.#selected ?? this.present;
  }

  get hasLanes(): boolean {
    return this.#lanes.length > 0;
  }

  entry(step: number): TimelineEntry | undefined {
    return this.#history.entry(step);
  }

  /** The next known step of the unit that made the selected one. */
  sameUnit(direction: 1 | -1): number | undefined {
    const unit = this.entry(this.selected)?.choice.unit;
    if (unit === undefined) return this.selected + direction;
    return this.#history.neighbour(unit, this.selected, direction);
  }

  showLanes(lanes: readonly Lane[], sources: Readonly<Record<string, string>>): void {
    this.#lanes = lanes;
    this.#sources = sources;
    this.resize();
  }

  showStatus(status: TimelineStatus): void {
    const before = this.#status;
    this.#status = status;
    // A branch more takes room from the lanes.
    if (Axis.heightFor(status) !== this.#axisHeight) this.resize();
    this.#history.grow(status.recorded ?? status.step);
    // What was asked for while the app stood still may have been refused as it ran on.
    if (status.stopped !== undefined && before.stopped === undefined) this.#history.forgetAsked();
    if (status.step !== before.step) this.#selected = undefined;
    const wasSeen = this.#scale.shows(before.step);
    if (!this.#chosen) this.#follow();
    else {
      const kept = this.#scale.resized(this.#scale.width, this.recorded);
      const follows = wasSeen && status.step !== before.step && before !== NOTHING;
      this.#scale = follows ? kept.revealing(status.step, this.recorded) : kept;
    }
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

  /** Another history begins. */
  forget(): void {
    this.#history.clear();
    this.#selected = undefined;
    this.#pointed = undefined;
  }

  resize(): void {
    const { width, height } = this.element.getBoundingClientRect();
    if (width === 0) return;
    this.#axisHeight = Axis.heightFor(this.#status);
    this.#rows = rowsOf(this.#lanes, height - this.#axisHeight - CRASH_RAIL - 2);
    showLabels(this.#labels, this.#rows);
    const room = Math.max(1, this.element.clientWidth - this.#labels.offsetWidth);
    // Until a status has come, a place that was remembered is not to be lost.
    this.#scale = this.#scale.resized(room, this.recorded || Number.POSITIVE_INFINITY);
    if (!this.#chosen) this.#follow();
    this.draw();
  }

  zoom(factor: number, x: number): void {
    this.#choose(this.#scale.zoomed(factor, x, this.recorded));
  }

  pan(pixels: number): void {
    this.#choose(this.#scale.panned(pixels, this.recorded));
  }

  /** Shows all that is recorded. */
  fit(): void {
    this.#choose(Scale.fit(this.recorded, this.#scale.width));
  }

  /** Follows the present from now on. */
  follow(): void {
    this.#chosen = false;
    this.#moved(undefined);
    this.#follow();
    this.draw();
  }

  /** Moves the keyboard to `step`. */
  select(step: number): void {
    this.#selected = step;
    const revealed = this.#scale.revealing(step, this.recorded);
    if (revealed !== this.#scale) this.#choose(revealed);
    else this.draw();
  }

  point(step: number | undefined): void {
    if (step === this.#pointed) return;
    this.#pointed = step;
    this.draw();
  }

  /** Draws once before the next frame, and asks for what is missing. */
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
    this.plot.draw({ ...view, pointed: this.#pointed }, this.#history);
    this.#speak();
    if (status.stopped === undefined) return;
    for (const want of this.#history.takeWants(this.#scale)) this.#ask(want);
  }

  #choose(scale: Scale): void {
    this.#scale = scale;
    this.#chosen = true;
    this.#moved({ start: scale.start, stepWidth: scale.stepWidth });
    this.draw();
  }

  #follow(): void {
    this.#scale = Scale.follow(this.present, this.recorded, this.#scale.width);
  }

  /** What screen readers say of the selected step. */
  #speak(): void {
    const { selected, recorded } = this;
    const { svg } = this.plot;
    svg.setAttribute('aria-valuemin', '0');
    svg.setAttribute('aria-valuemax', String(recorded));
    svg.setAttribute('aria-valuenow', String(selected));
    const spoken = spokenOf(selected, this.entry(selected), this.#status);
    svg.setAttribute('aria-valuetext', spoken);
  }
}
