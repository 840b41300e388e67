import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { COMMANDS } from '../../../debug-adapter/requests/index.ts';
import { type RawClient, spawnAdapter, spawnServer } from '../../clients/raw-client.ts';
import { writeFiles } from '../../program-files.ts';

const PROGRAM = join(process.cwd(), 'test/programs/stock.js');

/** Names that an object inherits, and others that are no requests. */
const UNKNOWN = ['attach', 'portals/nonsense', '', 'toString', '__proto__'];

const ARGUMENTS = [
  undefined,
  null,
  7,
  'text',
  [],
  { threadId: 'one' },
  { variablesReference: 1e9, frameId: -1, expression: '1', text: 'a', column: 1 },
  { source: { path: PROGRAM }, breakpoints: [{ line: 'x' }], line: 0, filters: 'all' },
  { program: 'relative.js', kind: 'crash', target: '/', path: '/no', start: -1, count: 2 },
  { start: 0, count: 1e12, binSize: 1 },
];

async function started(client: RawClient, stopOnEntry: boolean, program = PROGRAM): Promise<void> {
  await client.ask('initialize', { adapterID: 'portals' });
  const launched = client.request('launch', { program, stopOnEntry });
  await client.event('initialized');
  await client.ask('configurationDone');
  await client.responseTo(launched);
  if (stopOnEntry) await client.event('stopped');
}

for (const when of ['before the launch', 'while stopped', 'after the end'] as const) {
  test(`every request is answered once, ${when}, whatever its arguments`, async (t) => {
    const { client, exited } = spawnAdapter(t);
    if (when !== 'before the launch') await started(client, when === 'while stopped');
    if (when === 'after the end') await client.event('terminated');
    // The test disconnects at the end; the others end the session or run until a pause.
    const running = when === 'while stopped' ? ['terminate', 'restart', 'continue'] : [];
    const excluded = ['disconnect', ...running];
    const tried = [...COMMANDS, ...UNKNOWN].filter((command) => !excluded.includes(command));
    const asked = tried.flatMap((command) =>
      ARGUMENTS.map((args) => ({ command, args, seq: client.request(command, args) })),
    );
    for (const { seq } of asked) await client.responseTo(seq);
    await client.ask('disconnect');
    assert.equal(await exited, 0);
    for (const { command, args, seq } of asked) {
      assert.equal(client.responses(seq), 1, `${command} ${JSON.stringify(args)}`);
    }
    const internal = client.received.filter(({ body }) => {
      return (body?.['error'] as { id?: number } | undefined)?.id === INTERNAL;
    });
    assert.deepEqual(internal, []);
  });
}

for (const command of ['terminate', 'restart', 'continue', 'disconnect']) {
  test(`${command} is answered once in a session of its own, whatever its arguments`, async (t) => {
    for (const args of ARGUMENTS) {
      const { client, exited } = spawnAdapter(t);
      await started(client, true);
      const seq = client.request(command, args);
      await client.responseTo(seq);
      if (command !== 'disconnect') await client.ask('disconnect');
      assert.equal(await exited, 0);
      assert.equal(client.responses(seq), 1, `${command} ${JSON.stringify(args)}`);
    }
  });
}

/** The number of an error that is the adapter's own fault. */
const INTERNAL = 1009;

test('the error of a malformed request says what is wrong', async (t) => {
  const { client } = spawnAdapter(t);
  const cases: [string, unknown, RegExp][] = [
    ['launch', { program: 7 }, /'program': .*expected string/],
    ['launch', { program: 'cart.js' }, /'program': must be an absolute path/],
    ['launch', { program: '/a.js', seed: 'x' }, /'seed': .*expected number/],
    ['launch', { program: '/a.js', schedule: 'fast' }, /'schedule': .*"drain"\|"random"/],
    ['launch', { program: '/a.js', faults: ['crash:cart'] }, /not of the form crash:TARGET@POINT/],
    ['launch', { program: '/a.js', onHandlerError: 'ignore' }, /propagate, fail or retry\(N\)/],
    ['launch', { program: '/a.js', snapshotEvery: 0 }, /'snapshotEvery': .*>=1/],
    ['variables', {}, /'variablesReference': .*expected number/],
    ['next', { threadId: 'a' }, /'threadId'/],
    ['initialize', { linesStartAt1: false }, /counted from 1/],
    ['frobnicate', {}, /'frobnicate' is not supported/],
  ];
  for (const [command, args, expected] of cases) {
    const { success, message } = await client.ask(command, args);
    assert.equal(success, false);
    assert.match(message ?? '', expected);
  }
});

test('what is no message does not disturb those that are', async (t) => {
  const { client } = spawnAdapter(t);
  client.raw('Content-Length: 3\r\n\r\n{,}');
  client.raw('Content-Length: 4\r\n\r\nnull');
  client.raw('Content-Type: nonsense\r\n\r\n');
  client.raw('Content-Length: many\r\n\r\n');
  client.message([]);
  client.message({ type: 'request' });
  client.message({ type: 'response', request_seq: 1 });
  const { success } = await client.ask('initialize', { adapterID: 'portals' });
  assert.equal(success, true);
});

for (const state of ['stopped', 'looping'] as const) {
  test(`a client that vanishes leaves no process, ${state}`, async (t) => {
    const { client, child, exited } = spawnAdapter(t);
    const directory = writeFiles({ 'loop.js': 'for (;;);\n' });
    if (state === 'stopped') await started(client, true);
    else await started(client, false, `${directory}/loop.js`);
    child.stdin?.end();
    assert.equal(await exited, 0);
  });
}

test('two clients of one server debug side by side', async (t) => {
  const { connect } = await spawnServer(t);
  const [one, two] = await Promise.all([connect(), connect()]);
  await Promise.all([started(one, true), started(two, true)]);
  await one.ask('portals/stepAtom');
  await one.event('stopped', 2);
  const [first, second] = await Promise.all([one.ask('portals/status'), two.ask('portals/status')]);
  assert.equal(first.body?.['step'], 1);
  assert.equal(second.body?.['step'], 0);
  await one.ask('disconnect');
  await two.ask('continue');
  await two.event('terminated');
});

test('the diagnostics contain what was launched and the messages so far', async (t) => {
  const { client } = spawnAdapter(t);
  await started(client, true);
  const { body } = await client.ask('portals/diagnostics');
  assert.equal(body?.['phase'], 'stopped');
  assert.equal(body?.['program'], PROGRAM);
  const messages = body?.['messages'] as { from: string; text: string }[];
  const said = messages.map(({ from, text }) => `${from}: ${text}`).join('\n');
  assert.match(said, /client: .*"command":"launch"/);
  assert.match(said, /adapter: .*"event":"stopped"/);
});

test('the files a program is made of are its loaded sources', async (t) => {
  const { client } = spawnAdapter(t);
  const directory = writeFiles({
    'app.js': "import { twice } from './twice.js';\nconsole.log(twice(2));\n",
    'twice.js': 'export const twice = (n) => 2 * n;\n',
  });
  await started(client, false, `${directory}/app.js`);
  const { body } = await client.ask('loadedSources');
  const sources = body?.['sources'] as { name: string; path: string }[];
  assert.deepEqual(sources.map(({ name }) => name).sort(), ['app.js', 'twice.js']);
  assert.ok(sources.every(({ path }) => path.startsWith(directory)));
  const own = await client.ask('portals/sources');
  assert.deepEqual(own.body, { paths: sources.map(({ path }) => path) });
});

test('a launch that a restart overtakes is answered, and so is the restart', async (t) => {
  const directory = writeFiles({ 'for-ever.js': 'for (let n = 0; ; n++);\n' });
  const { client } = spawnAdapter(t);
  await client.ask('initialize', { adapterID: 'portals' });
  const launch = client.request('launch', { program: `${directory}/for-ever.js` });
  await client.event('initialized');
  await client.ask('configurationDone');
  const restarts = [client.request('restart', {}), client.request('restart', {})];
  for (const seq of [launch, ...restarts]) await client.responseTo(seq);
  assert.equal((await client.ask('terminate')).success, true);
});

test('an evaluation in a context of a strange name is one like any other', async (t) => {
  const { client } = spawnAdapter(t);
  await client.ask('initialize', { adapterID: 'portals' });
  client.request('launch', { program: PROGRAM, stopOnEntry: true });
  await client.event('initialized');
  await client.ask('configurationDone');
  await client.event('stopped');
  for (const context of ['__proto__', 'constructor', 'toString']) {
    const { body } = await client.ask('evaluate', { expression: '1 + 1', context });
    assert.equal(body?.['result'], '2');
  }
});
