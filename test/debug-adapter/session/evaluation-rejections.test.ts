import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type RawClient, spawnAdapter } from '../../clients/raw-client.ts';
import { withHandler, writeFiles } from '../../program-files.ts';

/** Drives the system itself. */
const DRIVEN = withHandler(`const y = x + 1;
    return y;`);
/** Exports its application, which the adapter runs after the load. */
const EXPORTED = DRIVEN.replace(/const system.*/s, 'export default builder.build();\n');
/** Rejects a promise of its own in the handler. */
const REJECTING = withHandler(`if (x === 1) Promise.reject(new Error('program'));
    return x;`);

const LINE = 7;

/** An expression that leaves a rejection unhandled, and how the console reports it. */
type Rejection = readonly [expression: string, reason: string];

const AT_ONCE: readonly Rejection[] = [
  ["Promise.reject(new Error('mine'))", 'Error: mine'],
  ["(async () => { throw new TypeError('mine') })()", 'TypeError: mine'],
  ["import('./nowhere.js')", 'TypeError: A dynamic import callback was not specified.'],
  ["new Promise((_, reject) => reject('text'))", "'text'"],
  ['(async function* () { throw null })().next()', 'null'],
];

/** Rejected by a promise job. */
const LATER: readonly Rejection[] = [
  ['Promise.resolve().then(() => { throw 7 })', '7'],
  ['Promise.all([Promise.reject({ a: 1 })])', '{a: 1}'],
  ['Promise.resolve().then(() => { Promise.reject(8) })', '8'],
  ['(async () => { await 0; Promise.reject(9) })()', '9'],
];

/** Promise jobs run after the load of a program that drives itself, or else after the run. */
const CASES = [
  { source: DRIVEN, name: 'driven' },
  { source: EXPORTED, name: 'exported' },
];

interface Ended {
  readonly exitCode: unknown;
  /** What the console shows of errors. */
  readonly errors: readonly string[];
}

/** Starts `source` with a breakpoint at {@link LINE}, to which `terms` are added. */
async function start(t: TestContext, source: string, terms: object = {}): Promise<RawClient> {
  const { client } = spawnAdapter(t);
  const program = join(writeFiles({ 'app.js': source }), 'app.js');
  await client.ask('initialize', { adapterID: 'portals' });
  const launched = client.request('launch', { program });
  await client.event('initialized');
  const breakpoints = [{ line: LINE, ...terms }];
  await client.ask('setBreakpoints', { source: { path: program }, breakpoints });
  await client.ask('configurationDone');
  await client.responseTo(launched);
  return client;
}

async function evaluate(client: RawClient, expression: string, context: string): Promise<void> {
  const { body } = await client.event('stopped');
  const stack = await client.ask('stackTrace', { threadId: body?.['threadId'] });
  const [frame] = (stack.body?.['stackFrames'] ?? []) as { id: number }[];
  const { success } = await client.ask('evaluate', { expression, context, frameId: frame?.id });
  assert.equal(success, true);
}

async function runToEnd(client: RawClient): Promise<Ended> {
  const { body } = await client.ask('portals/sources');
  const [path] = (body?.['paths'] ?? []) as string[];
  await client.ask('setBreakpoints', { source: { path }, breakpoints: [] });
  await client.ask('setExceptionBreakpoints', { filters: [] });
  await client.ask('continue', { threadId: 1 });
  return ended(client);
}

async function ended(client: RawClient): Promise<Ended> {
  const { body } = await client.event('exited');
  const errors = client.received
    .filter(({ event, body: sent }) => event === 'output' && sent?.['category'] === 'stderr')
    .map(({ body: sent }) => String(sent?.['output']).trim());
  return { exitCode: body?.['exitCode'], errors };
}

for (const { source, name } of CASES) {
  for (const [expression, reason] of [...AT_ONCE, ...LATER]) {
    test(`${name}: the run does not end by ${expression}`, async (t) => {
      const client = await start(t, source);
      await evaluate(client, expression, 'repl');
      const errors = [`Uncaught (in promise) ${reason}`];
      assert.deepEqual(await runToEnd(client), { exitCode: 0, errors });
    });
  }
}

test('nor by a rejection in a watch', async (t) => {
  const client = await start(t, DRIVEN);
  await evaluate(client, "Promise.reject(new Error('mine'))", 'watch');
  const errors = ['Uncaught (in promise) Error: mine'];
  assert.deepEqual(await runToEnd(client), { exitCode: 0, errors });
});

test('nor by rejections in a condition, a log message or an invariant', async (t) => {
  const rejection = "Promise.reject(new Error('mine'))";
  const terms = [
    { condition: `!${rejection}` },
    { logMessage: `{${rejection}}` },
    { condition: `${rejection} && false`, hitCondition: '1' },
  ];
  for (const each of terms) {
    const { exitCode, errors } = await ended(await start(t, DRIVEN, each));
    assert.equal(exitCode, 0);
    assert.deepEqual([...new Set(errors)], ['Uncaught (in promise) Error: mine']);
  }
});

test('a handled rejection of an expression is not reported', async (t) => {
  const client = await start(t, DRIVEN);
  await evaluate(client, 'Promise.reject(1).catch(() => 2)', 'repl');
  assert.deepEqual(await runToEnd(client), { exitCode: 0, errors: [] });
});

test("a rejection of the program still ends the run, also after the user's", async (t) => {
  const client = await start(t, REJECTING);
  await evaluate(client, "Promise.reject(new Error('mine'))", 'repl');
  const { exitCode, errors } = await runToEnd(client);
  assert.equal(exitCode, 2);
  const found = errors.map((each) => /PROGRAM_THREW: Error: program|mine/.exec(each)?.[0]);
  assert.deepEqual(found.sort(), ['PROGRAM_THREW: Error: program', 'mine']);
});

test('stepping into code with promises stays in the program after an evaluation', async (t) => {
  const source = withHandler(`const p = Promise.resolve(x);
    p.then(() => x);
    return x;`);
  const client = await start(t, source);
  await evaluate(client, 'Promise.resolve(1)', 'repl');
  const lines: unknown[] = [];
  for (let stops = 2; stops <= 3; stops++) {
    await client.ask('stepIn', { threadId: 1 });
    const { body } = await client.event('stopped', stops);
    const stack = await client.ask('stackTrace', { threadId: body?.['threadId'] });
    const [frame] = (stack.body?.['stackFrames'] ?? []) as { line: number }[];
    lines.push(frame?.line);
  }
  assert.deepEqual(lines, [8, 9]);
});
