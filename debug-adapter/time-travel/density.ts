import type { Density, HistoryEntry } from '../../runtime/index.ts';

/** Entries read at once: their number does not grow with the history's length. */
const PAGE = 4096;

/** Counts the `count` steps from `start` on, as far as `read` knows them, in bins. */
export function densityOf(
  read: (start: number, count: number) => readonly HistoryEntry[],
  start: number,
  count: number,
  binSize: number,
): Density {
  const bins = Math.ceil(count / binSize);
  const empty = (): number[] => new Array<number>(bins).fill(0);
  const lanes: Record<string, number[]> = {};
  const crashes = empty();
  for (let from = start; from < start + count; from += PAGE) {
    const entries = read(from, Math.min(PAGE, start + count - from));
    if (entries.length === 0) break;
    for (const { step, choice, crashes: survived } of entries) {
      const bin = Math.floor((step - start) / binSize);
      lanes[choice.unit] ??= empty();
      add(lanes[choice.unit], bin, 1);
      add(crashes, bin, survived);
    }
  }
  return { start, binSize, lanes, crashes };
}

function add(counts: number[] | undefined, bin: number, more: number): void {
  if (counts !== undefined) counts[bin] = (counts[bin] ?? 0) + more;
}
