import type { Readable, Writable } from 'node:stream';

const TIMEOUT_MS = 20_000;

export interface Message {
  readonly seq: number;
  readonly type: string;
  readonly event?: string;
  readonly command?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/**
 * A client of the Debug Adapter Protocol: sends any message, valid or not, and stores every message
 * that it receives. A message that does not arrive in time is an error.
 */
export class RawClient {
  readonly received: Message[] = [];
  /** Resolves when the adapter sends no more. */
  readonly closed: Promise<void>;
  private data = Buffer.alloc(0);
  private seq = 0;
  private readonly output: Writable;
  private readonly timeoutMs: number;
  private onMessage = () => {};

  constructor(input: Readable, output: Writable, timeoutMs = TIMEOUT_MS) {
    this.output = output;
    this.timeoutMs = timeoutMs;
    // The adapter may be gone before what is sent to it has been written.
    output.on('error', () => undefined);
    input.on('data', (chunk: Buffer) => this.take(chunk));
    this.closed = new Promise((resolve) => input.once('close', resolve));
  }

  /** Sends bytes as they are. */
  raw(bytes: string): void {
    this.output.write(bytes);
  }

  /** Frames any value as a message. */
  message(value: unknown): void {
    const json = JSON.stringify(value);
    this.raw(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
  }

  /** Sends a request, and returns its number without waiting. */
  request(command: unknown, args?: unknown): number {
    const seq = ++this.seq;
    this.message({ seq, type: 'request', command, arguments: args });
    return seq;
  }

  /** Sends a request and waits for its response. */
  async ask(command: string, args?: unknown): Promise<Message> {
    return this.responseTo(this.request(command, args));
  }

  responseTo(seq: number): Promise<Message> {
    return this.until((message) => message.request_seq === seq, `response to ${seq}`);
  }

  event(name: string, count = 1): Promise<Message> {
    let seen = 0;
    return this.until(({ event }) => event === name && ++seen === count, `event ${name}`);
  }

  /** The next event of one of these kinds, among those that arrive from now on. */
  nextEvent(...names: readonly string[]): Promise<Message> {
    const from = this.received.length;
    const fits = ({ event }: Message) => event !== undefined && names.includes(event);
    return this.until(fits, `event ${names.join(' or ')}`, from);
  }

  /** How many responses there were to a request. */
  responses(seq: number): number {
    return this.received.filter((message) => message.request_seq === seq).length;
  }

  /** The first message, received or yet to come, that `fits`. */
  private until(fits: (message: Message) => boolean, what: string, from = 0): Promise<Message> {
    let next = from;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${what}`)), this.timeoutMs);
      const look = () => {
        for (; next < this.received.length; next++) {
          const message = this.received[next];
          if (!message || !fits(message)) continue;
          clearTimeout(timer);
          resolve(message);
          return;
        }
        const before = this.onMessage;
        this.onMessage = () => {
          before();
          look();
        };
      };
      look();
    });
  }

  private take(chunk: Buffer): void {
    this.data = Buffer.concat([this.data, chunk]);
    for (;;) {
      const end = this.data.indexOf('\r\n\r\n');
      if (end < 0) return;
      const header = this.data.toString('utf8', 0, end);
      const length = Number(/^Content-Length: (\d+)$/.exec(header)?.[1]);
      if (Number.isNaN(length)) throw new Error(`no message begins with ${header}`);
      if (this.data.length < end + 4 + length) return;
      this.received.push(JSON.parse(this.data.toString('utf8', end + 4, end + 4 + length)));
      this.data = this.data.subarray(end + 4 + length);
      const wake = this.onMessage;
      this.onMessage = () => {};
      wake();
    }
  }
}
