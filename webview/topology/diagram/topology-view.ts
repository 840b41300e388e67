import type { Layout } from '../../../layout/index.ts';
import { ariaLabelOf } from '../aria-labels.ts';
import type { PanelStatus } from '../messages.ts';
import { showBadges } from './badges.ts';
import { Diagram } from './diagram.ts';
import { animateEdges, edgeAnimationsOf } from './edge-animations.ts';
import { ElementClasses, elementClassesOf } from './element-classes.ts';
import { fitTexts } from './fit-text.ts';
import { badgesOf } from './status-badges.ts';
import { Viewport, type ViewportTransform } from './viewport.ts';

/** The diagram in its viewport, updated with each status. */
export class TopologyView {
  readonly svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  readonly viewport: Viewport;
  #diagram: Diagram | undefined;
  #elementClasses: ElementClasses | undefined;
  #status: PanelStatus | undefined;
  #ariaLabels = new Map<string, string>();

  constructor(moved: (place: ViewportTransform | undefined) => void) {
    this.svg.setAttribute('class', 'topology view');
    this.svg.setAttribute('role', 'group');
    // A click focuses it, but the Tab key moves to its elements.
    this.svg.setAttribute('tabindex', '-1');
    this.svg.setAttribute(
      'aria-label',
      'Topology diagram. Use the arrow keys to move between elements.',
    );
    this.viewport = new Viewport(this.svg, moved);
  }

  get diagram(): Diagram | undefined {
    return this.#diagram;
  }

  get status(): PanelStatus | undefined {
    return this.#status;
  }

  /** Draws a new layout and the latest status on it. */
  showLayout(layout: Layout, place: ViewportTransform | undefined): void {
    const diagram = new Diagram(this.svg, layout);
    this.#diagram = diagram;
    this.#elementClasses = new ElementClasses(diagram);
    this.#ariaLabels = new Map();
    const { width, height } = layout;
    fitTexts(this.svg);
    this.viewport.show(diagram.root, { x: 0, y: 0, width, height }, place);
    this.#updateAriaLabels();
    if (this.#status !== undefined) this.#showStatus(diagram, this.#status);
  }

  /** Shows a status and animates what moved since the previous one. */
  showStatus(status: PanelStatus): void {
    const before = this.#status;
    this.#status = status;
    const diagram = this.#diagram;
    if (diagram === undefined) return;
    this.#showStatus(diagram, status);
    if (before !== undefined)
      animateEdges(diagram.animations, diagram, edgeAnimationsOf(diagram, before, status));
  }

  /** Shows the last status of an ended session without current activity. */
  showEnded(): void {
    if (this.#status === undefined) return;
    const { choice: _, event: __, next: ___, units, ...ended } = this.#status;
    const states = Object.entries(units).map(
      ([path, state]) => [path, state === 'running' ? 'idle' : state] as const,
    );
    this.showStatus({ ...ended, units: Object.fromEntries(states) });
  }

  /** Clears the status when another session starts. */
  clearStatus(): void {
    this.#status = undefined;
    this.#elementClasses?.show(new Map());
    if (this.#diagram !== undefined) showBadges(this.#diagram.overlay, []);
  }

  #showStatus(diagram: Diagram, status: PanelStatus): void {
    const { unit } = status.choice ?? status.next ?? {};
    const current = diagram.box(status.event?.task ?? unit ?? '');
    if (current !== undefined) this.viewport.follow(current);
    showBadges(diagram.overlay, badgesOf(diagram, status));
    this.#elementClasses?.show(elementClassesOf(status));
    this.#updateAriaLabels();
  }

  /** Updates the accessible name of each element. */
  #updateAriaLabels(): void {
    const diagram = this.#diagram;
    for (const path of diagram?.paths ?? []) {
      const shown = diagram?.itemAt(path);
      const element = diagram?.elements(path).at(-1);
      if (shown === undefined || element === undefined) continue;
      const label = ariaLabelOf(shown, this.#status);
      if (this.#ariaLabels.get(path) === label) continue;
      this.#ariaLabels.set(path, label);
      element.setAttribute('role', 'button');
      element.setAttribute('aria-label', label);
      if (!element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
    }
  }
}
