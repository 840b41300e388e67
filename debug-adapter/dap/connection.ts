import { setTimeout as sleep } from 'node:timers/promises';
import { ProtocolServer } from '@vscode/debugadapter/lib/protocol';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { DiagnosticLog } from './diagnostic-log.ts';
import { AdapterError, asAdapterError } from './errors.ts';

/** Answers one request, with its number: returns the body, or throws for an error response. */
export type RequestHandler = (command: string, args: unknown, seq: number) => Promise<unknown>;

/** How long a client that disconnects waits for the answers to what it asked before. */
const LAST_ANSWERS_MS_MAX = 5000;

/** Sends an event to the client. */
export type SendEvent = (event: string, body?: unknown) => void;

/**
 * One client on a pair of streams. Whatever arrives, each request gets exactly one response, and
 * nothing that arrives ends the process.
 */
export class Connection extends ProtocolServer {
  /** The traffic with this client. */
  readonly log = new DiagnosticLog();
  private closed = false;
  /** The requests that are being answered. */
  private readonly pending = new Set<Promise<void>>();
  private readonly handler: RequestHandler;
  private readonly respondedTo: (command: string) => void;

  /** `answered` is called after each response has been sent. */
  constructor(answer: RequestHandler, answered: (command: string) => void) {
    super();
    this.handler = answer;
    this.respondedTo = answered;
    // Without a listener a malformed message would be thrown as an unhandled 'error' event.
    this.on('error', ({ body }: { body?: unknown }) => {
      this.log.recordError(body);
      this.sendEventNow('output', {
        category: 'important',
        output: `Malformed message: ${body}\n`,
      });
    });
  }

  sendEventNow(event: string, body?: unknown): void {
    if (this.closed) return;
    this.log.record('adapter', { event, body });
    this.sendEvent({ seq: 0, type: 'event', event, body } as DebugProtocol.Event);
  }

  /** Sends nothing any more: the client is gone. */
  close(): void {
    this.closed = true;
  }

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    this.log.record('client', request);
    const response = this.respond(request, [...this.pending]);
    this.pending.add(response);
    void response.then(() => this.pending.delete(response));
  }

  /** Answers `request`; `earlier` are the answers to those before it that are still to come. */
  private async respond(
    request: DebugProtocol.Request,
    earlier: readonly Promise<void>[],
  ): Promise<void> {
    const { command } = request;
    const head = headOf(request);
    try {
      if (typeof command !== 'string') {
        throw new AdapterError('BAD_REQUEST', "the request has no 'command'");
      }
      const body = await this.handler(command, request.arguments, head.request_seq);
      if (command === 'disconnect') await lastAnswers(earlier);
      this.reply({ ...head, success: true, body });
    } catch (thrown) {
      const error = asAdapterError(thrown);
      // Other errors are the client's to see; this one is the adapter's.
      if (error.code === 'INTERNAL') this.log.recordError(thrown);
      const { id, code, message, showUser } = error;
      const format = { id, format: message, showUser, variables: { code } };
      this.reply({ ...head, success: false, message, body: { error: format } });
    }
    this.respondedTo(command);
  }

  private reply(response: DebugProtocol.Response): void {
    if (this.closed) return;
    // A diagnostic log that contained diagnostic logs would grow without end.
    const isLog = response.command === 'portals/diagnostics';
    this.log.record('adapter', isLog ? { ...response, body: undefined } : response);
    this.sendResponse(response);
  }
}

/** The process may go as soon as its client has disconnected. */
async function lastAnswers(pending: readonly Promise<void>[]): Promise<void> {
  const late = sleep(LAST_ANSWERS_MS_MAX, undefined, { ref: false });
  await Promise.race([Promise.all(pending), late]);
}

/** What a response repeats of its request, as far as that is what it must be. */
function headOf({ seq, command }: { readonly seq: unknown; readonly command: unknown }) {
  return {
    seq: 0,
    type: 'response',
    request_seq: typeof seq === 'number' ? seq : 0,
    command: typeof command === 'string' ? command : '',
  } as const;
}
