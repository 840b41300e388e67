import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { RecordedSession } from '../../clients/recorded-session.ts';

type Variable = DebugProtocol.Variable;

async function atStop(t: TestContext, program: string): Promise<RecordedSession> {
  const lines = readFileSync(`test/programs/${program}`, 'utf8').split('\n');
  const line = lines.findIndex((each) => each.includes('the place to stop')) + 1;
  const session = await RecordedSession.start(t);
  await session.launch({ program, breakpoints: [{ line }] });
  await session.stopped();
  return session;
}

async function rowsOf({ client }: RecordedSession, variablesReference: number, page: object = {}) {
  const args = { variablesReference, ...page } as DebugProtocol.VariablesArguments;
  return (await client.variablesRequest(args)).body.variables;
}

async function scopes(session: RecordedSession) {
  const frameId = (await session.frames(session.threadId))[0]?.id ?? 0;
  return (await session.client.scopesRequest({ frameId })).body.scopes;
}

async function locals(session: RecordedSession): Promise<readonly Variable[]> {
  const local = (await scopes(session)).find(({ name }) => name === 'Local');
  return rowsOf(session, local?.variablesReference ?? 0);
}

/** Everything that unfolds below, but what runs the author's getter by design. */
async function unfold(session: RecordedSession, reference: number, depth: number) {
  const seen: Variable[] = [];
  for (const row of reference > 0 ? await rowsOf(session, reference) : []) {
    seen.push(row);
    if (depth === 0 || row.presentationHint?.lazy) continue;
    seen.push(...(await unfold(session, row.variablesReference, depth - 1)));
  }
  return seen;
}

const touched = (session: RecordedSession) => session.evaluate('touched.join()');

const PROXY_ROWS = ['[[Handler]]', '[[Target]]', '[[IsRevoked]]'];

/** A local, its text, and some of the rows below it. */
const SHOWN: readonly (readonly [name: string, value: string | RegExp, rows?: object])[] = [
  ['good', '{a: {b: null}}', { a: '{b: null}' }],
  [
    'throwing',
    /^Proxy\(\{\}, \{get: ƒ get\(\), /,
    { '[[Target]]': '{}', '[[IsRevoked]]': 'false' },
  ],
  ['counting', 'Proxy({hidden: 1}, Proxy({…}, {…}))', { '[[Target]]': '{hidden: 1}' }],
  ['callable', 'Proxy(ƒ named(), Proxy({…}, {…}))', { '[[Target]]': 'ƒ named()' }],
  ['listed', 'Proxy((3) [1, 2, 3], Proxy({…}, {…}))', { '[[Target]]': '(3) [1, 2, 3]' }],
  ['revoked', 'Proxy(revoked)', { '[[Target]]': 'null', '[[IsRevoked]]': 'true' }],
  ['heir', '{own: 1}', { own: '1' }],
  ['tagged', 'Tagged {field: 1}', { field: '1' }],
  [
    'badTag',
    '{x: 1, [Symbol(Symbol.toStringTag)]: (…)}',
    { x: '1', 'Symbol(Symbol.toStringTag)': '(…)' },
  ],
  ['noisy', '{plain: 1}', { plain: '1' }],
  ['list', '(3) [1, 2, (…)]', { 0: '1', 2: '(…)', length: '3' }],
  ['map', "NoisyMap(1) {'k' => {v: 1}}", { "'k'": '{v: 1}' }],
  ['bytes', 'NoisyBytes(2) [7, 8]', { 0: '7', 1: '8' }],
  ['pattern', '/a+/gi', { lastIndex: '0' }],
  ['failure', 'NoisyError: hidden', { message: "'hidden'" }],
  [
    'accessors',
    '{throws: (…), counts: (…), written: (…)}',
    { throws: '(…)', counts: '(…)', written: '(…)' },
  ],
  ['when', '1970-01-01T00:00:00.000Z'],
  [
    'account',
    "_Account {owner: 'ann'}",
    { owner: "'ann'", '#cents': '500', '#log': '{entries: (2) [1, 2]}', '#half': '(…)' },
  ],
];

test('each value is shown for itself, and none is touched', async (t) => {
  const session = await atStop(t, 'odd-values.js');
  const rows = new Map((await locals(session)).map((row) => [row.name, row]));
  for (const [name, value, below = {}] of SHOWN) {
    const row = rows.get(name);
    if (typeof value === 'string') assert.equal(row?.value, value);
    else assert.match(row?.value ?? '', value);
    const parts = await rowsOf(session, row?.variablesReference ?? 0);
    const texts = new Map(parts.map((part) => [part.name, part.value]));
    for (const [part, text] of Object.entries(below)) assert.equal(texts.get(part), text, part);
    if (row?.type === 'Proxy') assert.deepEqual([...texts.keys()], PROXY_ROWS);
  }
  assert.equal(rows.get('when')?.type, 'Date');
  assert.equal(await touched(session), "''");
});

test('no way of looking runs code of the program', async (t) => {
  const session = await atStop(t, 'odd-values.js');
  const { client } = session;
  const frameId = (await session.frames(session.threadId))[0]?.id ?? 0;
  const seen: Variable[] = [];
  for (const { variablesReference } of await scopes(session)) {
    seen.push(...(await unfold(session, variablesReference, 2)));
  }
  assert.equal(await touched(session), "''", 'variables and scopes of the model');
  const internal = /VirtualDate|portals-(program|runtime)\.js/;
  // `RegExp.$1` and its like describe the last match, which may have been the simulator's.
  const own = seen.filter(({ name }) => !/^(input|lastMatch|\$.)$/.test(name));
  const shown = own.map(({ name, value, type }) => `${name}: ${value} (${type})`);
  assert.deepEqual(
    shown.filter((text) => internal.test(text)),
    [],
  );
  for (const [name] of SHOWN) {
    for (const context of ['hover', 'watch', 'clipboard', 'repl']) {
      await session.evaluate(name, context);
      assert.equal(await touched(session), "''", `${name}, ${context}`);
    }
    const text = `${name}.`;
    await client.completionsRequest({ text, column: text.length + 1, frameId });
    assert.equal(await touched(session), "''", `completions of ${name}`);
  }
  for (const request of ['portals/status', 'portals/topology', 'portals/stateNames']) {
    await client.customRequest(request);
  }
  await client.customRequest('portals/history', { start: 0, count: 10 });
  assert.equal(await touched(session), "''", 'views of the model');
});

test('a getter runs when it is asked for, and shows what it throws', async (t) => {
  const session = await atStop(t, 'odd-values.js');
  const rows = await locals(session);
  const below = async (owner: string, name: string) => {
    const row = rows.find((each) => each.name === owner);
    const parts = await rowsOf(session, row?.variablesReference ?? 0);
    const part = parts.find((each) => each.name === name);
    return (await rowsOf(session, part?.variablesReference ?? 0))[0]?.value;
  };
  assert.equal(await below('accessors', 'counts'), "'getter'");
  assert.equal(await below('accessors', 'throws'), 'Error: getter');
  assert.equal(await below('badTag', 'Symbol(Symbol.toStringTag)'), 'Error: tag');
  assert.equal(await below('account', '#half'), '250');
  assert.equal(await touched(session), "'getter,#half'");
});

test('completions of a proxy are the names of its target', async (t) => {
  const session = await atStop(t, 'odd-values.js');
  const frameId = (await session.frames(session.threadId))[0]?.id ?? 0;
  const { body } = await session.client.completionsRequest({
    text: 'counting.h',
    column: 11,
    frameId,
  });
  assert.deepEqual(
    body.targets.map(({ label }) => label),
    ['hidden', 'hasOwnProperty'],
  );
});

test('large collections are paged, and large objects shown in ranges', async (t) => {
  const session = await atStop(t, 'large-values.js');
  const rows = new Map((await locals(session)).map((row) => [row.name, row]));
  const names = async (name: string, page: object) => {
    const reference = rows.get(name)?.variablesReference ?? 0;
    return (await rowsOf(session, reference, page)).map((row) => `${row.name}: ${row.value}`);
  };
  for (const name of ['map', 'set', 'array', 'bytes']) {
    assert.equal(rows.get(name)?.indexedVariables, 20_000, name);
  }
  const page = { filter: 'indexed', start: 19_998, count: 100 };
  assert.deepEqual(await names('map', page), ['19998: 39996', '19999: 39998']);
  assert.deepEqual(await names('set', page), ['19998: 19998', '19999: 19999']);
  assert.deepEqual(await names('array', page), ['19998: 39996', '19999: 39998']);
  assert.deepEqual(await names('bytes', page), ['19998: 30', '19999: 31']);
  const ranges = await rowsOf(session, rows.get('object')?.variablesReference ?? 0);
  assert.equal(ranges.length, 101);
  assert.equal(ranges[99]?.name, '[99000 … 99999]');
  assert.equal(ranges[100]?.name, '[[Prototype]]');
  const last = await rowsOf(session, ranges[99]?.variablesReference ?? 0);
  assert.equal(last.length, 1000);
  const { name, value, evaluateName } = last[999] ?? {};
  assert.deepEqual([name, value, evaluateName], ['key99999', '99999', 'object.key99999']);
});
