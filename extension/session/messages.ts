import type * as z from 'zod/mini';
import type {
  choice,
  continuationsBody,
  stateNamesBody,
  stateValues,
  statusBody,
  topologyUnits,
} from '../../debug-adapter/protocol.ts';
import { UserError } from '../user-error.ts';

export type SessionStatus = z.infer<typeof statusBody>;
export type EnabledChoice = z.infer<typeof choice>;
export type PendingContinuation = z.infer<typeof continuationsBody>['continuations'][number];
export type StateSummary = z.infer<typeof stateNamesBody>['names'][number];
export type StateEntry = z.infer<typeof stateValues>['items'][number];
export type TopologyUnit = z.infer<typeof topologyUnits>['topology']['nodes'][number];

/**
 * Parses `message` with `schema`, once, on arrival: the adapter is another process, possibly of
 * another version. Fields that the extension does not read are not required.
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
