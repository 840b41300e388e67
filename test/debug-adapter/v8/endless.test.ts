import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { withHandler, writeFiles } from '../../program-files.ts';

const ENDLESS = [
  '(() => { for (;;); })()',
  '(() => { try { for (;;); } finally { for (;;); } })()',
  '({ get a() { for (;;); } }).a',
  '/^(a+)+$/.test("a".repeat(40) + "b")',
  '(() => { const kept = []; for (;;) kept.push(new Array(1000).fill(1)); })()',
];

const GIVEN_UP = /took longer than (500 ms|1 s|10 s)/;

const SOURCE = withHandler(`const trap = { get open() { for (;;); }, set open(it) { for (;;); } };
    const listed = new (class extends Array { static get [Symbol.species]() { for (;;); } })(3);
    if (x === 2) throw new Error('two');
    return x;`);

async function atLine(t: Parameters<typeof RecordedSession.start>[0], text: string) {
  const directory = writeFiles({ 'endless.js': SOURCE });
  const session = await RecordedSession.start(t);
  const line = SOURCE.split('\n').findIndex((each) => each.includes(text)) + 1;
  const program = `${directory}/endless.js`;
  await session.launch({ program, stopOnEntry: true, breakpoints: [{ line }] });
  await session.stopped();
  return session;
}

test('an expression without an end is ended, at the entry and in a handler', async (t) => {
  const session = await atLine(t, 'return x');
  for (let stops = 0; stops < 2; stops++) {
    for (const expression of ENDLESS) {
      assert.match(await session.evaluate(expression), GIVEN_UP);
    }
    for (const context of ['hover', 'clipboard']) {
      const said = await session.evaluate(ENDLESS[0] ?? '', context);
      assert.match(said, stops === 0 && context === 'hover' ? /only names/ : GIVEN_UP);
    }
    assert.equal(await session.evaluate('1 + 1'), '2');
    await session.go('continue');
  }
  await session.go('stepBack');
  assert.equal(await session.evaluate('x'), '1');
});

test('what is set, unfolded or read in passing may have no end either', async (t) => {
  const session = await atLine(t, 'return x');
  await session.go('continue');
  const { client } = session;
  const [frame] = await session.frames(session.threadId);
  const { body } = await client.scopesRequest({ frameId: frame?.id ?? 0 });
  const local = body.scopes.find(({ name }) => name === 'Local')?.variablesReference ?? 0;
  const rowsOf = async (variablesReference: number) =>
    (await client.variablesRequest({ variablesReference })).body.variables;
  const rowOf = async (reference: number, wanted: string) => {
    const row = (await rowsOf(reference)).find(({ name }) => name === wanted);
    assert.ok(row, `no row ${wanted}`);
    return row.variablesReference;
  };
  const set = (variablesReference: number, name: string, value: string) =>
    client.setVariableRequest({ variablesReference, name, value });
  const trap = await rowOf(local, 'trap');
  await assert.rejects(rowsOf(await rowOf(trap, 'open')), GIVEN_UP);
  const listed = await rowsOf(await rowOf(local, 'listed'));
  assert.ok(
    listed.some(({ name }) => name === 'length'),
    'unfolded without the species',
  );
  await assert.rejects(set(local, 'x', '(() => { for (;;); })()'), GIVEN_UP);
  await assert.rejects(set(trap, 'open', '1'), GIVEN_UP);
  assert.equal(await session.evaluate('x'), '0');
});

test('a filter whose condition has no end is passed by', async (t) => {
  const session = await atLine(t, 'throw');
  const condition = '(() => { for (;;); })()';
  await session.setFilters([{ filterId: 'handlerError', condition }]);
  await session.setBreakpoints([]);
  await session.client.continueRequest({ threadId: session.threadId });
  assert.equal(await session.stopped(), 'terminated');
  assert.match(session.text, /two/);
});

const HARMFUL = {
  endless: '(() => { for (;;); })()',
  'endless and caught': '(() => { for (;;) { try { while (true); } catch {} } })()',
  'too slow': '(function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); })(60)',
  recursive: '(function deeper() { return deeper() + 1; })()',
  throwing: '(() => { throw null; })()',
};

for (const [name, condition] of Object.entries(HARMFUL)) {
  test(`a condition that is ${name}: reported once by each, and ignored`, async (t) => {
    const source = withHandler(`const state = PortalsJS.PerKeyState('seen', 0, ctx);
    state.set(x);
    return x;`);
    const directory = writeFiles({ 'conditions.js': source });
    const session = await RecordedSession.start(t);
    const line = source.split('\n').findIndex((each) => each.includes('return x')) + 1;
    await session.launch({ program: `${directory}/conditions.js`, stopOnEntry: true });
    await session.stopped();
    await session.setBreakpoints([
      { line, condition },
      { line: line - 1, logMessage: `{${condition}}` },
    ]);
    await session.setFunctions([{ name: 'task:task', condition }]);
    const watched = { task: '/app/workflows/jobs/task', scope: 'key', state: 'seen' };
    await session.setData([{ dataId: JSON.stringify(watched), accessType: 'write', condition }]);
    await session.setFilters([{ filterId: 'invariant', condition }]);
    await session.client.continueRequest({ threadId: session.threadId });
    assert.equal(await session.stopped(), 'terminated');
    const reports = session.text.match(/A breakpoint's condition fails/g) ?? [];
    assert.equal(reports.length, 5, session.text);
    assert.match(session.text, /exited with 0/);
  });
}

test('a condition that calls a function without an end can be left', async (t) => {
  const source = `const forever = () => { for (;;); };
${withHandler(`void forever;
    return x;`)}`;
  const directory = writeFiles({ 'forever.js': source });
  const session = await RecordedSession.start(t);
  const line = source.split('\n').findIndex((each) => each.includes('return x')) + 1;
  const breakpoints = [{ line, condition: 'forever()' }];
  await session.launch({ program: `${directory}/forever.js`, breakpoints });
  const { process } = session;
  assert.ok(process);
  const exited = once(process, 'exit');
  await session.client.customRequest('terminate');
  assert.equal(await session.stopped(), 'terminated');
  await session.client.disconnectRequest();
  await exited;
});
