import * as z from 'zod/mini';
import { choice } from './status.ts';

const count = z.number();
const list = <Item extends z.ZodMiniType>(item: Item) => z.readonly(z.array(item));

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
