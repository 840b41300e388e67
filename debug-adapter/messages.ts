/**
 * The only schemas of what the adapter sends beyond the Debug Adapter Protocol. A receiver picks
 * the fields that it reads and validates them on arrival, because the adapter is another process,
 * possibly of another version. {@link ContractCheck} ties the schemas to `protocol.ts`.
 */
import * as z from 'zod/mini';
import type { HistoryEntry } from '../runtime/index.ts';
import type { DensityBody, PortalsRequests, StatusBody } from './protocol.ts';

const count = z.number();
const counts = z.record(z.string(), count);
const list = <Item extends z.ZodMiniType>(item: Item) => z.readonly(z.array(item));

/** One step that may come next. */
export const choice = z.object({
  unit: z.string(),
  action: z.enum(['generate', 'atom', 'seal', 'requests', 'replies']),
  input: z.optional(z.string()),
  peer: z.optional(z.string()),
  label: z.string(),
});

/** A value of the program, as text and, where possible, as JSON. */
export const shownValue = z.object({ preview: z.string(), json: z.optional(z.unknown()) });

/** One branch of the history. */
export const branch = z.object({
  id: count,
  parent: z.optional(count),
  at: count,
  steps: count,
  reason: z.string(),
});

/** One step of the recorded history. */
export const historyEntry = z.object({
  step: count,
  choice,
  events: count,
  logs: count,
  crashes: count,
});

/** The body of `portals/history`. */
export const historyBody = z.object({ start: count, total: count, items: list(historyEntry) });

/** The body of `portals/density`. */
export const densityBody = z.object({
  start: count,
  binSize: count,
  /** Steps per bin for each unit; units without steps are omitted. */
  lanes: z.record(z.string(), list(count)),
  crashes: list(count),
});

/** The body of `portals/status` and of the event `portals/changed`. */
export const statusBody = z.object({
  step: count,
  /** The number of recorded steps; greater than `step` in the past. */
  recorded: z.optional(count),
  branch: z.optional(count),
  branches: z.optional(list(branch)),
  phase: z.enum(['boundary', 'processing', 'committing', 'recovering', 'complete']),
  choice: z.optional(choice),
  next: z.optional(choice),
  attempt: count,
  /** The last protocol point that the step passed. */
  point: z.optional(z.string()),
  event: z.optional(
    z.object({
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
  /** Faults that have not triggered yet. */
  armed: z.optional(z.array(z.string())),
  seed: z.number(),
  schedule: z.string(),
  snapshotEvery: count,
  stopped: z.optional(z.object({ reason: z.string(), description: z.string() })),
  lastCrash: z.optional(
    z.object({
      unit: z.string(),
      point: z.string(),
      step: count,
      outcome: z.enum(['back', 'forward']),
      recovered: z.boolean(),
    }),
  ),
});

/** Fails to compile when the contract no longer satisfies these schemas. */
type Covers<Sent extends Read, Read> = Sent;
type Mutable<Value> = Value extends string
  ? Value
  : { -readonly [Field in keyof Value]: Mutable<Value[Field]> };
/** @public The compiler reads it. */
export type ContractCheck = [
  Covers<Mutable<StatusBody>, Mutable<z.infer<typeof statusBody>>>,
  Covers<HistoryEntry, z.infer<typeof historyEntry>>,
  Covers<PortalsRequests['portals/history']['body'], z.infer<typeof historyBody>>,
  Covers<DensityBody, z.infer<typeof densityBody>>,
];
