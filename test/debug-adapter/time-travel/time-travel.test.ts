import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { formatFault } from '../../../runtime/index.ts';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { checkGolden } from '../../golden.ts';

const EXAMPLES = join(process.cwd(), 'examples');
const SHOP = join(EXAMPLES, 'shopping-cart.js');
const golden = (name: string) => new URL(`../golden/${name}.txt`, import.meta.url);

async function stoppedIn(
  t: TestContext,
  program: string,
  more: object = {},
): Promise<RecordedSession> {
  const session = await RecordedSession.start(t);
  await session.launch({ program, stopOnEntry: true, ...more });
  await session.stopped();
  return session;
}

test('back by atoms and by events mirrors the steps forward', async (t) => {
  const session = await stoppedIn(t, SHOP);
  await session.go('portals/seek', { step: 6 });
  for (let steps = 0; steps < 4; steps++) await session.go('portals/stepEvent');
  for (let steps = 0; steps < 4; steps++) await session.go('portals/stepBackEvent');
  await session.go('portals/stepBackAtom');
  await session.go('stepBack');
  await session.go('portals/seek', { step: 0 });
  await session.go('stepBack');
  checkGolden(golden('back-by-atoms-and-events'), session.text);
});

test('back by lines, out of a call and to the beginning of the event', async (t) => {
  const breakpoints = [{ line: 24 }];
  const session = await stoppedIn(t, 'detours.js', { breakpoints });
  await session.go('continue');
  await session.go('next');
  await session.go('stepIn');
  await session.go('next');
  for (let steps = 0; steps < 6; steps++) await session.go('stepBack');
  checkGolden(golden('back-by-lines'), session.text);
});

test('back to the breakpoint before, and to the beginning', async (t) => {
  const breakpoints = [{ line: 98 }, { line: 70, condition: "request.type === 'take'" }];
  const session = await stoppedIn(t, SHOP, { breakpoints });
  for (let stops = 0; stops < 5; stops++) await session.go('continue');
  for (let stops = 0; stops < 5; stops++) await session.go('reverseContinue');
  // The way forward is the same as before.
  for (let stops = 0; stops < 2; stops++) await session.go('continue');
  checkGolden(golden('reverse-continue'), session.text);
});

test('from the end everything that was is in reach, and the end again', async (t) => {
  const filters = ['completion'];
  const session = await stoppedIn(t, join(EXAMPLES, 'actors-ping-pong.js'), { filters });
  const sees = () => shown(session);
  await session.go('continue');
  const there = await sees();
  await session.go('portals/stepBackAtom');
  await session.go('portals/stepAtom');
  assert.deepEqual(await sees(), there);
  await session.go('portals/seek', { step: 3 });
  await session.go('continue');
  assert.deepEqual(await sees(), there);
  await session.go('reverseContinue');
  await session.go('continue');
  await session.go('continue');
  checkGolden(golden('back-from-the-end'), session.text);
});

/** What there is to see where a session stands. */
async function shown({ client }: RecordedSession) {
  const { body: state } = await client.customRequest('portals/state', {});
  const { body: status } = await client.customRequest('portals/status');
  const { step, totals, streams, continuations } = status;
  return { state, step, totals, streams, continuations };
}

test('the state, the streams and the console are those of the place', async (t) => {
  const session = await stoppedIn(t, join(EXAMPLES, 'bank-saga.ts'));
  const look = async (step: number) => {
    await session.go('portals/seek', { step });
    const { body } = await session.client.customRequest('portals/state', {});
    const { body: status } = await session.client.customRequest('portals/status');
    return { body, totals: status.totals, streams: status.streams, pending: status.continuations };
  };
  const there = await look(9);
  await look(30);
  await look(2);
  assert.deepEqual(await look(9), there);
  checkGolden(golden('seek-bank-saga'), session.text);
});

test('what is done in the past forks the history, and both branches stay', async (t) => {
  const session = await stoppedIn(t, SHOP);
  const { client } = session;
  const branches = async () => {
    const { body } = await client.customRequest('portals/status');
    session.note(
      `branch ${body.branch}, ${body.recorded} steps, armed: ${body.armed.map(formatFault)}`,
    );
    for (const { id, parent, at, steps, reason } of body.branches) {
      session.note(`  ${id} from ${parent ?? '-'} at ${at}, ${steps} steps: ${reason}`);
    }
  };
  const stock = async (change?: string) => {
    const [frame] = await session.frames(session.threadId);
    const { body } = await client.scopesRequest({ frameId: frame?.id ?? 0 });
    const all = body.scopes.find(({ name }) => name === 'All keys')?.variablesReference ?? 0;
    const states = (await client.variablesRequest({ variablesReference: all })).body.variables;
    const variablesReference = states.find(({ name }) =>
      name.endsWith('stock'),
    )?.variablesReference;
    assert.ok(variablesReference !== undefined);
    const set = { variablesReference, name: '1', value: change ?? '' };
    if (change !== undefined) await client.setVariableRequest(set);
    const { variables } = (await client.variablesRequest({ variablesReference })).body;
    session.note(`stock: ${variables.map(({ name, value }) => `${name}: ${value}`).join(', ')}`);
  };
  await session.go('portals/seek', { step: 30 });
  await stock();
  await session.go('portals/seek', { step: 12 });
  await stock('40 + 2');
  await branches();
  await session.go('portals/seek', { step: 20 });
  await stock();
  await session.go('portals/seek', { step: 30, branch: 0 });
  await stock();
  await session.go('portals/rollback', { step: 9 });
  const crash = { kind: 'crash', target: '/shop/workflows/orders', at: 'vote' };
  await client.customRequest('portals/inject', crash);
  await branches();
  await session.go('portals/stepAtom');
  checkGolden(golden('forks'), session.text);
});

test('a frame begins again: its handler, its event, its atom', async (t) => {
  const session = await stoppedIn(t, SHOP, { breakpoints: [{ line: 100 }] });
  for (const name of ['event handler', 'event 1 of 3', 'atom of']) {
    await session.go('continue');
    const frames = await session.frames(session.threadId);
    const frame = frames.find((each) => each.name.includes(name));
    await session.go('restartFrame', { frameId: frame?.id });
  }
  checkGolden(golden('restart-frame'), session.text);
});

test('a crash triggers again when the run is repeated, and back over it', async (t) => {
  const faults = ['crash:/shop/workflows/cart@pre-commit(state)#1'];
  const session = await stoppedIn(t, SHOP, { faults });
  await session.go('portals/seek', { step: 8 });
  for (let steps = 0; steps < 4; steps++) await session.go('portals/stepBackAtom');
  for (let steps = 0; steps < 3; steps++) await session.go('portals/stepAtom');
  checkGolden(golden('back-over-a-crash'), session.text);
});

test('actors: a message of the past, and the same course again', async (t) => {
  const session = await stoppedIn(t, join(EXAMPLES, 'actors-ping-pong.js'));
  await session.go('portals/seek', { step: 12 });
  await session.go('portals/stepBackEvent');
  await session.go('portals/stepBackAtom');
  await session.go('portals/stepAtom');
  checkGolden(golden('back-in-actors'), session.text);
});

test('a variable that was set is set again when the run is repeated', async (t) => {
  const session = await stoppedIn(t, SHOP, { breakpoints: [{ line: 98 }] });
  const { client } = session;
  const history = async () => {
    const { body } = await client.customRequest('portals/history', { start: 0, count: 8 });
    return body.items;
  };
  await session.go('portals/seek', { step: 8 });
  const without = await history();
  await session.go('reverseContinue');
  await session.go('reverseContinue');
  await session.go('reverseContinue');
  await session.go('next');
  await session.go('stepBack');
  const [frame] = await session.frames(session.threadId);
  const { body } = await client.scopesRequest({ frameId: frame?.id ?? 0 });
  const local = body.scopes.find(({ name }) => name === 'Local')?.variablesReference ?? 0;
  const value = '({ type: "remove", user: 1, item: 0 })';
  await client.setVariableRequest({ variablesReference: local, name: 'command', value });
  await session.go('next');
  await session.go('portals/seek', { step: 8 });
  const changed = await history();
  assert.notDeepEqual(changed, without);
  await session.go('portals/seek', { step: 2 });
  await session.go('portals/seek', { step: 8 });
  assert.deepEqual(await history(), changed);
  for (let stops = 0; stops < 3; stops++) await session.go('reverseContinue');
  session.note(`command: ${await session.evaluate('command')}`);
  await session.go('next');
  session.note(`command: ${await session.evaluate('command')}`);
  const { body: status } = await client.customRequest('portals/status');
  for (const { id, at, steps, reason } of status.branches) {
    session.note(`branch ${id} at ${at}, ${steps} steps: ${reason}`);
  }
  checkGolden(golden('set-local-again'), session.text);
});

test('back to where a state was changed before', async (t) => {
  const session = await stoppedIn(t, SHOP);
  const { client } = session;
  const watched = {
    task: '/shop/workflows/inventory/stock',
    scope: 'key',
    state: 'stock',
    key: '0',
  };
  await session.go('portals/seek', { step: 30 });
  await client.customRequest('setDataBreakpoints', {
    breakpoints: [{ dataId: JSON.stringify(watched), accessType: 'write' }],
  });
  for (let stops = 0; stops < 3; stops++) await session.go('reverseContinue');
  await session.go('next');
  await session.go('stepBack');
  await session.go('continue');
  checkGolden(golden('back-to-a-change'), session.text);
});

test('to the last time that a line ran', async (t) => {
  const session = await stoppedIn(t, SHOP);
  const { client } = session;
  const jump = async (line: number) => {
    const source = { path: SHOP };
    const { body } = await client.customRequest('gotoTargets', { source, line });
    session.note(
      `${line}: ${body.targets.map(({ label }: { label: string }) => label).join(', ')}`,
    );
    await session.go('goto', { targetId: body.targets[0].id });
  };
  await session.go('portals/seek', { step: 20 });
  await jump(103);
  await jump(98);
  await jump(98);
  await session.go('portals/seek', { step: 3 });
  await assert.rejects(jump(136), /this line has not run yet/);
  checkGolden(golden('jump-to-line'), session.text);
});

test('a state is set and deleted by commands', async (t) => {
  const session = await stoppedIn(t, SHOP);
  await session.go('portals/seek', { step: 12 });
  const command = async (expression: string) => {
    session.note(`${expression}: ${await session.evaluate(expression, 'repl')}`);
  };
  await command('.set stock stock[0] = 7 * 6');
  await command('.state stock 0');
  await command('.delete stock stock[0]');
  await command('.state stock 0');
  await command('.set stock stock[0] = oops');
  await command('.set stock nothing[0] = 1');
  await command('.set stock');
  checkGolden(golden('repl-editing'), session.text);
});
