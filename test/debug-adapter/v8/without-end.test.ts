import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { TimeTravelClient } from '../../clients/time-travel-client.ts';

/** Of numbers without end, each handled by `handler`, which begins in line 5. */
const program = (handler: string) => `
const builder = PortalsJS.ApplicationBuilder('counting');
const numbers = builder.generatorsWithName('numbers').fromRange(0, 1e9, 1);
builder.workflowsWithName('jobs').source(numbers.stream).map((ctx) => (x) => {
  ${handler}
  return x;
}).withName('task').sink().freeze();
const unused = () => {
  return 1;
};
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
`;
const UNUSED_LINE = 9;
/** The step in which the handler gets the number 3: two steps for each number. */
const ENDLESS_STEP = 7;

type StackFrame = DebugProtocol.StackFrame;

test('going back ends where it began to look, whatever lies ahead', async (t) => {
  const user = await TimeTravelClient.start(t, program('x += 1;'));
  const { client, file } = user;
  await user.go('portals/seek', { step: 100 });
  const args = { source: { path: file }, line: UNUSED_LINE };
  const { body } = await client.ask('gotoTargets', args);
  const [target] = (body?.['targets'] ?? []) as { id: number }[];
  const jump = await client.ask('goto', { targetId: target?.id });
  assert.match(jump.message ?? '', /this line has not run yet/);
  await user.stopped();
  assert.equal(await user.step(), 100);
  const { description } = await user.go('reverseContinue');
  assert.equal(description, 'At the beginning of the run');
  assert.equal(await user.step(), 0);
});

test('there is a way back out of a loop that has no end', async (t) => {
  const source = program('if (x === 3) for (;;) {\n    x += 0;\n  }');
  const user = await TimeTravelClient.start(t, source);
  const { client } = user;
  do {
    await client.ask('continue', { threadId: 1 });
    const { reason } = await user.go('pause', { threadId: 1 });
    assert.equal(reason, 'pause');
  } while ((await user.step()) < ENDLESS_STEP);
  await user.go('reverseContinue');
  assert.equal(await user.step(), 0);
});

test('there is a way back from a breakpoint in it that has been taken away', async (t) => {
  const source = program('if (x === 3) for (;;) {\n    x += 0;\n  }');
  const user = await TimeTravelClient.start(t, source, { lines: [6] });
  await user.go('continue', { threadId: 1 });
  await user.go('continue', { threadId: 1 });
  await user.go('next', { threadId: 1 });
  await user.breakAt();
  await user.go('reverseContinue');
  assert.equal(await user.step(), 0);
});

test('a way into a loop without end is cut short before it', async (t) => {
  const shows = { supportsProgressReporting: true };
  const user = await TimeTravelClient.start(t, program('if (x === 9) for (;;) x += 0;'), shows);
  const { client } = user;
  await user.go('portals/seek', { step: 5 });
  const stuck = 19;
  for (const from of [5, stuck]) {
    await user.go('portals/seek', { step: from });
    const shown = user.count('progressStart');
    const seek = client.request('portals/seek', { step: 1000 });
    await client.event('progressStart', shown + 1);
    await client.ask('pause', { threadId: 1 });
    const { success, message } = await client.responseTo(seek);
    assert.equal(success, true, message);
    const { reason, description } = await user.stopped();
    assert.deepEqual([reason, description], ['pause', 'Cancelled on the way to step 1000']);
    assert.equal(await user.step(), stuck);
  }
  await user.go('portals/stepBackAtom');
  assert.equal(await user.step(), stuck - 1);
});

test('changed code that loads without end can be paused and looked at', async (t) => {
  const shows = { supportsProgressReporting: true };
  const user = await TimeTravelClient.start(t, program('x += 1;'), shows);
  const { client, file } = user;
  await user.go('portals/seek', { step: 7 });
  writeFileSync(file, 'for (let n = 0; ; n++);\n');
  const reload = client.request('portals/reload');
  await client.event('progressStart');
  await client.ask('pause', { threadId: 1 });
  assert.equal((await client.responseTo(reload)).success, true);
  assert.equal((await user.stopped())['reason'], 'pause');
  const { body } = await client.ask('stackTrace', { threadId: 1 });
  const [frame] = (body?.['stackFrames'] ?? []) as StackFrame[];
  assert.deepEqual([frame?.line, frame?.source?.path], [1, file]);
  writeFileSync(file, program('x += 1;'));
  await user.go('restart');
});

test('whatever a client has asked for is answered before it is disconnected', async (t) => {
  const user = await TimeTravelClient.start(
    t,
    program('for (let i = 0; i < 2e3; i++) x += i % 2;'),
  );
  const { client, exited } = user;
  await user.go('portals/seek', { step: 100_000 });
  const asked = ['reverseContinue', 'portals/stepBackAtom', 'threads', 'disconnect'];
  const seqs = asked.map((command) => client.request(command, {}));
  assert.equal(await exited, 0);
  assert.deepEqual(
    seqs.map((seq) => client.responses(seq)),
    [1, 1, 1, 1],
  );
  assert.equal(client.received.at(-1)?.command, 'disconnect');
});
