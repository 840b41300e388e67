/** The messages between the timeline and its host in the extension; both sides validate them. */
import * as z from 'zod/mini';
import type { DensityBody, StatusBody } from '../../debug-adapter/protocol.ts';
import type { HistoryEntry } from '../../runtime/index.ts';
import { choice, failedMessage, session, startMessage } from '../panel/messages.ts';

const count = z.number();
const list = <Item extends z.ZodMiniType>(item: Item) => z.readonly(z.array(item));

/** One processing unit: a row of the timeline. */
const lane = z.object({
  path: z.string(),
  name: z.string(),
  kind: z.enum(['generator', 'workflow', 'sequencer', 'splitter']),
  application: z.string(),
});
export type Lane = z.infer<typeof lane>;

const entry = z.object({ step: count, choice, events: count, logs: count, crashes: count });
/** One step of the recorded history. */
export type TimelineEntry = z.infer<typeof entry>;

const branch = z.object({
  id: count,
  parent: z.optional(count),
  at: count,
  steps: count,
  reason: z.string(),
});
export type TimelineBranch = z.infer<typeof branch>;

const status = z.object({
  step: count,
  /** The number of steps of the branch; those from `step` on are in the future. */
  recorded: z.optional(count),
  branch: z.optional(count),
  branches: z.optional(list(branch)),
  phase: z.enum(['boundary', 'processing', 'committing', 'recovering', 'complete']),
  choice: z.optional(choice),
  next: z.optional(choice),
  attempt: count,
  lastCrash: z.optional(z.object({ step: count, point: z.string(), recovered: z.boolean() })),
  seed: z.number(),
  stopped: z.optional(z.object({ reason: z.string(), description: z.string() })),
});

/** The part of `portals/status` and `portals/changed` that the timeline shows. */
export const statusMessage = status;
export type TimelineStatus = z.infer<typeof status>;

/** The body of `portals/history`. */
export const historyMessage = z.object({ start: count, total: count, items: list(entry) });

/** The body of `portals/density`. */
export const densityMessage = z.object({
  start: count,
  binSize: count,
  /** Steps per bin for each unit; units without steps are omitted. */
  lanes: z.record(z.string(), list(count)),
  crashes: list(count),
});
export type Density = z.infer<typeof densityMessage>;

/** From the host to the panel. */
export const hostMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('session'),
    session,
    /** True if the debug adapter can seek. */
    seekable: z.boolean(),
  }),
  z.object({
    type: z.literal('lanes'),
    lanes: list(lane),
    /** The unit that produces a stream or replies at a portal, by path. */
    sources: z.record(z.string(), z.string()),
  }),
  /**
   * `historyVersion` identifies the history: data of one version is invalid for another, for
   * example after a fork or in another session.
   */
  z.object({ type: z.literal('status'), status, historyVersion: count }),
  z.object({ type: z.literal('steps'), historyVersion: count, start: count, items: list(entry) }),
  z.object({ type: z.literal('density'), historyVersion: count, density: densityMessage }),
]);
export type HostMessage = z.infer<typeof hostMessage>;

/** From the panel to the host. */
export const panelMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** Requests these steps; answered while the app is stopped. */
  z.object({ type: z.literal('querySteps'), start: count, count }),
  /** Requests the number of steps of each unit per bin of `binSize` steps. */
  z.object({ type: z.literal('queryDensity'), start: count, count, binSize: count }),
  /** Seeks to the position before this step, on another branch if one is given. */
  z.object({ type: z.literal('seek'), step: count, branch: z.optional(count) }),
  /** Rolls back everything from this step on. */
  z.object({ type: z.literal('rollback'), step: count }),
  startMessage,
  failedMessage,
]);
export type PanelMessage = z.infer<typeof panelMessage>;

/** Fails to compile when the contract no longer satisfies these schemas. */
type Covers<Sent extends Read, Read> = Sent;
export type ContractCheck = [
  Covers<StatusBody, TimelineStatus>,
  Covers<HistoryEntry, TimelineEntry>,
  Covers<DensityBody, Density>,
];
