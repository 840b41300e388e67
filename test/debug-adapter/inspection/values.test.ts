import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { checkGolden } from '../../golden.ts';

const golden = (name: string) => new URL(`../golden/${name}.txt`, import.meta.url);

async function atReturn(t: Parameters<typeof RecordedSession.start>[0]): Promise<RecordedSession> {
  const session = await RecordedSession.start(t);
  await session.launch({ program: 'values.js', breakpoints: [{ line: 52 }] });
  await session.stopped();
  return session;
}

test('values of every kind, as locals', async (t) => {
  const session = await atReturn(t);
  await session.scopes(['Local', 'Closure', 'Module', 'State of this key'], 4);
  checkGolden(golden('values'), session.text);
});

test('long lists come in pages', async (t) => {
  const { client, ...session } = await atReturn(t);
  const frames = await client.stackTraceRequest({ threadId: session.threadId });
  const frameId = frames.body.stackFrames[0]?.id ?? 0;
  const { body } = await client.evaluateRequest({ expression: 'values.many', frameId });
  assert.equal(body.indexedVariables, 250);
  const page = await client.variablesRequest({
    variablesReference: body.variablesReference,
    filter: 'indexed',
    start: 200,
    count: 3,
  });
  assert.deepEqual(
    page.body.variables.map(({ name, value }) => [name, value]),
    [
      ['200', '40000'],
      ['201', '40401'],
      ['202', '40804'],
    ],
  );
});

test('evaluation: where it may write, what it refuses, when it gives up', async (t) => {
  const session = await atReturn(t);
  const cases: [string, string, string | RegExp][] = [
    ['cycle.self.self.name', 'hover', "'cycle'"],
    ['x = 5', 'hover', /side-effect/],
    ['x', 'hover', '1'],
    ['x = 5', 'repl', '5'],
    ['x', 'watch', '5'],
    ['{ a: x }', 'repl', '{a: 5}'],
    ['values.computed', 'watch', "'only when asked'"],
    ['nowhere', 'watch', '<ReferenceError: nowhere is not defined>'],
    ['throw 7', 'repl', '<threw 7>'],
    ['(() => { throw { a: 1 } })()', 'repl', /^<threw Object>$/],
    ['for (;;);', 'watch', /took longer than 1 s/],
    ['x', 'watch', '5'],
    ['values.long', 'clipboard', 'x'.repeat(300)],
    ['cycle', 'clipboard', '{\n  "name": "cycle",\n  "self": {\n    "$up": 1\n  }\n}'],
  ];
  for (const [expression, context, expected] of cases) {
    const result = await session.evaluate(expression, context);
    if (typeof expected === 'string') assert.equal(result, expected, expression);
    else assert.match(result, expected, expression);
  }
});

test('locals and properties can be set', async (t) => {
  const session = await atReturn(t);
  const { client } = session;
  const frameId = (await session.frames(session.threadId))[0]?.id ?? 0;
  const { body } = await client.scopesRequest({ frameId });
  const local = body.scopes.find(({ name }) => name === 'Local');
  const variablesReference = local?.variablesReference ?? 0;
  const set = await client.setVariableRequest({
    variablesReference,
    name: 'x',
    value: '{ y: [2] }',
  });
  assert.equal(set.body.value, '{y: [2]}');
  assert.equal(await session.evaluate('x.y[0]'), '2');
  const again = (await client.scopesRequest({ frameId })).body.scopes[0]?.variablesReference ?? 0;
  for (const reference of [variablesReference, again]) {
    const rows = (await client.variablesRequest({ variablesReference: reference })).body.variables;
    assert.equal(rows.find(({ name }) => name === 'x')?.value, '{y: [2]}');
  }
  const inside = set.body.variablesReference ?? 0;
  await client.setVariableRequest({ variablesReference: inside, name: 'y', value: '"z"' });
  assert.equal(await session.evaluate('x.y'), "'z'");
  await assert.rejects(
    client.setVariableRequest({ variablesReference, name: 'x', value: 'nowhere' }),
    /nowhere is not defined/,
  );
});

test('completions: members of an object, and variables in sight', async (t) => {
  const session = await atReturn(t);
  const frameId = (await session.frames(session.threadId))[0]?.id ?? 0;
  const complete = async (text: string) => {
    const { body } = await session.client.completionsRequest({
      text,
      column: text.length + 1,
      frameId,
    });
    return body.targets.map(({ label }) => label);
  };
  assert.deepEqual(await complete('values.po'), ['point']);
  const members = await complete('1 + values.point.');
  assert.deepEqual(members.slice(0, 4), ['x', 'y', 'constructor', 'length']);
  assert.deepEqual(await complete('cy'), ['cycle']);
  assert.deepEqual(await complete('Poi'), ['Point']);
});
