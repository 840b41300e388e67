import type { Path } from './paths.ts';

/**
 * The named points that one atom passes in a processing unit, in order. A crash at a point up to
 * and including `vote` rolls back to the last completed snapshot and discards what was prepared;
 * from `decide` on it rolls forward. The points `read`, `aligned`, … are passed once an atom;
 * `process` once for each event of each task, and can be narrowed to a task.
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

/**
 * A crash to inject: the unit (workflow, sequencer, splitter or generator, or a task for
 * `process`) at `target` crashes the `occurrence`-th time (1-based) it passes `point`.
 */
export interface Fault {
  readonly kind: 'crash';
  readonly target: Path;
  readonly point: ProtocolPoint;
  readonly occurrence: number;
}

/**
 * One enabled step: `unit` processes one atom. `input` tells which, where there are several: the
 * stream of a sequencer or workflow, or `portal ← asker` for a batch of requests or replies.
 */
export interface Choice {
  readonly unit: Path;
  readonly action: 'generate' | 'atom' | 'seal' | 'requests' | 'replies';
  /** The stream or portal read from; absent for a generator. */
  readonly input?: Path;
  /** The asking workflow whose batch of requests, or portal whose batch of replies, is taken. */
  readonly peer?: Path;
  /** A stable text for people, traces and `portals/choose`, unique among the enabled choices. */
  readonly label: string;
}
