import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { checkGolden } from '../../golden.ts';

const golden = (name: string) => new URL(`../golden/${name}.txt`, import.meta.url);
const CART = join(process.cwd(), 'examples/shopping-cart.js');
const SCOPES = ['State of this key', 'All keys', 'Continuations', 'Uncommitted effects'];

test('what a step has changed and not yet committed', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: CART, breakpoints: [{ line: 105 }, { line: 117 }] });
  await session.stopped();
  await session.scopes(SCOPES, 2);
  for (let stops = 0; stops < 3; stops++) await session.go('continue');
  await session.scopes(SCOPES);
  for (let stops = 0; stops < 3; stops++) await session.go('continue');
  await session.scopes(SCOPES);
  for (const expression of ['$state("items", "items", 1)', '$state("items", "items", 3)']) {
    session.note(`${expression}: ${await session.evaluate(expression)}`);
  }
  await session.go('portals/stepAtom');
  await session.scopes(SCOPES, 2);
  checkGolden(golden('uncommitted'), session.text);
});

test('a continuation: what it waits for, has captured, and where it stands', async (t) => {
  const session = await RecordedSession.start(t);
  const functions = [{ name: 'portal:inventory' }];
  await session.launch({ program: CART, functions });
  await session.stopped();
  await session.scopes(['Local', 'Module', 'Continuations'], 3);
  await session.type('.continuations');
  checkGolden(golden('continuations'), session.text);
});

test('every row of state has an expression that gives its value', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: 'stock.js', breakpoints: [{ line: 13 }] });
  await session.stopped();
  await session.go('continue');
  const [frame] = await session.frames(session.threadId);
  const { body } = await session.client.scopesRequest({ frameId: frame?.id ?? 0 });
  const rows = [];
  for (const { name, variablesReference } of body.scopes) {
    if (!['Task state', 'All keys', 'State of this key'].includes(name)) continue;
    rows.push(...(await session.client.variablesRequest({ variablesReference })).body.variables);
  }
  const entries = rows.filter(({ evaluateName }) => evaluateName);
  assert.ok(entries.length > 0);
  for (const { value, evaluateName = '' } of entries) {
    assert.equal(await session.evaluate(evaluateName), value.replace(/ · .*/, ''));
    assert.equal(await session.evaluate(evaluateName, 'hover'), value.replace(/ · .*/, ''));
  }
});
