import assert from 'node:assert/strict';
import { it } from 'node:test';
import { branchRows } from '../../../../webview/timeline/chart/branch-rows.ts';
import { shopAfter } from '../histories.ts';

/** A history that forked `count` times, each branch off the one before. */
function forked(count: number, branch: number) {
  const branches = Array.from({ length: count + 1 }, (_, id) => ({
    id,
    ...(id > 0 && { parent: id - 1 }),
    at: id * 2,
    steps: 20 + id,
    reason: id === 0 ? 'launch' : 'edit',
  }));
  return shopAfter(10, 30, { branch, branches }).status;
}

it('a single branch has no row', () => {
  assert.deepEqual(branchRows(forked(0, 0)), []);
});

it('a branch starts at its fork; the current one ends at the last recorded step', () => {
  const rows = branchRows(forked(2, 2));
  assert.deepEqual(
    rows.map(({ parentRow, from, to, isCurrent }) => ({ parentRow, from, to, isCurrent })),
    [
      { parentRow: undefined, from: 0, to: 20, isCurrent: false },
      { parentRow: 0, from: 2, to: 21, isCurrent: false },
      { parentRow: 1, from: 4, to: 30, isCurrent: true },
    ],
  );
});

it('shows the current and the latest of many branches', () => {
  const ids = branchRows(forked(9, 3)).map(({ branch }) => branch.id);
  assert.deepEqual(ids, [3, 6, 7, 8, 9]);
});
