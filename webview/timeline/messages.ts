/** The messages between the timeline and its host in the extension; both sides validate them. */
import * as z from 'zod/mini';
import {
  type branch,
  densityBody,
  historyEntry,
  statusBody,
} from '../../debug-adapter/protocol.ts';
import { failedMessage, session, startMessage } from '../panel/messages.ts';

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

/** One step of the recorded history. */
export type TimelineEntry = z.infer<typeof historyEntry>;
export type TimelineBranch = z.infer<typeof branch>;

/** The part of `portals/status` and `portals/changed` that the timeline shows. */
export const statusMessage = z.pick(statusBody, {
  ...{ step: true, recorded: true, branch: true, branches: true, phase: true, choice: true },
  ...{ next: true, attempt: true, lastCrash: true, seed: true, stopped: true },
});
export type TimelineStatus = z.infer<typeof statusMessage>;

export type Density = z.infer<typeof densityBody>;

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
  z.object({ type: z.literal('status'), status: statusMessage, historyVersion: count }),
  z.object({
    type: z.literal('steps'),
    historyVersion: count,
    start: count,
    items: list(historyEntry),
  }),
  z.object({ type: z.literal('density'), historyVersion: count, density: densityBody }),
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
