/** What the timeline panel and its host in the extension tell each other; both sides check. */
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
  /** How many steps the branch has; those from `step` on lie ahead of the present. */
  recorded: z.optional(count),
  branch: z.optional(count),
  branches: z.optional(list(branch)),
  phase: z.enum(['boundary', 'processing', 'committing', 'recovering', 'complete']),
  choice: z.optional(choice),
  next: z.optional(choice),
  attempt: count,
  seed: z.number(),
  stopped: z.optional(z.object({ reason: z.string(), description: z.string() })),
});

/** The body of `portals/status` and `portals/changed`, as far as the timeline shows it. */
export const statusMessage = status;
export type TimelineStatus = z.infer<typeof status>;

/** The body of `portals/history`. */
export const historyMessage = z.object({ start: count, total: count, items: list(entry) });

/** The body of `portals/density`. */
export const densityMessage = z.object({
  start: count,
  binSize: count,
  /** Steps of each unit by bin; a unit that made none is left out. */
  lanes: z.record(z.string(), list(count)),
  crashes: list(count),
});
export type Density = z.infer<typeof densityMessage>;

/** From the host to the panel. */
export const hostMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('session'),
    session,
    /** The debug adapter can go back. */
    seekable: z.boolean(),
  }),
  z.object({
    type: z.literal('lanes'),
    lanes: list(lane),
    /** Which unit produces a stream, and which one answers a portal, by path. */
    sources: z.record(z.string(), z.string()),
  }),
  /**
   * `edition` tells histories apart: what was learnt of one says nothing of another, as after a
   * fork or in another session.
   */
  z.object({ type: z.literal('status'), status, edition: count }),
  z.object({ type: z.literal('steps'), edition: count, start: count, items: list(entry) }),
  z.object({ type: z.literal('density'), edition: count, density: densityMessage }),
]);
export type HostMessage = z.infer<typeof hostMessage>;

/** From the panel to the host. */
export const panelMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** Tell these steps, once the app stands still. */
  z.object({ type: z.literal('wantSteps'), start: count, count }),
  /** Tell how many steps each unit makes in each run of `binSize` steps. */
  z.object({ type: z.literal('wantDensity'), start: count, count, binSize: count }),
  /** Go to before this step, of another branch if one is given. */
  z.object({ type: z.literal('seek'), step: count, branch: z.optional(count) }),
  /** Take back everything from this step on. */
  z.object({ type: z.literal('rollback'), step: count }),
  startMessage,
  failedMessage,
]);
export type PanelMessage = z.infer<typeof panelMessage>;

/** A contract that drifts away from these schemas fails to compile here. */
type Covers<Sent extends Read, Read> = Sent;
export type ContractCheck = [
  Covers<StatusBody, TimelineStatus>,
  Covers<HistoryEntry, TimelineEntry>,
  Covers<DensityBody, Density>,
];
