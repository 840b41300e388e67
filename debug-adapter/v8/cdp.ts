import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.d.ts';
import { AdapterError } from '../dap/errors.ts';

type Commands = ProtocolMapping.Commands;
type Events = ProtocolMapping.Events;
type Listener<E extends keyof Events> = (...event: Events[E]) => void;

/** What V8 answered to a command it refused. */
export class CdpError extends Error {
  readonly method: string;

  constructor(method: string, message: string) {
    super(message);
    this.name = 'CdpError';
    this.method = method;
  }
}

/** Gets each message of the protocol, to V8 or from it. */
export type CdpLog = (from: 'debugger' | 'v8', message: string) => void;

interface Pending {
  readonly method: string;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** A Chrome DevTools Protocol client over any carrier of texts. */
export class Cdp {
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Map<string, Listener<never>[]>();
  private lastId = 0;
  private closedBy: string | undefined;
  private readonly carry: (message: string) => void;
  private readonly log: CdpLog;

  /** Sends with `carry`; `log` gets each message as JSON. */
  constructor(carry: (message: string) => void, log: CdpLog = () => {}) {
    this.carry = carry;
    this.log = log;
  }

  /** Sends a command; rejects with {@link CdpError} if V8 refuses it, or that the run has ended. */
  send<M extends keyof Commands>(
    method: M,
    ...params: Commands[M]['paramsType']
  ): Promise<Commands[M]['returnType']> {
    if (this.closedBy !== undefined) {
      return Promise.reject(new AdapterError('ENDED', this.closedBy));
    }
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { method, resolve, reject });
      const message = asciiJson({ id, method, params: params[0] ?? {} });
      this.log('debugger', message);
      this.carry(message);
    });
  }

  on<E extends keyof Events>(event: E, listener: Listener<E>): void {
    const known = this.listeners.get(event) ?? [];
    this.listeners.set(event, [...known, listener as Listener<never>]);
  }

  /** Whether the thread is gone. */
  get closed(): boolean {
    return this.closedBy !== undefined;
  }

  /** Takes a message from the debugged thread. */
  receive(text: string): void {
    this.log('v8', text);
    const message = JSON.parse(text) as {
      id?: number;
      method?: string;
      params?: never;
      result?: never;
      error?: { message: string };
    };
    if (message.id === undefined) {
      for (const listener of this.listeners.get(message.method ?? '') ?? []) {
        (listener as (params: never) => void)(message.params as never);
      }
      return;
    }
    const waiting = this.pending.get(message.id);
    this.pending.delete(message.id);
    if (waiting === undefined) return;
    if (message.error) waiting.reject(refusal(waiting.method, message.error.message));
    else waiting.resolve(message.result as never);
  }

  /** Fails what is pending and everything sent from now on: the thread is gone. */
  close(reason: string): void {
    if (this.closedBy !== undefined) return;
    this.closedBy = reason;
    const left = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of left) reject(new AdapterError('ENDED', reason));
  }
}

/** V8's error for a request about a pause that has ended. */
const OVER = [
  /^Could not find object with given id/,
  /^Invalid call frame id/,
  /^Can only perform operation while paused/,
  /^(Execution context was destroyed|Cannot find (default execution )?context)/,
];

function refusal(method: string, message: string): Error {
  if (!OVER.some((text) => text.test(message))) return new CdpError(method, message);
  return new AdapterError('STALE_REFERENCE', 'the program has run on, or has ended');
}

/** Node garbles other characters on the way to a worker, and then no answer comes. */
function asciiJson(message: object): string {
  return JSON.stringify(message).replace(/[\u0080-\uffff]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
