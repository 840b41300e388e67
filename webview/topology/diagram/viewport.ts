import { select, type ZoomBehavior, ZoomTransform, zoom, zoomTransform } from 'd3';
import type { Box } from '../../../layout/index.ts';
import type { Layer } from '../../panel/dom.ts';

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
  #followed: Box | undefined;

  /** `moved` is told the place the person chose, or `undefined` when it is to fit again. */
  constructor(svg: SVGSVGElement, moved: (place: ViewportPlace | undefined) => void) {
    this.#svg = svg;
    this.#moved = moved;
    this.#zoom = zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.05, 4])
      .filter((event: MouseEvent) => event.button === 0)
      .on('zoom', ({ transform, sourceEvent }) => {
        this.#root?.attr('transform', transform.toString());
        // A zoom that no event of the person's caused is our own.
        if (sourceEvent) this.#chosen = true;
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
    this.#followed = undefined;
    if (place === undefined) this.#fit(FOLLOW_SCALE_MIN, false);
    else this.#go(new ZoomTransform(place.k, place.x, place.y), false);
  }

  /** The whole picture, however small. */
  fit(): void {
    this.#chosen = true;
    this.#fit(0, true);
  }

  /**
   * Until the person chooses a place: the whole picture if it can be read so, else as much of it
   * as can be read, and of that the part around `box`, where something happens.
   */
  follow(box: Box): void {
    this.#followed = box;
    if (!this.#chosen && !this.#isSeen(box)) this.#go(this.#around(box, this.scale), true);
  }

  /** The picture at its own size, around what is in the middle now. */
  reset(): void {
    this.#chosen = true;
    const svg = select(this.#svg);
    if (motionReduced()) svg.call(this.#zoom.scaleTo, 1);
    else svg.transition().duration(MOVE_MS).call(this.#zoom.scaleTo, 1);
  }

  /** Zooms in (`factor` above 1) or out. */
  zoomBy(factor: number): void {
    this.#chosen = true;
    const svg = select(this.#svg);
    if (motionReduced()) svg.call(this.#zoom.scaleBy, factor);
    else svg.transition().duration(MOVE_MS).call(this.#zoom.scaleBy, factor);
  }

  panBy(dx: number, dy: number): void {
    const { k } = this.#transform();
    this.#chosen = true;
    select(this.#svg).call(this.#zoom.translateBy, dx / k, dy / k);
  }

  /** Moves so that `box` is seen, if it is not; larger if its text could not be read. */
  reveal(box: Box): void {
    if (this.#isSeen(box) && this.scale >= READABLE_SCALE) return;
    this.#chosen = true;
    this.#go(this.#around(box, Math.max(this.scale, READABLE_SCALE)), true);
  }

  get scale(): number {
    return this.#transform().k;
  }

  #transform(): ZoomTransform {
    return zoomTransform(this.#svg);
  }

  #resized(): void {
    if (this.#chosen || this.#root === undefined) return;
    this.#fit(FOLLOW_SCALE_MIN, false);
    if (this.#followed !== undefined) this.follow(this.#followed);
  }

  #fit(scaleMin: number, smoothly: boolean): void {
    const { width, height } = this.#svg.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    const whole = Math.min(
      FIT_SCALE_MAX,
      (width - 2 * FIT_MARGIN) / this.#picture.width,
      (height - 2 * FIT_MARGIN) / this.#picture.height,
    );
    this.#go(this.#around(this.#picture, Math.max(whole, scaleMin)), smoothly);
  }

  /** Shows `box` in the middle, or its beginning where it is larger than the panel. */
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

  #isSeen(box: Box): boolean {
    const { width, height } = this.#svg.getBoundingClientRect();
    const { x, y, k } = this.#transform();
    const [left, top] = [box.x * k + x, box.y * k + y];
    return left >= 0 && top >= 0 && left + box.width * k <= width && top + box.height * k <= height;
  }

  #go(transform: ZoomTransform, smoothly: boolean): void {
    const svg = select(this.#svg);
    if (!smoothly || motionReduced()) svg.call(this.#zoom.transform, transform);
    else svg.transition().duration(MOVE_MS).call(this.#zoom.transform, transform);
  }
}

/** Where the person left the picture. */
export interface ViewportPlace {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

/** Names of 13 pixels can be read well from here on. */
const READABLE_SCALE = 0.75;
/** The least scale that is chosen for a person: names can be made out, shapes and badges seen. */
const FOLLOW_SCALE_MIN = 0.5;

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** VS Code has a setting of its own for motion, told by a class of the page. */
export function motionReduced(): boolean {
  return reducedMotion.matches || document.body.classList.contains('vscode-reduce-motion');
}
