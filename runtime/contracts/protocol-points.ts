/**
 * The named points that one atom passes in a processing unit, in order. A crash at a point up to
 * and including `vote` rolls back to the last completed snapshot and discards what was prepared;
 * from `decide` on it rolls forward. Each point is passed once per atom, except `process`, which is
 * passed once for each event of each task and may be narrowed to a task.
 */
export const PROTOCOL_POINTS = [
  'read',
  'process',
  'aligned',
  'pre-commit(output)',
  'pre-commit(state)',
  'vote',
  'decide',
  'publish',
  'acknowledge',
] as const;

export type ProtocolPoint = (typeof PROTOCOL_POINTS)[number];
