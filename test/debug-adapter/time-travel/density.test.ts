import assert from 'node:assert/strict';
import { it } from 'node:test';
import { densityOf } from '../../../debug-adapter/time-travel/density.ts';
import type { HistoryEntry, Path } from '../../../runtime/index.ts';

/** Steps of two units in turn; every tenth survives a crash. */
function history(length: number): HistoryEntry[] {
  return Array.from({ length }, (_, step) => {
    const unit = `/app/workflows/${step % 2 === 0 ? 'even' : 'odd'}` as Path;
    const choice = { unit, action: 'atom', label: unit } as const;
    return { step, choice, events: 1, logs: 0, crashes: step % 10 === 0 ? 1 : 0 };
  });
}

it('counts the steps of each unit and the crashes, bin by bin', () => {
  const entries = history(25);
  const read = (start: number, count: number) => entries.slice(start, start + count);
  assert.deepEqual(densityOf(read, 5, 20, 8), {
    start: 5,
    binSize: 8,
    lanes: { '/app/workflows/odd': [4, 4, 2], '/app/workflows/even': [4, 4, 2] },
    crashes: [1, 1, 0],
  });
});

it('counts a history of many pages, and stops where nothing is known', () => {
  const entries = history(10_000);
  let reads = 0;
  const read = (start: number, count: number) => {
    reads += 1;
    return entries.slice(start, start + count);
  };
  const { lanes } = densityOf(read, 0, 2 ** 20, 2 ** 14);
  assert.equal(lanes['/app/workflows/even']?.[0], 5000);
  assert.ok(reads < 6, `${reads} reads`);
});
