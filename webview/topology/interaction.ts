import { Menu, type MenuItem } from '../panel/menu.ts';
import { Tooltip } from '../panel/tooltip.ts';
import { detailsOf, edgeDetailsOf, edgeTitle } from './aria-labels.ts';
import type { TopologyView } from './diagram/topology-view.ts';
import { directionOf, isArrow, neighbour } from './navigation.ts';
import type { TopologyHost } from './persisted-state.ts';

/** Elements that can crash: scheduled units, and tasks while they process an event. */
const CRASHABLE = new Set(['workflow', 'generator', 'sequencer', 'splitter', 'task']);

/** Pixels that an arrow key pans the view. */
const PAN_STEP = 60;

/** Mouse and keyboard on elements: tooltips, going to the source, the context menu. */
export class Interaction {
  readonly tooltip = new Tooltip();
  readonly menu = new Menu();
  readonly #view: TopologyView;
  readonly #host: TopologyHost;
  #sites: Readonly<Record<string, string>> = {};

  constructor(view: TopologyView, host: TopologyHost) {
    this.#view = view;
    this.#host = host;
    const { svg } = view;
    svg.addEventListener('pointerover', (event) => this.#showTooltip(event.target, event));
    svg.addEventListener('pointerout', () => this.tooltip.close());
    svg.addEventListener('pointerdown', () => this.tooltip.close());
    svg.addEventListener('wheel', () => this.tooltip.close(), { passive: true });
    svg.addEventListener('click', (event) => this.#reveal(targetOf(event.target)));
    svg.addEventListener('contextmenu', (event) => this.#openMenu(event));
    svg.addEventListener('keydown', (event) => this.#onKey(event));
    svg.addEventListener('focusin', (event) => this.#onFocus(event.target));
    svg.addEventListener('focusout', () => this.tooltip.close());
  }

  /** Accepts the source positions that belong to a new diagram. */
  show(sites: Readonly<Record<string, string>>): void {
    this.#sites = sites;
    this.tooltip.close();
    const first = this.#view.diagram?.layout.nodes[0]?.path;
    if (first !== undefined) this.#makeTabStop(first);
  }

  /** Focuses an element and scrolls it into view. */
  focus(path: string): void {
    const box = this.#view.diagram?.box(path);
    if (box !== undefined) this.#view.viewport.reveal(box);
    this.#makeTabStop(path);
    this.#elementOf(path)?.focus();
  }

  #showTooltip(target: EventTarget | null, pointer?: PointerEvent): void {
    const id = targetOf(target);
    const diagram = this.#view.diagram;
    if (id === undefined || diagram === undefined) return;
    const shown = diagram.itemAt(id);
    const edge = diagram.edge(id);
    const site = this.#sites[id];
    const hint = site === undefined ? '' : `Click: go to ${site}`;
    const at = pointer
      ? new DOMRect(pointer.clientX, pointer.clientY, 0, 0)
      : (target as Element).getBoundingClientRect();
    const { status } = this.#view;
    if (shown !== undefined) this.tooltip.open(id, detailsOf(shown, status), hint, at);
    else if (edge !== undefined) {
      this.tooltip.open(edgeTitle(edge), edgeDetailsOf(edge, status), hint, at);
    }
  }

  #reveal(target: string | undefined): void {
    if (target !== undefined) this.#host.send({ type: 'reveal', target });
  }

  #openMenu(event: MouseEvent): void {
    // Replaces VS Code's menu of the editor tab, which has no commands for elements.
    event.preventDefault();
    const target = targetOf(event.target);
    if (target !== undefined) this.#menuFor(target, event.clientX, event.clientY);
  }

  #menuFor(target: string, x: number, y: number): void {
    const diagram = this.#view.diagram;
    const shown = diagram?.itemAt(target);
    const kind = shown?.item.kind;
    const edge = diagram?.edge(target);
    const path = shown === undefined ? edge?.stream : target;
    const items: MenuItem[] = [];
    if (kind !== undefined && CRASHABLE.has(kind)) {
      const crash = (): void => this.#host.send({ type: 'crash', target });
      items.push({ label: 'Crash Here…', run: crash });
    }
    items.push({ label: 'Reveal in Source', run: () => this.#reveal(target) });
    if (path !== undefined) {
      const copy = (): void => this.#host.send({ type: 'copy', text: path });
      items.push({ label: 'Copy Path', run: copy });
    }
    this.tooltip.close();
    this.menu.open(items, x, y);
  }

  #onFocus(target: EventTarget | null): void {
    const path = targetOf(target);
    if (path === undefined || !(target as Element).matches(':focus-visible')) return;
    this.#makeTabStop(path);
    this.#showTooltip(target);
  }

  #onKey(event: KeyboardEvent): void {
    const path = targetOf(event.target);
    if (path === undefined && !isArrow(event.key)) return;
    if (path === undefined) this.#pan(event.key);
    else if (isArrow(event.key)) this.#moveFocus(path, event.key);
    else if (event.key === 'Enter' || event.key === ' ') this.#reveal(path);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const { left, bottom } = (event.target as Element).getBoundingClientRect();
      this.#menuFor(path, left, bottom);
    } else if (event.key === 'Escape') this.tooltip.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Arrow keys pan the view while no element has the focus. */
  #pan(key: string): void {
    const { x, y } = isArrow(key) ? directionOf(key) : { x: 0, y: 0 };
    this.#view.viewport.panBy(-x * PAN_STEP, -y * PAN_STEP);
  }

  #moveFocus(from: string, arrow: Parameters<typeof neighbour>[2]): void {
    const diagram = this.#view.diagram;
    const box = diagram?.box(from);
    if (diagram === undefined || box === undefined) return;
    const { groups, nodes } = diagram.layout;
    const headers = groups.map(({ path, header }) => [path, header] as const);
    const boxes = nodes.map((node) => [node.path, node] as const);
    const start = diagram.layout.groups.find((group) => group.path === from)?.header ?? box;
    const next = neighbour(start, [...headers, ...boxes], arrow);
    if (next !== undefined) this.focus(next);
  }

  /** Makes one element the tab stop of the diagram (roving tabindex). */
  #makeTabStop(path: string): void {
    for (const entry of this.#view.svg.querySelectorAll('[tabindex="0"]')) {
      entry.setAttribute('tabindex', '-1');
    }
    this.#elementOf(path)?.setAttribute('tabindex', '0');
  }

  #elementOf(path: string): SVGElement | undefined {
    return this.#view.diagram?.elements(path).at(-1);
  }
}

/** The path or edge that a part of the picture belongs to. */
function targetOf(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  const element = target.closest<SVGElement>('[data-path], [data-edge], [data-target]');
  return element?.dataset['path'] ?? element?.dataset['edge'] ?? element?.dataset['target'];
}
