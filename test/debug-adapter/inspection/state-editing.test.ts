import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { RecordedSession } from '../../clients/recorded-session.ts';

const CART = join(process.cwd(), 'examples/shopping-cart.js');
const ITEMS = '/shop/workflows/cart/items';
/** Customer 1 has taken tea and jam when the checkout comes, which is the first one. */
const CHECKOUT = 115;

type Variable = DebugProtocol.Variable & { readonly __vscodeVariableMenuContext?: string };

/** The state of the key under way, as a client shows it. */
async function keyState(session: RecordedSession) {
  const [frame] = await session.frames(session.threadId);
  const { body } = await session.client.scopesRequest({ frameId: frame?.id ?? 0 });
  const scope = body.scopes.find(({ name }) => name === 'State of this key');
  const variablesReference = scope?.variablesReference ?? 0;
  const rows = await session.client.variablesRequest({ variablesReference });
  return { variablesReference, rows: rows.body.variables as readonly Variable[] };
}

test('a state is deleted as a row of Variables, and set by its name', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: CART, breakpoints: [{ line: CHECKOUT }] });
  await session.stopped();
  const { variablesReference, rows } = await keyState(session);
  const contexts = rows.map(({ name, __vscodeVariableMenuContext: menu }) => [name, menu]);
  assert.deepEqual(contexts, [['items', 'state']]);

  await session.client.customRequest('portals/setState', { variablesReference, name: 'items' });
  const [deleted] = (await keyState(session)).rows;
  assert.match(deleted?.value ?? '', /^deleted/);
  assert.equal(deleted?.__vscodeVariableMenuContext, undefined);

  const named = { task: ITEMS, state: 'items', key: '1' };
  await session.client.customRequest('portals/setState', { ...named, expression: '[2].concat(1)' });
  const { body } = await session.client.customRequest('portals/state', { ...named, key: 1 });
  assert.deepEqual(body.items[0].value.json, [2, 1]);
});

test('states are listed, and a state that cannot be set is refused', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: CART, breakpoints: [{ line: CHECKOUT }] });
  await session.stopped();
  const { body } = await session.client.customRequest('portals/stateNames');
  const items = { task: ITEMS, name: 'items', scope: 'key', count: 3 };
  assert.deepEqual(
    body.names.find(({ name }: { name: string }) => name === 'items'),
    items,
  );

  const refused = (args: object) => session.client.customRequest('portals/setState', args);
  const { variablesReference } = await keyState(session);
  await assert.rejects(refused({ variablesReference, name: 'nothing' }), /it is not one state/);
  await assert.rejects(refused({ variablesReference }), /'name'/);
  await assert.rejects(refused({ state: 'items' }), /'task'/);
  const named = { task: ITEMS, state: 'items', key: '1' };
  await assert.rejects(refused({ ...named, expression: 'nowhere' }), /nowhere is not defined/);
  const status = await session.client.customRequest('portals/status');
  assert.equal(status.body.branch, 0);
});
