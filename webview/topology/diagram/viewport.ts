import { select, type ZoomBehavior, ZoomTransform, zoom, zoomTransform } from 'd3';
import type { Box } from '../../../layout/index.ts';
import type { Layer } from '../../panel/dom.ts';

/** Small diagrams are not enlarged beyond this scale. */
const FIT_SCALE_MAX = 1.15;
const FIT_MARGIN = 16;
const MOVE_MS = 220;

/** The visible part of the diagram and its scale. */
export class Viewport {
  readonly #svg: SVGSVGElement;
  readonly #zoom: ZoomBehavior<SVGSVGElement, unknown>;
  readonly #onMoved: (transform: ViewportTransform | undefined) => void;
  #root: Layer | undefined;
  #diagram: Box = { x: 0, y: 0, width: 1, height: 1 };
  /** False until the user zooms or pans; until then the diagram keeps fitting the panel. */
  #positionedByUser = false;
  #followedBox: Box | undefined;

  /** `moved` receives the transform that the user chose, or `undefined` for automatic fitting. */
  constructor(svg: SVGSVGElement, moved: (transform: ViewportTransform | undefined) => void) {
    this.#svg = svg;
    this.#onMoved = moved;
    this.#zoom = zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.05, 4])
      .filter((event: MouseEvent) => event.button === 0)
      .on('zoom', ({ transform, sourceEvent }) => {
        this.#root?.attr('transform', transform.toString());
        // Zooming without a source event is programmatic.
        if (sourceEvent) this.#positionedByUser = true;
      })
      .on('end', ({ transform }) => {
        const { x, y, k } = transform;
        this.#onMoved(this.#positionedByUser ? { x, y, k } : undefined);
      });
    select(svg).call(this.#zoom).on('dblclick.zoom', null);
    new ResizeObserver(() => this.#resized()).observe(svg);
  }

  /** Shows a diagram, at `transform` if one was persisted for it. */
  show(root: Layer, diagram: Box, transform: ViewportTransform | undefined): void {
    this.#root = root;
    this.#diagram = diagram;
    this.#positionedByUser = transform !== undefined;
    this.#followedBox = undefined;
    if (transform === undefined) this.#fit(FOLLOW_SCALE_MIN, false);
    else this.#transformTo(new ZoomTransform(transform.k, transform.x, transform.y), false);
  }

  /** Shows the whole diagram at any scale. */
  fit(): void {
    this.#positionedByUser = true;
    this.#fit(0, true);
  }

  /**
   * Keeps `box`, the current element, visible as long as the user has not positioned the view: the
   * whole diagram if it is readable, else a readable part of it around `box`.
   */
  follow(box: Box): void {
    this.#followedBox = box;
    if (!this.#positionedByUser && !this.#isVisible(box))
      this.#transformTo(this.#around(box, this.scale), true);
  }

  /** Shows the diagram at scale 1 around the current element, else around the center. */
  reset(): void {
    this.#positionedByUser = true;
    if (this.#followedBox !== undefined) {
      this.#transformTo(this.#around(this.#followedBox, 1), true);
      return;
    }
    const svg = select(this.#svg);
    if (motionReduced()) svg.call(this.#zoom.scaleTo, 1);
    else svg.transition().duration(MOVE_MS).call(this.#zoom.scaleTo, 1);
  }

  /** Zooms in (`factor` above 1) or out. */
  zoomBy(factor: number): void {
    this.#positionedByUser = true;
    const svg = select(this.#svg);
    if (motionReduced()) svg.call(this.#zoom.scaleBy, factor);
    else svg.transition().duration(MOVE_MS).call(this.#zoom.scaleBy, factor);
  }

  panBy(dx: number, dy: number): void {
    const { k } = this.#transform();
    this.#positionedByUser = true;
    select(this.#svg).call(this.#zoom.translateBy, dx / k, dy / k);
  }

  /** Scrolls `box` into view and zooms in if its text is too small to read. */
  reveal(box: Box): void {
    if (this.#isVisible(box) && this.scale >= READABLE_SCALE) return;
    this.#positionedByUser = true;
    this.#transformTo(this.#around(box, Math.max(this.scale, READABLE_SCALE)), true);
  }

  get scale(): number {
    return this.#transform().k;
  }

  #transform(): ZoomTransform {
    return zoomTransform(this.#svg);
  }

  #resized(): void {
    if (this.#positionedByUser || this.#root === undefined) return;
    this.#fit(FOLLOW_SCALE_MIN, false);
    if (this.#followedBox !== undefined) this.follow(this.#followedBox);
  }

  #fit(scaleMin: number, animated: boolean): void {
    const { width, height } = this.#svg.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    const whole = Math.min(
      FIT_SCALE_MAX,
      (width - 2 * FIT_MARGIN) / this.#diagram.width,
      (height - 2 * FIT_MARGIN) / this.#diagram.height,
    );
    this.#transformTo(this.#around(this.#diagram, Math.max(whole, scaleMin)), animated);
  }

  /** Centers `box`, or shows its start if it is larger than the panel. */
  #around(box: Box, scale: number): ZoomTransform {
    const { width, height } = this.#svg.getBoundingClientRect();
    const place = (start: number, length: number, room: number): number =>
      length * scale > room
        ? FIT_MARGIN - start * scale
        : (room - length * scale) / 2 - start * scale;
    return new ZoomTransform(
      scale,
      place(box.x, box.width, width),
      place(box.y, box.height, height),
    );
  }

  #isVisible(box: Box): boolean {
    const { width, height } = this.#svg.getBoundingClientRect();
    const { x, y, k } = this.#transform();
    const [left, top] = [box.x * k + x, box.y * k + y];
    return left >= 0 && top >= 0 && left + box.width * k <= width && top + box.height * k <= height;
  }

  #transformTo(transform: ZoomTransform, animated: boolean): void {
    const svg = select(this.#svg);
    if (!animated || motionReduced()) svg.call(this.#zoom.transform, transform);
    else svg.transition().duration(MOVE_MS).call(this.#zoom.transform, transform);
  }
}

/** A zoom transform: offset and scale. */
export interface ViewportTransform {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

/** From this scale on, names (13 px) are easy to read. */
const READABLE_SCALE = 0.75;
/** The smallest scale that the viewport chooses by itself; names are still legible. */
const FOLLOW_SCALE_MIN = 0.5;

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** True if the system or the VS Code setting `workbench.reduceMotion` asks for it. */
export function motionReduced(): boolean {
  return reducedMotion.matches || document.body.classList.contains('vscode-reduce-motion');
}
