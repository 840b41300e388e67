import * as z from 'zod/mini';
import { fault } from './fault.ts';
import type { Immutable } from './immutable.ts';
import { choice } from './status.ts';

const count = z.number();

/** A value of the program, as text and, where possible, as JSON. */
export const shownValue = z.object({ preview: z.string(), json: z.optional(z.unknown()) });

/** The body of `portals/enabled`. */
export const enabledBody = z.object({ choices: z.array(choice) });

/** The body of `portals/stateNames`: every state that holds anything. */
export const stateNamesBody = z.object({
  names: z.array(
    z.object({ task: z.string(), name: z.string(), scope: z.enum(['key', 'task']), count }),
  ),
});

/** The body of `portals/inject`: the fault as it is armed, its occurrence counted from now on. */
export const injectBody = z.object({ fault });

/** The body of `portals/sources`: the absolute paths of the program's files. */
export const sourcesBody = z.object({ paths: z.array(z.string()) });

/** The body of `portals/reload`: the program was bundled again and run up to the same step. */
export const reloadBody = z.object({
  /** Where the app is now. */
  step: count,
  /** The first step that the changed program takes otherwise; absent if there is none. */
  diverged: z.optional(
    z.object({
      step: count,
      /** What the step did, and what it does now, as labels of choices. */
      was: z.string(),
      is: z.string(),
    }),
  ),
});

const site = z.object({ url: z.string(), line: z.number(), column: z.number() });

/** The parts of the body of `portals/continuations` that are validated on arrival. */
export const continuationsBody = z.object({
  continuations: z.array(
    z.object({
      id: z.number(),
      task: z.string(),
      portal: z.string(),
      key: shownValue,
      request: shownValue,
      step: z.number(),
      site: z.optional(site),
      uncommitted: z.boolean(),
    }),
  ),
});

/** The parts of the body of `portals/topology` that are validated on arrival. */
export const topologyUnits = z.object({
  topology: z.object({
    nodes: z.array(
      z.object({
        path: z.string(),
        kind: z.enum(['generator', 'workflow', 'task', 'sequencer', 'splitter', 'split', 'portal']),
        name: z.string(),
        parent: z.optional(z.string()),
      }),
    ),
  }),
});

/** The parts of the body of `portals/state` that are validated on arrival. */
export const stateValues = z.object({
  items: z.array(z.object({ key: z.optional(shownValue), value: shownValue })),
});

export type ShownValue = Immutable<z.infer<typeof shownValue>>;
export type ReloadBody = Immutable<z.infer<typeof reloadBody>>;
