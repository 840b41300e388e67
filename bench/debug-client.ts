import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

// biome-ignore lint/suspicious/noExplicitAny: bodies are read as the protocol says they are.
type Body = any;

interface Message {
  readonly type: string;
  readonly event?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: Body;
}

/** What ends a request that makes the program run: it stands still again, or is over. */
const STOPS = ['stopped', 'terminated'];

/** A debug session with the built adapter, as an editor has one; what it waits for can be timed. */
export class DebugClient {
  private readonly child: ChildProcess;
  private data = Buffer.alloc(0);
  private seq = 0;
  private readonly asked = new Map<number, (response: Message) => void>();
  private readonly events: Message[] = [];
  private onEvent: () => void = () => {};

  /** Starts an adapter. */
  constructor() {
    const adapter = join('dist', 'debug-adapter.js');
    this.child = spawn(process.execPath, [adapter], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.child.stdout?.on('data', (chunk: Buffer) => this.take(chunk));
  }

  /** Launches a program, with breakpoints on some of its lines, up to where it first stands. */
  async launch(program: string, attributes: object, lines: readonly number[] = []): Promise<Body> {
    const capabilities = await this.ask('initialize', { adapterID: 'portals' });
    const launched = this.ask('launch', { program, ...attributes });
    await this.event(['initialized']);
    const breakpoints = lines.map((line) => ({ line }));
    await this.ask('setBreakpoints', { source: { path: program }, breakpoints });
    await this.ask('setExceptionBreakpoints', { filters: [] });
    await this.ask('configurationDone');
    await this.event(STOPS);
    await launched;
    return capabilities;
  }

  /** Sends a request and returns the body of its response. @throws Error when it is refused. */
  async ask(command: string, args: object = {}): Promise<Body> {
    const seq = ++this.seq;
    const json = JSON.stringify({ seq, type: 'request', command, arguments: args });
    this.child.stdin?.write(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
    const response = await new Promise<Message>((resolve) => this.asked.set(seq, resolve));
    if (!response.success) throw new Error(`${command}: ${response.message}`);
    return response.body;
  }

  /** Has the program run until it stands still again; how it then does. */
  async go(command: string, args: object = {}): Promise<Body> {
    this.events.length = 0;
    await this.ask(command, { threadId: 1, ...args });
    const { event, body } = await this.event(STOPS);
    if (event === 'terminated') throw new Error(`${command}: the program has ended`);
    return body;
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    await this.ask('disconnect');
    await gone;
  }

  private async event(names: readonly string[]): Promise<Message> {
    for (;;) {
      const next = this.events.shift();
      if (next === undefined) await new Promise<void>((resolve) => (this.onEvent = resolve));
      else if (names.includes(next.event ?? '')) return next;
    }
  }

  private take(chunk: Buffer): void {
    this.data = Buffer.concat([this.data, chunk]);
    for (;;) {
      const end = this.data.indexOf('\r\n\r\n');
      const length = Number(/(\d+)$/.exec(this.data.toString('latin1', 0, Math.max(0, end)))?.[1]);
      if (end < 0 || this.data.length < end + 4 + length) return;
      this.receive(JSON.parse(this.data.toString('utf8', end + 4, end + 4 + length)));
      this.data = this.data.subarray(end + 4 + length);
    }
  }

  private receive(message: Message): void {
    if (message.type === 'event') {
      this.events.push(message);
      this.onEvent();
    } else {
      this.asked.get(message.request_seq ?? 0)?.(message);
    }
  }
}
