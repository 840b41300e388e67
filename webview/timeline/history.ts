import type { Scale } from './chart/scale.ts';
import type { Density, TimelineEntry } from './messages.ts';

/** Steps asked for at once. */
const STEPS_PER_TILE = 256;
/** Bins asked for at once. */
const BINS_PER_TILE = 128;
/** Pixels that a bin takes at the least. */
const BIN_WIDTH_MIN = 3;
/** Tiles of each kind that are kept; more than any screen shows. */
const TILES_MAX = 96;

/** What the panel would have to ask for to draw a view. */
export type Want =
  | { readonly type: 'wantSteps'; readonly start: number; readonly count: number }
  | {
      readonly type: 'wantDensity';
      readonly start: number;
      readonly count: number;
      readonly binSize: number;
    };

interface DensityTile {
  readonly density: Density;
  /** How many steps were recorded when it was asked for. */
  readonly known: number;
}

/**
 * What the panel knows of the recorded history: tiles of steps, and tiles of densities for each
 * size of bins. It never holds more than some screens of it, however long the history is.
 */
export class History {
  /** How many steps are recorded. */
  #recorded = 0;
  #steps = new Map<number, TimelineEntry[]>();
  #densities = new Map<string, DensityTile>();
  /** What was asked for and has not come, as the number of steps recorded at that time. */
  readonly #asked = new Map<string, number>();

  get recorded(): number {
    return this.#recorded;
  }

  /** The history has grown; what was known of it holds. */
  grow(recorded: number): void {
    this.#recorded = recorded;
  }

  /** Another history: nothing is known of it. */
  clear(): void {
    this.#recorded = 0;
    this.#steps = new Map();
    this.#densities = new Map();
    this.#asked.clear();
  }

  entry(step: number): TimelineEntry | undefined {
    const at = Math.floor(step / STEPS_PER_TILE);
    return this.#steps.get(at)?.[step - at * STEPS_PER_TILE];
  }

  /** The known steps among those in view. */
  entries(scale: Scale): TimelineEntry[] {
    const entries: TimelineEntry[] = [];
    const last = Math.min(this.#recorded - 1, Math.floor(scale.end));
    for (let step = Math.max(0, Math.floor(scale.start)); step <= last; step += 1) {
      const entry = this.entry(step);
      if (entry !== undefined) entries.push(entry);
    }
    return entries;
  }

  /** The nearest known step of `unit` before (-1) or after (1) `from`. */
  neighbour(unit: string, from: number, direction: 1 | -1): number | undefined {
    for (let step = from + direction; ; step += direction) {
      const entry = this.entry(step);
      if (entry === undefined) return undefined;
      if (entry.choice.unit === unit) return step;
    }
  }

  /** The known densities in view. */
  densities(scale: Scale): Density[] {
    const binSize = binSizeOf(scale);
    return this.#tilesIn(scale, binSize * BINS_PER_TILE).flatMap((tile) => {
      const known = this.#densities.get(`${binSize} ${tile}`);
      return known === undefined ? [] : [known.density];
    });
  }

  /** Takes in steps of one tile. None at all means that they are not kept: no use to ask again. */
  accept(start: number, items: readonly TimelineEntry[]): void {
    if (items.length === 0) return;
    const at = Math.floor(start / STEPS_PER_TILE);
    const tile = this.#steps.get(at) ?? [];
    for (const entry of items) tile[entry.step - at * STEPS_PER_TILE] = entry;
    keep(this.#steps, at, tile);
    this.#asked.delete(`steps ${at}`);
  }

  acceptDensity(density: Density): void {
    const { start, binSize } = density;
    const key = `${binSize} ${Math.floor(start / (binSize * BINS_PER_TILE))}`;
    const known = this.#asked.get(`density ${key}`) ?? this.#recorded;
    keep(this.#densities, key, { density, known });
    this.#asked.delete(`density ${key}`);
  }

  /** What is in view and not known, nor asked for already; it counts as asked for from now on. */
  takeWants(scale: Scale): Want[] {
    if (this.#recorded === 0) return [];
    return scale.hasMarks ? this.#wantedSteps(scale) : this.#wantedDensities(scale);
  }

  #wantedSteps(scale: Scale): Want[] {
    return this.#tilesIn(scale, STEPS_PER_TILE).flatMap((at): Want[] => {
      const key = `steps ${at}`;
      const loaded = this.#steps.get(at)?.length ?? 0;
      const start = at * STEPS_PER_TILE + loaded;
      const count = Math.min(this.#recorded, (at + 1) * STEPS_PER_TILE) - start;
      if (count <= 0 || this.#asked.has(key)) return [];
      this.#asked.set(key, this.#recorded);
      return [{ type: 'wantSteps', start, count }];
    });
  }

  #wantedDensities(scale: Scale): Want[] {
    const binSize = binSizeOf(scale);
    const size = binSize * BINS_PER_TILE;
    return this.#tilesIn(scale, size).flatMap((at): Want[] => {
      const key = `${binSize} ${at}`;
      const known = this.#densities.get(key)?.known ?? 0;
      const start = at * size;
      const isWhole = known >= Math.min(this.#recorded, start + size);
      if (isWhole || this.#asked.has(`density ${key}`)) return [];
      this.#asked.set(`density ${key}`, this.#recorded);
      return [{ type: 'wantDensity', start, count: size, binSize }];
    });
  }

  /** Forgets what was asked for: it will not come, as when the app runs on. */
  forgetAsked(): void {
    this.#asked.clear();
  }

  #tilesIn(scale: Scale, size: number): number[] {
    const first = Math.max(0, Math.floor(scale.start / size));
    const last = Math.floor(Math.min(scale.end, this.#recorded - 1) / size);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  }
}

/** A power of two, so that bins stay where they are while the view moves. */
export function binSizeOf(scale: Scale): number {
  return 2 ** Math.ceil(Math.log2(BIN_WIDTH_MIN / scale.stepWidth));
}

/** Keeps `value` as the latest, and the latest few only. */
function keep<Key, Value>(tiles: Map<Key, Value>, key: Key, value: Value): void {
  tiles.delete(key);
  tiles.set(key, value);
  for (const oldest of tiles.keys()) {
    if (tiles.size <= TILES_MAX) return;
    tiles.delete(oldest);
  }
}
