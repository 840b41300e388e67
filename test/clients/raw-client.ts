import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { TestContext } from 'node:test';
import { builtFile } from '../built-file.ts';

const ADAPTER = builtFile('debug-adapter.js');
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

/** Sends any message, valid or not, and stores every message that it receives. */
export class RawClient {
  readonly received: Message[] = [];
  /** Resolves when the adapter sends no more. */
  readonly closed: Promise<void>;
  private data = Buffer.alloc(0);
  private seq = 0;
  private readonly output: Writable;
  private onMessage = () => {};

  constructor(input: Readable, output: Writable) {
    this.output = output;
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

  /** How many responses there were to a request. */
  responses(seq: number): number {
    return this.received.filter((message) => message.request_seq === seq).length;
  }

  /** The first message, received or yet to come, that `fits`. */
  private until(fits: (message: Message) => boolean, what: string): Promise<Message> {
    let from = 0;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${what}`)), TIMEOUT_MS);
      const look = () => {
        for (; from < this.received.length; from++) {
          const message = this.received[from];
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

export interface Spawned {
  readonly client: RawClient;
  readonly child: ChildProcess;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
}

/** An adapter on stdio. */
export function spawnAdapter(t: TestContext, adapter = ADAPTER): Spawned {
  const child = spawn(process.execPath, [adapter], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, exited, client: new RawClient(child.stdout, child.stdin) };
}

export interface Server {
  readonly pid: number;
  readonly port: number;
  readonly connect: () => Promise<RawClient>;
}

/** An adapter that serves any free port, and a way to connect to it. */
export async function spawnServer(t: TestContext): Promise<Server> {
  const args = [ADAPTER, '--server=0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  const said = await new Promise<Buffer>((resolve) => child.stdout.once('data', resolve));
  const port = Number(/:(\d+)/.exec(said.toString())?.[1]);
  const connectOnce = () =>
    new Promise<RawClient>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new RawClient(socket, socket)));
      t.after(() => socket.destroy());
    });
  return { pid: child.pid ?? 0, port, connect: connectOnce };
}
