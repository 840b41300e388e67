import type { Density, PanelMessage, TimelineEntry } from '../../webview/timeline/messages.ts';
import type { Lanes } from './lanes.ts';

type DensityQuery = Extract<PanelMessage, { type: 'queryDensity' }>;

/** Entries beyond this are not kept; about 10 MB. */
const ENTRIES_MAX = 50_000;
const DENSITIES_MAX = 200;

/** The part of a run that the extension has received, so that the timeline outlives the session. */
export class RunRecord {
  lanes: Lanes | undefined;
  #historyVersion = 0;
  #entries = new Map<number, TimelineEntry>();
  #densities = new Map<string, Density>();

  /** Discards the steps of other history versions. */
  useHistory(historyVersion: number): void {
    if (historyVersion === this.#historyVersion) return;
    this.#historyVersion = historyVersion;
    this.#entries = new Map();
    this.#densities = new Map();
  }

  /** Keeps `items`, whose steps are consecutive. */
  keepSteps(historyVersion: number, items: readonly TimelineEntry[]): void {
    if (historyVersion !== this.#historyVersion) return;
    for (const entry of items) {
      if (this.#entries.size >= ENTRIES_MAX) return;
      this.#entries.set(entry.step, entry);
    }
  }

  keepDensity(historyVersion: number, density: Density): void {
    if (historyVersion !== this.#historyVersion) return;
    if (this.#densities.size < DENSITIES_MAX) this.#densities.set(keyOf(density), density);
  }

  /** True if all of `recorded` steps are kept, or as many as possible. */
  isComplete(recorded: number): boolean {
    return this.#entries.size >= Math.min(recorded, ENTRIES_MAX);
  }

  /** The kept steps from `start` on, up to `count` or the first gap. */
  steps(start: number, count: number): TimelineEntry[] {
    const items: TimelineEntry[] = [];
    for (let step = start; step < start + count; step += 1) {
      const entry = this.#entries.get(step);
      if (entry === undefined) return items;
      items.push(entry);
    }
    return items;
  }

  density(query: DensityQuery): Density | undefined {
    return this.#densities.get(keyOf(query));
  }
}

function keyOf({ start, binSize }: Pick<Density, 'start' | 'binSize'>): string {
  return `${start} ${binSize}`;
}
