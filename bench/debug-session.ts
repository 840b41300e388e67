import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { RawClient } from '../test/clients/dap-client.ts';

// biome-ignore lint/suspicious/noExplicitAny: bodies are read as the protocol says they are.
type Body = any;

/** What ends a request that makes the program run: it pauses again, or is over. */
const STOPS = ['stopped', 'terminated'];

/** A program of a million steps takes its time. */
const TIMEOUT_MS = 300_000;

/** A debug session with the built adapter, as an editor has one; what it waits for can be timed. */
export class DebugSession {
  private readonly child: ChildProcess;
  private readonly client: RawClient;

  /** Starts an adapter. */
  constructor() {
    const adapter = join('dist', 'debug-adapter.js');
    const child = spawn(process.execPath, [adapter], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.child = child;
    this.client = new RawClient(child.stdout, child.stdin, TIMEOUT_MS);
  }

  /** Launches a program, with breakpoints on some of its lines, up to its first pause. */
  async launch(program: string, attributes: object, lines: readonly number[] = []): Promise<void> {
    const { client } = this;
    await this.ask('initialize', { adapterID: 'portals' });
    const launched = this.ask('launch', { program, ...attributes });
    await client.event('initialized');
    const breakpoints = lines.map((line) => ({ line }));
    await this.ask('setBreakpoints', { source: { path: program }, breakpoints });
    await this.ask('setExceptionBreakpoints', { filters: [] });
    const stopped = client.nextEvent(...STOPS);
    await this.ask('configurationDone');
    await stopped;
    await launched;
  }

  /** Sends a request and returns the body of its response. @throws Error when it is refused. */
  async ask(command: string, args: object = {}): Promise<Body> {
    const response = await this.client.ask(command, args);
    if (!response.success) throw new Error(`${command}: ${response.message}`);
    return response.body;
  }

  /** Runs the program until it pauses again. @throws Error when it ends instead. */
  async go(command: string, args: object = {}): Promise<void> {
    const stopped = this.client.nextEvent(...STOPS);
    await this.ask(command, { threadId: 1, ...args });
    const { event } = await stopped;
    if (event === 'terminated') throw new Error(`${command}: the program has ended`);
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    await this.ask('disconnect');
    await gone;
  }
}
