import { Menu, type MenuItem } from '../panel/menu.ts';
import { Tooltip } from '../panel/tooltip.ts';
import { detailsOf, stepTitle } from './aria-labels.ts';
import type { Chart } from './chart/chart.ts';
import { countText } from './chart/ticks.ts';
import type { TimelineHost } from './persisted-state.ts';

/** Pixels that distinguish a drag from a click. */
const DRAG_MIN = 4;
const ZOOM_STEP = 1.4;
/** Zoom speed of the wheel: a notch of 100 units zooms by about a third. */
const WHEEL_ZOOM = 0.003;

/** Mouse and keyboard on the timeline. */
export class Interaction {
  readonly tooltip = new Tooltip();
  readonly menu = new Menu();
  readonly #chart: Chart;
  readonly #host: TimelineHost;
  /** True if the debug adapter can seek. */
  seekable = false;
  #drag: Drag | undefined;

  constructor(chart: Chart, host: TimelineHost) {
    this.#chart = chart;
    this.#host = host;
    const { plot, axis } = chart;
    for (const svg of [plot.svg, axis.svg]) {
      svg.addEventListener('pointermove', (event) => this.#onMove(event));
      svg.addEventListener('pointerdown', (event) => this.#onDown(event));
      svg.addEventListener('pointerup', (event) => this.#onUp(event));
      svg.addEventListener('pointercancel', () => this.#release());
      svg.addEventListener('pointerleave', () => this.#leave());
      svg.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
      svg.addEventListener('contextmenu', (event) => this.#onContextMenu(event));
    }
    plot.svg.addEventListener('keydown', (event) => this.#onKey(event));
    plot.svg.addEventListener('focus', () => this.#onFocus());
    plot.svg.addEventListener('blur', () => this.#leave());
  }

  zoom(factor: number): void {
    this.#chart.zoom(factor, this.#chart.scale.width / 2);
  }

  /** Seeks to the position before `step`. */
  seek(step: number): void {
    if (this.seekable) this.#host.send({ type: 'seek', step });
  }

  #onMove(event: PointerEvent): void {
    const drag = this.#drag;
    if (drag === undefined) {
      this.#showTooltip(this.#stepAt(event), new DOMRect(event.clientX, event.clientY, 0, 0));
      return;
    }
    drag.moved ||= Math.abs(event.clientX - drag.x) >= DRAG_MIN;
    if (!drag.moved) return;
    this.tooltip.close();
    this.#chart.pan(drag.last - event.clientX);
    drag.last = event.clientX;
  }

  #onDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.tooltip.close();
    const branch = branchOf(event.target);
    this.#drag = { x: event.clientX, last: event.clientX, moved: false, branch };
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  }

  #onUp(event: PointerEvent): void {
    const drag = this.#drag;
    this.#release();
    if (drag === undefined || drag.moved || event.button !== 0) return;
    if (drag.branch === undefined) this.seek(this.#stepAt(event));
    else this.#seekBranch(drag.branch, event);
  }

  /** Seeks to the same step of another branch, or to its end if it is shorter. */
  #seekBranch({ id, from, to }: BranchTarget, event: MouseEvent): void {
    const step = Math.max(from, Math.min(to, this.#chart.scale.stepAt(this.#xOf(event))));
    if (this.seekable) this.#host.send({ type: 'seek', step, branch: id });
  }

  #release(): void {
    this.#drag = undefined;
  }

  #leave(): void {
    this.tooltip.close();
    this.#chart.highlight(undefined);
  }

  #onWheel(event: WheelEvent): void {
    event.preventDefault();
    this.tooltip.close();
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (sideways) this.#chart.pan(event.deltaX || event.deltaY);
    else this.#chart.zoom(Math.exp(-event.deltaY * WHEEL_ZOOM), this.#xOf(event));
  }

  #onContextMenu(event: MouseEvent): void {
    // Replaces VS Code's menu of the panel, which has no commands for steps.
    event.preventDefault();
    this.#openMenu(this.#stepAt(event), event.clientX, event.clientY);
  }

  #openMenu(step: number, x: number, y: number): void {
    if (!this.seekable) return;
    const { recorded } = this.#chart;
    const items: MenuItem[] = [
      { label: `Go to Before Step ${countText(step)}`, run: () => this.seek(step) },
    ];
    if (step < recorded) {
      items.push(
        { label: `Go to After Step ${countText(step)}`, run: () => this.seek(step + 1) },
        {
          label: `Roll Back to Step ${countText(step)}`,
          run: () => this.#host.send({ type: 'rollback', step }),
        },
      );
    }
    this.tooltip.close();
    this.menu.open(items, x, y);
  }

  /** Selects the current step when the keyboard focuses the plot. */
  #onFocus(): void {
    if (this.#chart.plot.svg.matches(':focus-visible')) this.#select(this.#chart.selected);
  }

  #onKey(event: KeyboardEvent): void {
    const { selected, recorded, present } = this.#chart;
    const target = this.#targetOf(event);
    if (target !== undefined) this.#select(Math.max(0, Math.min(recorded, target)));
    else if (event.key === 'Enter' || event.key === ' ') this.seek(selected);
    else if (event.key === 'Escape') {
      this.#select(present);
      this.tooltip.close();
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const { left, bottom } = this.#boxOf(selected);
      this.#openMenu(selected, left, bottom);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The step that a key selects. */
  #targetOf({ key, ctrlKey, metaKey }: KeyboardEvent): number | undefined {
    const { selected, recorded, scale } = this.#chart;
    const page = Math.max(1, Math.floor((scale.width / scale.stepWidth) * 0.8));
    const direction = key === 'ArrowLeft' || key === 'ArrowDown' ? -1 : 1;
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowRight':
        if (ctrlKey || metaKey) return this.#chart.sameUnit(direction);
        return selected + direction;
      case 'ArrowUp':
      case 'ArrowDown':
        return this.#chart.sameUnit(direction);
      case 'PageUp':
        return selected - page;
      case 'PageDown':
        return selected + page;
      case 'Home':
        return 0;
      case 'End':
        return recorded;
      default:
        return undefined;
    }
  }

  #select(step: number): void {
    this.#chart.select(step);
    this.#showTooltip(step, this.#boxOf(step));
  }

  #showTooltip(step: number, at: DOMRect): void {
    const { recorded, present, scale } = this.#chart;
    this.#chart.highlight(step < recorded ? step : undefined);
    const entry = this.#chart.entry(step);
    if (entry !== undefined && scale.hasMarks) {
      this.tooltip.open(stepTitle(entry), detailsOf(entry, present), this.#hintOf(step), at);
    } else if (step < recorded) {
      this.tooltip.open(`Step ${countText(step)}`, [], this.#hintOf(step), at);
    } else this.tooltip.close();
  }

  #hintOf(step: number): string {
    if (step === this.#chart.present) return 'Current position: before this step';
    return this.seekable ? 'Click or Enter: go to before this step' : '';
  }

  /** The step at the pointer, limited to the recorded history. */
  #stepAt(event: MouseEvent): number {
    const { scale, recorded } = this.#chart;
    return Math.max(0, Math.min(recorded, scale.stepAt(this.#xOf(event))));
  }

  #xOf(event: MouseEvent): number {
    return event.clientX - this.#chart.plot.svg.getBoundingClientRect().left;
  }

  /** The bounding box of a step's column on the page. */
  #boxOf(step: number): DOMRect {
    const { scale } = this.#chart;
    const { left, top, height } = this.#chart.plot.svg.getBoundingClientRect();
    return new DOMRect(left + scale.x(step), top, scale.stepWidth, Math.min(height, 40));
  }
}

/** The state between pointer down and pointer up. */
interface Drag {
  readonly x: number;
  last: number;
  moved: boolean;
  /** The pressed branch; a captured pointer no longer reports its target. */
  readonly branch: BranchTarget | undefined;
}

interface BranchTarget {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

/** The branch that an element of the axis represents. */
function branchOf(target: EventTarget | null): BranchTarget | undefined {
  const row = target instanceof Element ? target.closest<SVGElement>('[data-branch]') : null;
  if (row === null) return undefined;
  const { branch, from, to } = row.dataset;
  return { id: Number(branch), from: Number(from), to: Number(to) };
}

/** The zoom factor of a key, or `undefined` for other keys. */
export function zoomFactorOf(key: string): number | undefined {
  if (key === '+' || key === '=') return ZOOM_STEP;
  return key === '-' ? 1 / ZOOM_STEP : undefined;
}
