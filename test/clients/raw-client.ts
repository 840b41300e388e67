import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import type { TestContext } from 'node:test';
import { builtFile } from '../built-file.ts';
import { RawClient } from './dap-client.ts';

export { type Message, RawClient } from './dap-client.ts';

const ADAPTER = builtFile('debug-adapter.js');

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
