import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkGolden } from '../golden.ts';
import { RecordedSession } from './recorded-session.ts';

const golden = (name: string) => new URL(`golden/${name}.txt`, import.meta.url);

test('a step goes on where it was going though errors are caught on the way', async (t) => {
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
