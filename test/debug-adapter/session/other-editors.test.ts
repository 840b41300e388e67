import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Message, RawClient } from '../../clients/raw-client.ts';

const PAGE = readFileSync(join(process.cwd(), 'docs/other-editors.md'), 'utf8');
const PROGRAM = join(process.cwd(), 'test/programs/stock.js');
/** In the continuation of an ask. */
const LINE = 39;
const INSTALLED = '/path/to/portals-debugger/';

/** What nvim-dap says of itself. */
const NEOVIM = {
  clientID: 'neovim',
  clientName: 'neovim',
  adapterID: 'nvim-dap',
  pathFormat: 'path',
  columnsStartAt1: true,
  linesStartAt1: true,
  supportsRunInTerminalRequest: true,
  supportsVariableType: true,
  supportsProgressReporting: true,
  supportsStartDebuggingRequest: true,
  locale: 'en_US.UTF-8',
};

test('the launch example for Neovim, with the adapter on stdio', async (t) => {
  const child = start(t, commands()[0] ?? '');
  await session(new RawClient(child.stdout, child.stdin));
});

test('the launch example for Neovim, with the adapter as a server', async (t) => {
  const child = start(t, commands()[1]?.replace(/\$\{port\}/, '0') ?? '');
  const said = await new Promise<Buffer>((resolve) => child.stdout.once('data', resolve));
  const port = Number(/:(\d+)/.exec(said.toString())?.[1]);
  const sessions = [1, 2].map(async () => {
    const socket = connect(port, '127.0.0.1');
    t.after(() => socket.destroy());
    await new Promise((resolve) => socket.once('connect', resolve));
    await session(new RawClient(socket, socket));
  });
  await Promise.all(sessions);
});

/** The command lines of the page's examples. */
function commands(): readonly string[] {
  const found = PAGE.matchAll(/command = 'node',\s+args = \{ (.*) \},/g);
  return [...found].map(([, args = '']) => args.replaceAll(/[',]/g, ''));
}

function start(t: TestContext, command: string) {
  assert.ok(command.startsWith(INSTALLED), command);
  const args = command.replace(INSTALLED, `${process.cwd()}/`).split(' ');
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  return child;
}

/** The page's launch configuration, with the current file in place of its variable. */
function configuration(): object {
  const [, lua = ''] = /dap\.configurations\.javascript = \{\s+\{(.*?)\},\s+\}/s.exec(PAGE) ?? [];
  const fields = [...lua.matchAll(/(\w+) = (?:'([^']*)'|(true))/g)].map(
    ([, name = '', text]): [string, unknown] => [
      name,
      text?.replace(/\$\{file\}/, PROGRAM) ?? true,
    ],
  );
  return Object.fromEntries(fields);
}

/** The member of a response's body that is a list. */
function list<Item>({ body }: Message, name: string): readonly Item[] {
  const found = body?.[name];
  assert.ok(Array.isArray(found), `no list of ${name}`);
  return found;
}

/** A session as nvim-dap has one: it launches at once and configures when requested. */
async function session(client: RawClient): Promise<void> {
  const capabilities = await client.ask('initialize', NEOVIM);
  const launched = client.request('launch', configuration());
  await client.event('initialized');
  const source = { path: PROGRAM };
  const set = await client.ask('setBreakpoints', { source, breakpoints: [{ line: LINE }] });
  assert.equal(list<{ verified: boolean }>(set, 'breakpoints')[0]?.verified, true);
  const known = list<{ filter: string; default: boolean }>(
    capabilities,
    'exceptionBreakpointFilters',
  );
  const filters = known.flatMap((each) => (each.default ? [each.filter] : []));
  await client.ask('setExceptionBreakpoints', { filters });
  await client.ask('configurationDone');
  assert.equal((await client.responseTo(launched)).success, true);
  assert.equal((await client.event('stopped')).body?.['reason'], 'entry');
  await client.ask('continue', { threadId: 1 });
  const { body: stopped } = await client.event('stopped', 2);
  assert.equal(stopped?.['reason'], 'breakpoint');
  const stack = await client.ask('stackTrace', { threadId: stopped?.['threadId'] });
  const [frame] = list<{ id: number; line: number }>(stack, 'stackFrames');
  assert.equal(frame?.line, LINE);
  const scopes = await client.ask('scopes', { frameId: frame?.id });
  assert.ok(list(scopes, 'scopes').length > 3);
  await client.ask('disconnect', { restart: false, terminateDebuggee: true });
  await client.closed;
}
