import { Menu, type MenuItem } from '../panel/menu.ts';
import { Tooltip } from '../panel/tooltip.ts';
import { detailsOf, edgeDetailsOf, edgeTitle } from './aria-labels.ts';
import type { Stage } from './diagram/topology-view.ts';
import { directionOf, isArrow, neighbour } from './navigation.ts';
import type { TopologyHost } from './persisted-state.ts';

/** Elements that can crash: what the simulator schedules, and tasks while they process. */
const CRASHABLE = new Set(['workflow', 'generator', 'sequencer', 'splitter', 'task']);

/** How far an arrow key moves the view, in pixels. */
const PAN_STEP = 60;

/** What mouse and keyboard do with elements: tooltips, going to the source, the context menu. */
export class Pointing {
  readonly tooltip = new Tooltip();
  readonly menu = new Menu();
  readonly #stage: Stage;
  readonly #host: TopologyHost;
  #sites: Readonly<Record<string, string>> = {};

  constructor(stage: Stage, host: TopologyHost) {
    this.#stage = stage;
    this.#host = host;
    const { svg } = stage;
    svg.addEventListener('pointerover', (event) => this.#explain(event.target, event));
    svg.addEventListener('pointerout', () => this.tooltip.close());
    svg.addEventListener('pointerdown', () => this.tooltip.close());
    svg.addEventListener('wheel', () => this.tooltip.close(), { passive: true });
    svg.addEventListener('click', (event) => this.#reveal(targetOf(event.target)));
    svg.addEventListener('contextmenu', (event) => this.#openMenu(event));
    svg.addEventListener('keydown', (event) => this.#onKey(event));
    svg.addEventListener('focusin', (event) => this.#onFocus(event.target));
    svg.addEventListener('focusout', () => this.tooltip.close());
  }

  /** Where builder calls stand, and a new picture to walk through. */
  show(sites: Readonly<Record<string, string>>): void {
    this.#sites = sites;
    this.tooltip.close();
    const first = this.#stage.picture?.layout.nodes[0]?.path;
    if (first !== undefined) this.#makeEntry(first);
  }

  /** Moves the keyboard's focus, and the picture if need be, to an element. */
  focus(path: string): void {
    const box = this.#stage.picture?.box(path);
    if (box !== undefined) this.#stage.viewport.reveal(box);
    this.#makeEntry(path);
    this.#elementOf(path)?.focus();
  }

  #explain(target: EventTarget | null, pointer?: PointerEvent): void {
    const id = targetOf(target);
    const picture = this.#stage.picture;
    if (id === undefined || picture === undefined) return;
    const shown = picture.shown(id);
    const edge = picture.edge(id);
    const site = this.#sites[id];
    const hint = site === undefined ? '' : `Click: go to ${site}`;
    const at = pointer
      ? new DOMRect(pointer.clientX, pointer.clientY, 0, 0)
      : (target as Element).getBoundingClientRect();
    const { status } = this.#stage;
    if (shown !== undefined) this.tooltip.open(id, detailsOf(shown, status), hint, at);
    else if (edge !== undefined) {
      this.tooltip.open(edgeTitle(edge), edgeDetailsOf(edge, status), hint, at);
    }
  }

  #reveal(target: string | undefined): void {
    if (target !== undefined) this.#host.send({ type: 'reveal', target });
  }

  #openMenu(event: MouseEvent): void {
    // VS Code would open the menu of the editor's tab, which has nothing to say here.
    event.preventDefault();
    const target = targetOf(event.target);
    if (target !== undefined) this.#menuFor(target, event.clientX, event.clientY);
  }

  #menuFor(target: string, x: number, y: number): void {
    const picture = this.#stage.picture;
    const shown = picture?.shown(target);
    const kind = shown?.item.kind;
    const edge = picture?.edge(target);
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
    this.#makeEntry(path);
    this.#explain(target);
  }

  #onKey(event: KeyboardEvent): void {
    const path = targetOf(event.target);
    if (path === undefined && !isArrow(event.key)) return;
    if (path === undefined) this.#pan(event.key);
    else if (isArrow(event.key)) this.#walk(path, event.key);
    else if (event.key === 'Enter' || event.key === ' ') this.#reveal(path);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const { left, bottom } = (event.target as Element).getBoundingClientRect();
      this.#menuFor(path, left, bottom);
    } else if (event.key === 'Escape') this.tooltip.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** No element has the focus: arrows move the view. */
  #pan(key: string): void {
    const { x, y } = isArrow(key) ? directionOf(key) : { x: 0, y: 0 };
    this.#stage.viewport.panBy(-x * PAN_STEP, -y * PAN_STEP);
  }

  #walk(from: string, arrow: Parameters<typeof neighbour>[2]): void {
    const picture = this.#stage.picture;
    const box = picture?.box(from);
    if (picture === undefined || box === undefined) return;
    const { groups, nodes } = picture.layout;
    const headers = groups.map(({ path, header }) => [path, header] as const);
    const boxes = nodes.map((node) => [node.path, node] as const);
    const start = picture.layout.groups.find((group) => group.path === from)?.header ?? box;
    const next = neighbour(start, [...headers, ...boxes], arrow);
    if (next !== undefined) this.focus(next);
  }

  /** One element at a time can be reached with the Tab key; arrows lead on from there. */
  #makeEntry(path: string): void {
    for (const entry of this.#stage.svg.querySelectorAll('[tabindex="0"]')) {
      entry.setAttribute('tabindex', '-1');
    }
    this.#elementOf(path)?.setAttribute('tabindex', '0');
  }

  #elementOf(path: string): SVGElement | undefined {
    return this.#stage.picture?.elements(path).at(-1);
  }
}

/** The path or edge that a part of the picture belongs to. */
function targetOf(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  const element = target.closest<SVGElement>('[data-path], [data-edge], [data-target]');
  return element?.dataset['path'] ?? element?.dataset['edge'] ?? element?.dataset['target'];
}
