import type * as z from 'zod/mini';
import { parse } from '../dap/parse.ts';
import type { Session } from '../session/session.ts';

/** How one request, with its number, is answered: with the response's body. */
export type RequestHandler = (
  session: Session,
  args: unknown,
  command: string,
  seq: number,
) => Promise<unknown>;

export type RequestTable = Readonly<Record<string, RequestHandler>>;

/** A handler of requests whose arguments are as `schema` says. */
export function request<Schema extends z.ZodMiniType>(
  schema: Schema,
  handle: (session: Session, args: z.infer<Schema>, seq: number) => unknown,
): RequestHandler {
  return async (session, args, command, seq) =>
    handle(session, parse(schema, args ?? {}, command), seq);
}
