import type { Layout } from '../../../layout/index.ts';
import { spokenOf } from '../aria-labels.ts';
import type { PanelStatus } from '../messages.ts';
import { showBadges } from './badges.ts';
import { Picture } from './diagram.ts';
import { flightsOf, fly } from './edge-animations.ts';
import { fitTexts } from './fit-text.ts';
import { Marker, marksOf } from './marks.ts';
import { badgesOf } from './status-badges.ts';
import { Viewport, type ViewportPlace } from './viewport.ts';

/** The picture in its viewport, kept up to date with the status. */
export class Stage {
  readonly svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  readonly viewport: Viewport;
  #picture: Picture | undefined;
  #marker: Marker | undefined;
  #status: PanelStatus | undefined;
  #spoken = new Map<string, string>();

  constructor(moved: (place: ViewportPlace | undefined) => void) {
    this.svg.setAttribute('class', 'topology stage');
    this.svg.setAttribute('role', 'group');
    // It takes the focus when it is clicked, but the Tab key goes on to its elements.
    this.svg.setAttribute('tabindex', '-1');
    this.svg.setAttribute('aria-label', 'Topology. Arrow keys move from element to element.');
    this.viewport = new Viewport(this.svg, moved);
  }

  get picture(): Picture | undefined {
    return this.#picture;
  }

  get status(): PanelStatus | undefined {
    return this.#status;
  }

  /** Draws another layout, and the latest status on it. */
  showLayout(layout: Layout, place: ViewportPlace | undefined): void {
    const picture = new Picture(this.svg, layout);
    this.#picture = picture;
    this.#marker = new Marker(picture);
    this.#spoken = new Map();
    const { width, height } = layout;
    fitTexts(this.svg);
    this.viewport.show(picture.root, { x: 0, y: 0, width, height }, place);
    this.#speak();
    if (this.#status !== undefined) this.#showStatus(picture, this.#status);
  }

  /** Shows what has changed since the last status, and lets what moved be seen moving. */
  showStatus(status: PanelStatus): void {
    const before = this.#status;
    this.#status = status;
    const picture = this.#picture;
    if (picture === undefined) return;
    this.#showStatus(picture, status);
    if (before !== undefined) fly(picture.travel, picture, flightsOf(picture, before, status));
  }

  /** The session has ended: nothing is under way any more. */
  rest(): void {
    if (this.#status === undefined) return;
    const { choice: _, event: __, next: ___, units, ...resting } = this.#status;
    const states = Object.entries(units).map(
      ([path, state]) => [path, state === 'running' ? 'idle' : state] as const,
    );
    this.showStatus({ ...resting, units: Object.fromEntries(states) });
  }

  /** Forgets the status of a session that is over and done with. */
  forget(): void {
    this.#status = undefined;
    this.#marker?.show(new Map());
    if (this.#picture !== undefined) showBadges(this.#picture.overlay, []);
  }

  #showStatus(picture: Picture, status: PanelStatus): void {
    const { unit } = status.choice ?? status.next ?? {};
    const current = picture.box(status.event?.task ?? unit ?? '');
    if (current !== undefined) this.viewport.follow(current);
    showBadges(picture.overlay, badgesOf(picture, status));
    this.#marker?.show(marksOf(status));
    this.#speak();
  }

  /** Keeps what screen readers say about each element. */
  #speak(): void {
    const picture = this.#picture;
    for (const path of picture?.paths ?? []) {
      const shown = picture?.shown(path);
      const element = picture?.elements(path).at(-1);
      if (shown === undefined || element === undefined) continue;
      const spoken = spokenOf(shown, this.#status);
      if (this.#spoken.get(path) === spoken) continue;
      this.#spoken.set(path, spoken);
      element.setAttribute('role', 'button');
      element.setAttribute('aria-label', spoken);
      if (!element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
    }
  }
}
