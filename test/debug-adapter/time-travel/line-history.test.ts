import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Breakpoint, RecordedSession } from '../../clients/recorded-session.ts';

const IN_LOOP = 20;
const AFTER_LOOP = 22;
const IN_RECURSION = 7;

async function stoppedAt(t: TestContext, ...breakpoints: Breakpoint[]): Promise<RecordedSession> {
  return stoppedIn(t, 'long-way.js', ...breakpoints);
}

async function stoppedIn(
  t: TestContext,
  program: string,
  ...breakpoints: Breakpoint[]
): Promise<RecordedSession> {
  const session = await RecordedSession.start(t);
  await session.launch({ program, breakpoints });
  await session.stopped();
  return session;
}

/** The stack where it stands, as `FUNCTION LINE:COLUMN`, innermost first. */
async function stack(session: RecordedSession): Promise<readonly string[]> {
  const frames = await session.frames(session.threadId);
  return frames.map(({ name, line, column }) => `${name} ${line}:${column}`);
}

async function top(session: RecordedSession): Promise<string> {
  return (await stack(session))[0] ?? '';
}

test('back from deep in a loop', async (t) => {
  const session = await stoppedAt(t, { line: IN_LOOP, condition: 'turn === 900' });
  const places = [await top(session)];
  for (let steps = 0; steps < 4; steps++) {
    await session.go('stepBack');
    places.push(`${await top(session)} turn ${await session.evaluate('turn')}`);
  }
  assert.deepEqual(places, [
    'event handler of $2 20:7',
    'event handler of $2 19:7 turn 900',
    'event handler of $2 18:24 turn 900',
    'event handler of $2 18:38 turn 899',
    'event handler of $2 20:7 turn 899',
  ]);
});

test('back over calls, and out of one, as steps over', async (t) => {
  const session = await stoppedAt(t, { line: AFTER_LOOP });
  const forward = [await stack(session)];
  for (let steps = 0; steps < 3; steps++) {
    await session.go('next');
    forward.push(await stack(session));
  }
  for (const place of forward.toReversed().slice(1)) {
    await session.go('stepBack');
    assert.deepEqual(await stack(session), place);
  }
});

test('back over statements of every kind, as steps over', async (t) => {
  const session = await stoppedIn(t, 'constructs.js', { line: 8 });
  const forward = [await top(session)];
  while (forward.at(-1)?.startsWith('event handler')) {
    await session.go('next');
    forward.push(await top(session));
  }
  assert.ok(forward.length > 40);
  assert.match(forward.at(-1) ?? '', /^event 1 of 2/);
  const back = [await top(session)];
  while (back.length < forward.length) {
    await session.go('stepBack');
    back.unshift(await top(session));
  }
  assert.deepEqual(back, forward);
});

test('back within a recursion stays at its depth', async (t) => {
  const session = await stoppedAt(t, { line: IN_RECURSION, condition: 'value === 2' });
  const value = () => session.evaluate('value');
  const forward: string[] = [];
  for (const command of ['next', 'stepIn', 'next', 'next', 'next'] as const) {
    forward.push(`${await top(session)} ${await value()}`);
    await session.go(command);
  }
  assert.deepEqual(forward, [
    'factorial 7:3 2',
    'factorial 8:19 2',
    'factorial 7:3 1',
    'factorial 7:19 1',
    'factorial 7:26 1',
  ]);
  assert.equal(`${await top(session)} ${await value()}`, 'factorial 9:3 2');
  const back: string[] = [];
  for (let steps = 0; steps < 4; steps++) {
    await session.go('stepBack');
    back.push(`${await top(session)} ${await value()}`);
  }
  assert.deepEqual(back, [
    'factorial 8:19 2',
    'factorial 7:3 2',
    'factorial 8:19 3',
    'factorial 7:3 3',
  ]);
});

test('steps back and Reverse Continue agree on what came before', async (t) => {
  const session = await stoppedAt(t, { line: 17 }, { line: 24 }, { line: 25 });
  await session.go('continue');
  await session.go('stepBack');
  assert.equal(await top(session), 'event handler of $2 23:21');
  await session.go('reverseContinue');
  assert.equal(await top(session), 'event handler of $2 17:15');
  await session.go('continue');
  await session.go('stepBack');
  await session.go('next');
  await session.go('next');
  assert.equal(await top(session), 'event handler of $2 25:28');
  await session.go('reverseContinue');
  assert.equal(await top(session), 'event handler of $2 24:5');
});

test('a variable is set twice at one place', async (t) => {
  const session = await stoppedAt(t, { line: AFTER_LOOP });
  const set = async (value: string) => {
    const [frame] = await session.frames(session.threadId);
    const { body } = await session.client.scopesRequest({ frameId: frame?.id ?? 0 });
    const [local] = body.scopes;
    const variablesReference = local?.variablesReference ?? 0;
    await session.client.setVariableRequest({ variablesReference, name: 'sum', value });
  };
  await set('1');
  await set('sum + 1');
  await session.go('next');
  await session.go('stepBack');
  await session.go('next');
  assert.equal(await session.evaluate('sum'), '2');
});
