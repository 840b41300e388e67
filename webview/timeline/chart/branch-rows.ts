import type { TimelineBranch, TimelineStatus } from '../messages.ts';

/** More rows would take too much height from the lanes. */
const ROWS_MAX = 5;

/** One branch of the history as a line of the timeline. */
export interface BranchRow {
  readonly branch: TimelineBranch;
  readonly row: number;
  /** The row of the parent branch, if it is shown. */
  readonly parentRow: number | undefined;
  /** The range of the branch's own steps. */
  readonly from: number;
  readonly to: number;
  readonly isCurrent: boolean;
}

/** The branches to show: none if there is only one, else the current and the latest ones. */
export function branchRows({
  branch: current = 0,
  branches = [],
  ...status
}: TimelineStatus): BranchRow[] {
  if (branches.length < 2) return [];
  const wanted = new Set([current, ...branches.map(({ id }) => id).reverse()]);
  const shown = new Set([...wanted].slice(0, ROWS_MAX));
  const rows = branches.filter(({ id }) => shown.has(id));
  const rowOf = new Map(rows.map(({ id }, row) => [id, row]));
  return rows.map((branch, row) => {
    const isCurrent = branch.id === current;
    const to = isCurrent ? status.recorded : branch.steps;
    const parentRow = branch.parent === undefined ? undefined : rowOf.get(branch.parent);
    return { branch, row, parentRow, from: branch.at, to, isCurrent };
  });
}
