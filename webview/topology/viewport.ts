import { select, type ZoomBehavior, ZoomTransform, zoom, zoomTransform } from 'd3';
import { type Box, centerOf } from '../../layout/index.ts';
import type { Layer } from './mount.ts';

/** Small pictures are not blown up to fill the panel. */
const FIT_SCALE_MAX = 1.15;
const FIT_MARGIN = 16;
const MOVE_MS = 220;

/** Which part of the picture is seen, and how large. */
export class Viewport {
  readonly #svg: SVGSVGElement;
  readonly #zoom: ZoomBehavior<SVGSVGElement, unknown>;
  readonly #moved: (place: ViewportPlace | undefined) => void;
  #root: Layer | undefined;
  #picture: Box = { x: 0, y: 0, width: 1, height: 1 };
  /** False until the person has zoomed or panned: so long the picture keeps fitting the panel. */
  #chosen = false;

  /** `moved` is told the place the person chose, or `undefined` when it is to fit again. */
  constructor(svg: SVGSVGElement, moved: (place: ViewportPlace | undefined) => void) {
    this.#svg = svg;
    this.#moved = moved;
    this.#zoom = zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.05, 4])
      .filter((event: MouseEvent) => event.button === 0)
      .on('zoom', ({ transform, sourceEvent }) => {
        this.#root?.attr('transform', transform.toString());
        if (sourceEvent !== null) this.#chosen = true;
      })
      .on('end', ({ transform }) => {
        const { x, y, k } = transform;
        this.#moved(this.#chosen ? { x, y, k } : undefined);
      });
    select(svg).call(this.#zoom).on('dblclick.zoom', null);
    new ResizeObserver(() => this.#resized()).observe(svg);
  }

  /** Shows another picture, at `place` if it was seen before. */
  show(root: Layer, picture: Box, place: ViewportPlace | undefined): void {
    this.#root = root;
    this.#picture = picture;
    this.#chosen = place !== undefined;
    if (place === undefined) this.fit(false);
    else this.#go(new ZoomTransform(place.k, place.x, place.y), false);
  }

  /** The whole picture. */
  fit(smoothly = true): void {
    const { width, height } = this.#svg.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    const scale = Math.min(
      FIT_SCALE_MAX,
      (width - 2 * FIT_MARGIN) / this.#picture.width,
      (height - 2 * FIT_MARGIN) / this.#picture.height,
    );
    const center = centerOf(this.#picture);
    this.#chosen = false;
    this.#go(about(center, { x: width / 2, y: height / 2 }, scale), smoothly);
  }

  /** The picture at its own size, around what is in the middle now. */
  reset(): void {
    this.#chosen = true;
    select(this.#svg).transition().duration(duration()).call(this.#zoom.scaleTo, 1);
  }

  /** Zooms in (`factor` above 1) or out. */
  zoomBy(factor: number): void {
    this.#chosen = true;
    select(this.#svg).transition().duration(duration()).call(this.#zoom.scaleBy, factor);
  }

  panBy(dx: number, dy: number): void {
    const { k } = this.#transform();
    this.#chosen = true;
    select(this.#svg).call(this.#zoom.translateBy, dx / k, dy / k);
  }

  /** Moves so that `box` is seen, if it is not; larger if its text could not be read. */
  reveal(box: Box): void {
    const { width, height } = this.#svg.getBoundingClientRect();
    const { x, y, k } = this.#transform();
    const [left, top] = [box.x * k + x, box.y * k + y];
    const seen =
      left >= 0 && top >= 0 && left + box.width * k <= width && top + box.height * k <= height;
    if (seen && k >= READABLE_SCALE) return;
    const scale = Math.max(k, READABLE_SCALE);
    this.#chosen = true;
    this.#go(about(centerOf(box), { x: width / 2, y: height / 2 }, scale), true);
  }

  get scale(): number {
    return this.#transform().k;
  }

  #transform(): ZoomTransform {
    return zoomTransform(this.#svg);
  }

  #resized(): void {
    if (!this.#chosen && this.#root !== undefined) this.fit(false);
  }

  #go(transform: ZoomTransform, smoothly: boolean): void {
    const svg = select(this.#svg);
    if (!smoothly || duration() === 0) svg.call(this.#zoom.transform, transform);
    else svg.transition().duration(MOVE_MS).call(this.#zoom.transform, transform);
  }
}

/** Where the person left the picture. */
export interface ViewportPlace {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

/** Names of 13 pixels can be read from here on. */
const READABLE_SCALE = 0.7;

function about(
  point: { x: number; y: number },
  at: { x: number; y: number },
  scale: number,
): ZoomTransform {
  return new ZoomTransform(scale, at.x - point.x * scale, at.y - point.y * scale);
}

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** VS Code has a setting of its own for motion, told by a class of the page. */
export function motionReduced(): boolean {
  return reducedMotion.matches || document.body.classList.contains('vscode-reduce-motion');
}

function duration(): number {
  return motionReduced() ? 0 : MOVE_MS;
}
