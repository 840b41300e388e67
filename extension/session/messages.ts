/**
 * The parts of the adapter's messages that the extension reads, validated on arrival: the adapter
 * is another process, possibly of another version. Unused fields are not required.
 */
import * as z from 'zod/mini';
import { choice, shownValue, statusBody } from '../../debug-adapter/messages.ts';
import type { PortalsRequests } from '../../debug-adapter/protocol.ts';
import { UserError } from '../user-error.ts';

const count = z.number();

const site = z.object({ url: z.string(), line: z.number(), column: z.number() });

/** `portals/status`, and the body of `portals/changed`; parsed once, also for the panels. */
export const statusMessage = statusBody;

export const enabledMessage = z.object({ choices: z.array(choice) });

export const continuationsMessage = z.object({
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

export const topologyMessage = z.object({
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

export const stateNamesMessage = z.object({
  names: z.array(
    z.object({ task: z.string(), name: z.string(), scope: z.enum(['key', 'task']), count }),
  ),
});

export const stateMessage = z.object({
  items: z.array(z.object({ key: z.optional(shownValue), value: shownValue })),
});

export const injectedMessage = z.object({ fault: z.string() });

export const sourcesMessage = z.object({ paths: z.array(z.string()) });

export const reloadedMessage = z.object({
  step: count,
  diverged: z.optional(z.object({ step: count, was: z.string(), is: z.string() })),
});

export type SessionStatus = z.infer<typeof statusMessage>;
export type EnabledChoice = z.infer<typeof choice>;
export type PendingContinuation = z.infer<typeof continuationsMessage>['continuations'][number];
export type StateSummary = z.infer<typeof stateNamesMessage>['names'][number];
export type StateEntry = z.infer<typeof stateMessage>['items'][number];
export type TopologyUnit = z.infer<typeof topologyMessage>['topology']['nodes'][number];

/**
 * Parses `message` with `schema`.
 *
 * @throws UserError naming `what` and the first invalid field.
 */
export function parseMessage<Schema extends z.ZodMiniType>(
  schema: Schema,
  message: unknown,
  what: string,
): z.infer<Schema> {
  const result = schema.safeParse(message);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') || 'the body';
  throw new UserError(
    'PORTALS_ADAPTER_MESSAGE',
    `The debug adapter sent '${what}' with an unexpected ${field}: ${issue?.message}.`,
    'Restart the session. If that does not help, reinstall the extension.',
  );
}

/** Fails to compile when the contract no longer satisfies these schemas. */
type Covers<Sent extends Read, Read> = Sent;
/** @public The compiler reads it. */
export type ContractCheck = [
  Covers<Mutable<PortalsRequests['portals/enabled']['body']>, z.infer<typeof enabledMessage>>,
  Covers<
    Mutable<PortalsRequests['portals/continuations']['body']>,
    z.infer<typeof continuationsMessage>
  >,
  Covers<Mutable<PortalsRequests['portals/topology']['body']>, z.infer<typeof topologyMessage>>,
  Covers<Mutable<PortalsRequests['portals/stateNames']['body']>, z.infer<typeof stateNamesMessage>>,
  Covers<Mutable<PortalsRequests['portals/state']['body']>, z.infer<typeof stateMessage>>,
  Covers<PortalsRequests['portals/inject']['body'], z.infer<typeof injectedMessage>>,
  Covers<PortalsRequests['portals/reload']['body'], z.infer<typeof reloadedMessage>>,
  Covers<Mutable<PortalsRequests['portals/sources']['body']>, z.infer<typeof sourcesMessage>>,
];
type Mutable<Value> = Value extends string
  ? Value
  : { -readonly [Field in keyof Value]: Mutable<Value[Field]> };
