import { html } from './dom.ts';

/** One row of a tooltip. */
export interface Detail {
  readonly term: string;
  readonly value: string;
}

const DELAY_MS = 350;
const GAP = 14;

/** A hover next to the pointer or to the focused element. */
export class Tooltip {
  readonly element = html('div', 'tooltip');
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.element.setAttribute('role', 'tooltip');
    this.element.id = 'tooltip';
    this.element.hidden = true;
  }

  /** Opens near `at` after a short delay, or at once if the tooltip is already open. */
  open(title: string, details: readonly Detail[], hint: string, at: DOMRect): void {
    clearTimeout(this.#timer);
    const show = (): void => this.#show(title, details, hint, at);
    if (this.element.hidden) this.#timer = setTimeout(show, DELAY_MS);
    else show();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.element.hidden = true;
  }

  #show(title: string, details: readonly Detail[], hint: string, at: DOMRect): void {
    const list = html('dl', 'details');
    for (const { term, value } of details) {
      list.append(html('dt', '', term), html('dd', '', value));
    }
    this.element.replaceChildren(html('p', 'tooltip-title', title), list);
    if (hint !== '') this.element.append(html('p', 'hint', hint));
    this.element.hidden = false;
    this.#place(at);
  }

  /** Below the anchor if there is room, else above it; always inside the panel. */
  #place(at: DOMRect): void {
    const { width, height } = this.element.getBoundingClientRect();
    const left = Math.min(at.left, innerWidth - width - 8);
    const below = at.bottom + GAP;
    const top = below + height > innerHeight ? at.top - height - GAP : below;
    this.element.style.left = `${Math.max(8, left)}px`;
    this.element.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
  }
}
