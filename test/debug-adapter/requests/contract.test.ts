import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { statusBody } from '../../../debug-adapter/protocol.ts';
import { builtFile } from '../../built-file.ts';
import { type RawClient, spawnAdapter, spawnServer } from '../../clients/raw-client.ts';

const PROGRAM = join(process.cwd(), 'test/programs/stock.js');

/** Invalid launches: the user must see why, because a client hides other errors. */
const MISTAKES: readonly (readonly [attribute: object, says: RegExp])[] = [
  [{ program: 7 }, /'program'/],
  [{ program: 'cart.js' }, /'program': must be an absolute path/],
  [{ seed: 'x' }, /'seed'/],
  [{ schedule: 'fast' }, /'schedule'/],
  [{ stopOnEntry: 'yes' }, /'stopOnEntry'/],
  [{ faults: 'crash:/a@vote' }, /'faults'/],
  [{ faults: ['crash:cart'] }, /not of the form crash:TARGET@POINT/],
  [{ snapshotEvery: 0 }, /'snapshotEvery'/],
  [{ onHandlerError: 'ignore' }, /propagate, fail or retry\(N\)/],
  [{ maxSteps: 0 }, /'maxSteps'/],
  [{ runtimeExecutable: 5 }, /'runtimeExecutable'/],
  [{ env: { NAME: 1 } }, /'env\.NAME'/],
  [{ trace: '/tmp/a.ptrace' }, /no traces in this version/],
  [{ replay: '/tmp/a.ptrace' }, /no traces in this version/],
];

test('what is wrong with a launch is shown to the user', async (t) => {
  const { client } = spawnAdapter(t);
  for (const [attribute, says] of MISTAKES) {
    const answer = await client.ask('launch', { program: PROGRAM, ...attribute });
    const error = answer.body?.['error'] as { format: string; showUser: boolean };
    assert.equal(answer.success, false);
    assert.match(error.format, says);
    assert.equal(error.showUser, true, error.format);
  }
});

for (const noDebug of [false, true]) {
  test(`faults that never triggered are reported at the end, noDebug: ${noDebug}`, async (t) => {
    const { client } = spawnAdapter(t);
    const faults = ['crash:/nowhere@vote#1', 'crash:/shop/workflows/stock@vote#99'];
    await start(client, { program: PROGRAM, noDebug, faults });
    await client.event('terminated');
    const lines = client.received
      .filter(({ event, body }) => event === 'output' && body?.['category'] === 'console')
      .map(({ body }) => String(body?.['output']));
    assert.equal(lines.length, 3);
    assert.match(
      lines[0] ?? '',
      /crash of \/nowhere at vote never triggered: nothing at .* known: /,
    );
    assert.match(lines[1] ?? '', /\/stock at vote never triggered: .* pass vote \d+ more times/);
    assert.match(lines[2] ?? '', /^Complete after/);
  });
}

test('a fault is one object from the request over the status to the crash', async (t) => {
  const { client } = spawnAdapter(t);
  await start(client, { program: PROGRAM, stopOnEntry: true });
  await client.event('stopped');
  await client.ask('portals/seek', { step: 1 });
  await client.event('stopped', 2);
  const target = '/shop/workflows/stock';
  const inject = { kind: 'crash', target, at: 'vote' };
  const first = (await client.ask('portals/inject', inject)).body?.['fault'];
  const second = (await client.ask('portals/inject', inject)).body?.['fault'];
  // The second of two equal faults triggers at the next passing, and its response says so.
  const fault = { kind: 'crash', target, point: 'vote', occurrence: 1 };
  assert.deepEqual([first, second], [fault, { ...fault, occurrence: 2 }]);
  const { body } = await client.ask('portals/status');
  assert.deepEqual(statusBody.parse(body).armed, [first, second]);
  client.request('continue', { threadId: 1 });
  await client.event('terminated');
  const crashes = client.received
    .filter(({ event }) => event === 'portals/changed')
    .map((event) => statusBody.parse(event.body))
    .map(({ totals, armed, lastCrash }) => ({ count: totals.crashes, armed, lastCrash }));
  const last = crashes.at(-1);
  assert.deepEqual([last?.count, last?.armed, last?.lastCrash?.fault.point], [2, [], 'vote']);
});

test('the state of a task that does not exist is an error that names those that do', async (t) => {
  const { client } = spawnAdapter(t);
  await start(client, { program: PROGRAM, stopOnEntry: true });
  await client.event('stopped');
  const { success, message } = await client.ask('portals/state', { task: '/nowhere' });
  assert.equal(success, false);
  assert.match(message ?? '', /there is no task \/nowhere; known: \/shop\/workflows\//);
});

test('a run without debugging has no history to page through', async (t) => {
  const { client } = spawnAdapter(t);
  await start(client, { program: PROGRAM, noDebug: true });
  await client.event('terminated');
  const { body } = await client.ask('portals/history', { start: 0, count: 5 });
  assert.deepEqual(body, { start: 0, total: 0, items: [] });
});

test('a request for a later version says so', async (t) => {
  const { client } = spawnAdapter(t);
  await start(client, { program: PROGRAM, stopOnEntry: true });
  await client.event('stopped');
  const { message } = await client.ask('portals/export', { path: '/tmp/a.ptrace' });
  assert.match(message ?? '', /no traces in this version/);
});

/** Command lines that are wrong, and what is said about them. */
const WRONG: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [['--server'], /'--server' is not understood\n\nUsage: debug-adapter \[--server=PORT\]/],
  [['--server=abc'], /'--server=abc' is not understood/],
  [['--server=70000'], /not understood/],
  [['--server=1', '--verbose'], /'--server=1 --verbose' is not understood/],
];

for (const [args, says] of WRONG) {
  test(`debug-adapter ${args.join(' ')}: exit code 2 and a reason`, async () => {
    assert.match(await refusal(...args), says);
  });
}

test('a port in use is an error', async (t) => {
  const { port } = await spawnServer(t);
  assert.match(await refusal(`--server=${port}`), /^error: .*address already in use.*another port/);
});

/** What the adapter says on stderr before it leaves with exit code 2. */
async function refusal(...args: readonly string[]): Promise<string> {
  const command = promisify(execFile)(process.execPath, [builtFile('debug-adapter.js'), ...args]);
  const failure = await command.then(
    () => assert.fail('the adapter leaves without a word'),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  assert.deepEqual([failure.code, failure.stdout], [2, '']);
  return failure.stderr;
}

async function start(client: RawClient, launch: object): Promise<void> {
  await client.ask('initialize', { adapterID: 'portals' });
  client.request('launch', launch);
  await client.event('initialized');
  await client.ask('configurationDone');
}
