import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TimeTravelClient } from '../../clients/time-travel-client.ts';

const PROGRAM = `const builder = PortalsJS.ApplicationBuilder('app');
const numbers = builder.generatorsWithName('numbers').fromRange(0, 1e9, 1);
builder.workflowsWithName('jobs').source(numbers.stream).map((ctx) => (x) => {
  let y = 0;
  for (let round = 0; round < 300; round++) y += round;
  return x + y;
}).withName('task').sink().freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
`;

test('of breakpoints that are set while others are being set the last ones hold', async (t) => {
  const user = await TimeTravelClient.start(t, PROGRAM);
  const { client, file } = user;
  const set = (...lines: readonly number[]) =>
    client.request('setBreakpoints', { source: { path: file }, lines });
  const asked = [set(4), set(), set(4, 6), set(4), set(6), set(6, 4), set(6)];
  const answers = await Promise.all(asked.map((seq) => client.responseTo(seq)));
  for (const { body } of answers) {
    const breakpoints = (body?.['breakpoints'] ?? []) as { verified: boolean }[];
    assert.ok(breakpoints.every(({ verified }) => verified));
  }
  for (let stops = 0; stops < 3; stops++) {
    await user.go('continue', { threadId: 1 });
    const { body } = await client.ask('stackTrace', { threadId: 2 });
    assert.equal(((body?.['stackFrames'] ?? []) as { line: number }[])[0]?.line, 6);
  }
});

test('breakpoints that are set during a way back that is cancelled hold where it began', async (t) => {
  const shows = { supportsProgressReporting: true };
  const user = await TimeTravelClient.start(t, PROGRAM, shows);
  const { client } = user;
  await user.go('portals/seek', { step: 100_000 });
  const shown = user.count('progressStart');
  const back = client.request('reverseContinue', { threadId: 1 });
  await client.event('progressStart', shown + 1);
  await user.breakAt(6);
  await client.ask('cancel', { requestId: back });
  assert.equal((await client.responseTo(back)).message, 'cancelled');
  await user.stopped();
  assert.equal(await user.step(), 100_000);
  assert.equal((await user.go('continue', { threadId: 1 }))['reason'], 'breakpoint');
  assert.equal(await user.step(), 100_001);
  await user.breakAt();
  await client.ask('continue', { threadId: 1 });
  await user.reached(100_010);
  assert.equal((await user.go('pause', { threadId: 1 }))['reason'], 'pause');
});
