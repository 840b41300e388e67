import type { Notice } from '../../contracts/notices.ts';
import type { Moment } from '../../contracts/recorded-input.ts';

/** Notices at which no debugger stops: a line or a launch leaves the run where it was. */
const UNCOUNTED: ReadonlySet<Notice['kind']> = new Set(['log', 'output', 'launched', 'state-made']);

/** Counts boundaries, and the notices since the last one, so that a run can be repeated exactly. */
export class LogicalClock {
  #boundary = 0;
  #notice = 0;

  get now(): Moment {
    return { boundary: this.#boundary, notice: this.#notice };
  }

  /** The ordinal of the latest boundary; 0 before the first. */
  get boundary(): number {
    return this.#boundary;
  }

  get notice(): number {
    return this.#notice;
  }

  reachBoundary(): void {
    this.#boundary += 1;
    this.#notice = 0;
  }

  count(kind: Notice['kind']): void {
    if (!UNCOUNTED.has(kind)) this.#notice += 1;
  }

  /** Counts the boundary's own notice, which a closed gate has not emitted. */
  countBoundary(): void {
    this.#notice = 1;
  }
}
