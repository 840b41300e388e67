import type { Scale } from './chart/scale.ts';
import type { Density, TimelineEntry } from './messages.ts';

/** Steps per query. */
const STEPS_PER_TILE = 256;
/** Bins per query. */
const BINS_PER_TILE = 128;
/** Minimum width of a bin in pixels. */
const BIN_WIDTH_MIN = 3;
/** Cached tiles of each kind; more than any screen shows. */
const TILES_MAX = 96;

/** A query for the part of the history that a view needs. */
export type HistoryQuery =
  | { readonly type: 'querySteps'; readonly start: number; readonly count: number }
  | {
      readonly type: 'queryDensity';
      readonly start: number;
      readonly count: number;
      readonly binSize: number;
    };

interface DensityTile {
  readonly density: Density;
  /** The number of recorded steps when the tile was queried. */
  readonly recorded: number;
}

/**
 * The cached part of the recorded history: tiles of steps, and tiles of densities for each bin
 * size. The cache is bounded, however long the history is.
 */
export class History {
  /** The number of recorded steps. */
  #recorded = 0;
  #steps = new Map<number, TimelineEntry[]>();
  #densities = new Map<string, DensityTile>();
  /** Unanswered queries, with the number of recorded steps at the time of the query. */
  readonly #pending = new Map<string, number>();

  get recorded(): number {
    return this.#recorded;
  }

  /** The history has grown; cached tiles stay valid. */
  setRecorded(recorded: number): void {
    this.#recorded = recorded;
  }

  /** Clears the cache for another history. */
  clear(): void {
    this.#recorded = 0;
    this.#steps = new Map();
    this.#densities = new Map();
    this.#pending.clear();
  }

  entry(step: number): TimelineEntry | undefined {
    const at = Math.floor(step / STEPS_PER_TILE);
    return this.#steps.get(at)?.[step - at * STEPS_PER_TILE];
  }

  /** The cached steps in view. */
  entries(scale: Scale): TimelineEntry[] {
    const entries: TimelineEntry[] = [];
    const last = Math.min(this.#recorded - 1, Math.floor(scale.end));
    for (let step = Math.max(0, Math.floor(scale.start)); step <= last; step += 1) {
      const entry = this.entry(step);
      if (entry !== undefined) entries.push(entry);
    }
    return entries;
  }

  /** The nearest cached step of `unit` before (-1) or after (1) `from`. */
  nearestStepOf(unit: string, from: number, direction: 1 | -1): number | undefined {
    for (let step = from + direction; ; step += direction) {
      const entry = this.entry(step);
      if (entry === undefined) return undefined;
      if (entry.choice.unit === unit) return step;
    }
  }

  /** The cached densities in view. */
  densities(scale: Scale): Density[] {
    const binSize = binSizeOf(scale);
    return this.#tilesIn(scale, binSize * BINS_PER_TILE).flatMap((tile) => {
      const cached = this.#densities.get(`${binSize} ${tile}`);
      return cached === undefined ? [] : [cached.density];
    });
  }

  /** Caches steps of one tile. An empty answer stays pending: the steps are not recorded. */
  accept(start: number, items: readonly TimelineEntry[]): void {
    if (items.length === 0) return;
    const at = Math.floor(start / STEPS_PER_TILE);
    const tile = this.#steps.get(at) ?? [];
    for (const entry of items) tile[entry.step - at * STEPS_PER_TILE] = entry;
    store(this.#steps, at, tile);
    this.#pending.delete(`steps ${at}`);
  }

  acceptDensity(density: Density): void {
    const { start, binSize } = density;
    const key = `${binSize} ${Math.floor(start / (binSize * BINS_PER_TILE))}`;
    const recorded = this.#pending.get(`density ${key}`) ?? this.#recorded;
    store(this.#densities, key, { density, recorded });
    this.#pending.delete(`density ${key}`);
  }

  /** Queries for what is in view and neither cached nor pending; marks them as pending. */
  takeQueries(scale: Scale): HistoryQuery[] {
    if (this.#recorded === 0) return [];
    return scale.hasMarks ? this.#stepQueries(scale) : this.#densityQueries(scale);
  }

  #stepQueries(scale: Scale): HistoryQuery[] {
    return this.#tilesIn(scale, STEPS_PER_TILE).flatMap((at): HistoryQuery[] => {
      const key = `steps ${at}`;
      const loaded = this.#steps.get(at)?.length ?? 0;
      const start = at * STEPS_PER_TILE + loaded;
      const count = Math.min(this.#recorded, (at + 1) * STEPS_PER_TILE) - start;
      if (count <= 0 || this.#pending.has(key)) return [];
      this.#pending.set(key, this.#recorded);
      return [{ type: 'querySteps', start, count }];
    });
  }

  #densityQueries(scale: Scale): HistoryQuery[] {
    const binSize = binSizeOf(scale);
    const size = binSize * BINS_PER_TILE;
    return this.#tilesIn(scale, size).flatMap((at): HistoryQuery[] => {
      const key = `${binSize} ${at}`;
      const queried = this.#densities.get(key)?.recorded ?? 0;
      const start = at * size;
      const isComplete = queried >= Math.min(this.#recorded, start + size);
      if (isComplete || this.#pending.has(`density ${key}`)) return [];
      this.#pending.set(`density ${key}`, this.#recorded);
      return [{ type: 'queryDensity', start, count: size, binSize }];
    });
  }

  /** Drops pending queries, which are not answered while the app runs. */
  clearPending(): void {
    this.#pending.clear();
  }

  #tilesIn(scale: Scale, size: number): number[] {
    const first = Math.max(0, Math.floor(scale.start / size));
    const last = Math.floor(Math.min(scale.end, this.#recorded - 1) / size);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  }
}

/** A power of two, so that bins keep their position while the view moves. */
export function binSizeOf(scale: Scale): number {
  return 2 ** Math.ceil(Math.log2(BIN_WIDTH_MIN / scale.stepWidth));
}

/** Stores `value` as the most recent tile and evicts the oldest ones. */
function store<Key, Value>(tiles: Map<Key, Value>, key: Key, value: Value): void {
  tiles.delete(key);
  tiles.set(key, value);
  for (const oldest of tiles.keys()) {
    if (tiles.size <= TILES_MAX) return;
    tiles.delete(oldest);
  }
}
