import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { checkGolden } from '../../golden.ts';

const golden = (name: string) => new URL(`../golden/${name}.txt`, import.meta.url);

test('a step ends where it should although errors are caught on the way', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: 'detours.js', breakpoints: [{ line: 23 }] });
  await session.stopped();
  await session.setBreakpoints([]);
  for (const command of ['next', 'stepIn', 'stepOut', 'next', 'stepOut']) await session.go(command);
  await session.go('stepIn');
  checkGolden(golden('detours'), session.text);
});

test('a look at the state does not disturb a step under way', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: 'detours.js', breakpoints: [{ line: 25 }] });
  await session.stopped();
  const stepped = session.go('next');
  const { body } = await session.client.customRequest('portals/enabled');
  assert.equal(body.choices.length, 1);
  await stepped;
  const [frame] = await session.frames(session.threadId);
  assert.equal(frame?.line, 27);
});

test('a step stays on its way though the breakpoint under it is removed', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: 'early-return.js', breakpoints: [{ line: 7, column: 22 }] });
  await session.stopped();
  await session.setBreakpoints([]);
  const lines: (number | undefined)[] = [];
  for (const command of ['next', 'stepBack', 'next'] as const) {
    await session.go(command);
    const [frame] = await session.frames(session.threadId);
    lines.push(frame?.line);
  }
  assert.deepEqual(lines, [7, 7, 7]);
  const stream = { path: '/early/workflows/odd/stream', start: 0, count: 9 };
  await session.go('portals/seek', { step: 3 });
  const { body } = await session.client.customRequest('portals/stream', stream);
  assert.deepEqual(
    body.items.map(({ value }: { value: { json: unknown } }) => value.json),
    [1, 3],
  );
});
