import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { writeFiles } from '../program-files.ts';
import { type RawClient, type Spawned, spawnAdapter } from './raw-client.ts';

/** What the client supports, how it launches the program, and its line breakpoints. */
export interface TimeTravelOptions {
  readonly supportsProgressReporting?: boolean;
  readonly supportsInvalidatedEvent?: boolean;
  readonly launch?: object;
  readonly lines?: readonly number[];
}

/** Debugs a program of one file and goes back and forth in its history. */
export class TimeTravelClient {
  readonly client: RawClient;
  readonly file: string;
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  private stops = 0;

  private constructor({ client, child, exited }: Spawned, file: string) {
    this.client = client;
    this.child = child;
    this.exited = exited;
    this.file = file;
  }

  /** Starts a session, which stops before the first atom. */
  static async start(
    t: TestContext,
    source: string,
    options: TimeTravelOptions = {},
  ): Promise<TimeTravelClient> {
    const file = join(writeFiles({ 'app.js': source }), 'app.js');
    const user = new TimeTravelClient(spawnAdapter(t), file);
    const { client } = user;
    const { launch, lines, ...introduction } = options;
    await client.ask('initialize', { adapterID: 'portals', ...introduction });
    const args = { program: file, stopOnEntry: true, ...launch };
    const launched = client.request('launch', args);
    await client.event('initialized');
    if (lines) await user.breakAt(...lines);
    await client.ask('configurationDone');
    await client.responseTo(launched);
    await user.stopped();
    return user;
  }

  async breakAt(...lines: readonly number[]): Promise<void> {
    await this.client.ask('setBreakpoints', { source: { path: this.file }, lines });
  }

  /** The body of the next stop. */
  async stopped(): Promise<Record<string, unknown>> {
    this.stops += 1;
    return (await this.client.event('stopped', this.stops)).body ?? {};
  }

  async step(): Promise<number> {
    return Number((await this.client.ask('portals/status')).body?.['step']);
  }

  /** Waits while the app runs until the adapter knows of the step before `step`. */
  async reached(step: number): Promise<void> {
    for (let steps: unknown[] = []; steps.length === 0; ) {
      const { body } = await this.client.ask('portals/history', { start: step - 1, count: 1 });
      steps = body?.['items'] as unknown[];
    }
  }

  /** Sends a request that must succeed and lead to a stop; returns the body of this stop. */
  async go(command: string, args: object = {}): Promise<Record<string, unknown>> {
    const { success, message } = await this.client.ask(command, args);
    assert.equal(success, true, `${command}: ${message}`);
    return this.stopped();
  }

  /** How many events of that name there have been. */
  count(name: string): number {
    return this.client.received.filter(({ event }) => event === name).length;
  }

  /** Threads of the adapter's process, once no more come and go. */
  async threads(): Promise<number> {
    let [before, now] = [-1, this.threadsNow()];
    while (before !== now) {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      [before, now] = [now, this.threadsNow()];
    }
    return now;
  }

  private threadsNow(): number {
    return readdirSync(`/proc/${this.child.pid}/task`).length;
  }
}
