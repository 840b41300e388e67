/**
 * The arguments of the custom requests: the adapter validates a request with its schema, and the
 * type of what a client sends is inferred from it. Unknown fields are ignored.
 */
import * as z from 'zod/mini';

const index = z.int().check(z.gte(0));
const countFrom1 = z.int().check(z.gte(1));
const expression = z.optional(z.string());

/** No arguments that matter. */
export const noArguments = z.object({});

/** `portals/stepAtom` and its kind: all threads step, whichever is named. */
export const threadArguments = z.object({ threadId: z.optional(z.int()) });

/** `portals/seek`: to the boundary before `step`, of another branch if one is given. */
export const seekArguments = z.object({ step: index, branch: z.optional(index) });

export const rollbackArguments = z.object({ step: index });

export const stateArguments = z.object({
  task: z.optional(z.string()),
  state: z.optional(z.string()),
  key: z.optional(z.unknown()),
  /** A part of the text of a key or of a value; looks through all of the task's state. */
  match: z.optional(z.string()),
  start: z.optional(index),
  count: z.optional(index),
});

/** `start` and `count` count atoms. */
export const streamArguments = z.object({ path: z.string(), start: index, count: index });

/** `portals/setState` of one state by name. `key` is its text; without it, it is the task's own. */
export const stateByName = z.object({
  task: z.string(),
  state: z.string(),
  key: z.optional(z.string()),
  expression,
});

/** `portals/setState` of one state as a row of Variables: where the row is, and its name there. */
export const stateByVariable = z.object({
  variablesReference: z.int(),
  name: z.string(),
  expression,
});

export const historyArguments = z.object({ start: index, count: index });

/** `count` steps from `start` on, in at most `BINS_MAX` bins. */
export const densityArguments = z.object({
  start: index,
  count: index,
  /** Steps to a bin. */
  binSize: countFrom1,
});

/** `portals/choose`: the label of an enabled choice. */
export const chooseArguments = z.object({ choice: z.string() });

/** `portals/inject`: `at` defaults to `process`, `occurrence` to the next passing. */
export const injectArguments = z.object({
  kind: z.literal('crash'),
  target: z.string(),
  at: z.optional(z.string()),
  occurrence: z.optional(countFrom1),
});

export const exportArguments = z.object({ path: z.string() });
