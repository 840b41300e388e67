import * as z from 'zod/mini';
import { fault, protocolPoint } from './fault.ts';
import type { Immutable } from './immutable.ts';

const count = z.number();
const counts = z.record(z.string(), count);

/** One step that may come next. */
export const choice = z.object({
  unit: z.string(),
  action: z.enum(['generate', 'atom', 'seal', 'requests', 'replies']),
  input: z.optional(z.string()),
  peer: z.optional(z.string()),
  label: z.string(),
});

/** One branch of the history. Inputs in the past make a run leave a branch for a new one. */
export const branch = z.object({
  id: count,
  /** The branch it left; absent for the first one. */
  parent: z.optional(count),
  /** The step before which it left its parent. */
  at: count,
  /** How many steps are known of it. */
  steps: count,
  /** Why it was left, in words. */
  reason: z.string(),
});

/** The body of `portals/status` and of the event `portals/changed`. */
export const statusBody = z.object({
  step: count,
  /** The number of recorded steps; greater than `step` in the past. */
  recorded: count,
  /** The id of the present branch. */
  branch: count,
  branches: z.array(branch),
  phase: z.enum(['boundary', 'processing', 'committing', 'recovering', 'complete']),
  choice: z.optional(choice),
  /** Between two atoms: the step that comes next, unless the client chooses otherwise. */
  next: z.optional(choice),
  attempt: count,
  /** The last protocol point that the step passed. */
  point: z.optional(protocolPoint),
  event: z.optional(
    z.object({
      step: count,
      unit: z.string(),
      task: z.string(),
      cause: z.enum(['event', 'request', 'reply', 'atomComplete', 'complete', 'error', 'init']),
      index: count,
      count,
    }),
  ),
  totals: z.object({
    atoms: count,
    events: count,
    requests: count,
    replies: count,
    crashes: count,
    recoveries: count,
  }),
  units: z.record(
    z.string(),
    z.enum(['idle', 'running', 'crashed', 'recovering', 'sealed', 'failed']),
  ),
  queues: counts,
  portals: z.record(z.string(), z.object({ requests: count, replies: count })),
  continuations: counts,
  streams: counts,
  failures: z.record(z.string(), z.string()),
  /** The faults that have not triggered, their occurrences counted from now on. */
  armed: z.array(fault),
  seed: z.number(),
  schedule: z.string(),
  snapshotEvery: count,
  /** Why the program is paused; absent while it runs. */
  stopped: z.optional(z.object({ reason: z.string(), description: z.string() })),
  /** The latest crash and how it was recovered, for the marks of the panels. */
  lastCrash: z.optional(
    z.object({
      fault,
      /** The crashed unit; the fault may be aimed at one of its tasks. */
      unit: z.string(),
      step: count,
      outcome: z.enum(['back', 'forward']),
      recovered: z.boolean(),
    }),
  ),
});

export type BranchBody = Immutable<z.infer<typeof branch>>;
export type StatusBody = Immutable<z.infer<typeof statusBody>>;
export type StoppedState = NonNullable<StatusBody['stopped']>;
