import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { TimeTravelClient } from '../../clients/time-travel-client.ts';

/** Far more than a test waits for; each atom takes its time. */
const FAR = 50_000_000;
/** Takes seconds to repeat. */
const STEPS = 200_000;

/** A handler that works for so many rounds. */
const program = (rounds: number) => `
const builder = PortalsJS.ApplicationBuilder('counting');
const numbers = builder.generatorsWithName('numbers').fromRange(0, 1e9, 1);
builder.workflowsWithName('doubled').source(numbers.stream)
  .map(() => (n) => {
    let sum = n;
    for (let i = 0; i < ${rounds}; i++) sum = (sum * 31 + i) % 65_521;
    return sum;
  })
  .sink().freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
`;

/** At the beginning of a long run, with a client that shows progress or not. */
function start(t: TestContext, supportsProgressReporting = true): Promise<TimeTravelClient> {
  return TimeTravelClient.start(t, program(2_000), { supportsProgressReporting });
}

test('a long way ahead is shown, and ends where it is when it is cancelled', async (t) => {
  const user = await start(t);
  const { client } = user;
  const seek = client.request('portals/seek', { step: FAR });
  const { body: begun } = await client.event('progressStart');
  const progressId = begun?.['progressId'];
  const title = `Going to step ${FAR}`;
  assert.deepEqual(begun, { progressId, title, cancellable: true, requestId: seek });
  const { body: update } = await client.event('progressUpdate');
  assert.match(String(update?.['message']), /^at step [1-9]\d*$/);
  assert.ok(Number(update?.['percentage']) < 50);
  assert.equal((await client.ask('cancel', { progressId })).success, true);
  assert.equal((await client.responseTo(seek)).success, true);
  const { reason, description } = await user.stopped();
  assert.deepEqual([reason, description], ['pause', `Cancelled on the way to step ${FAR}`]);
  assert.equal(user.count('progressEnd'), 1);
  const step = await user.step();
  assert.ok(step > 0 && step < FAR, String(step));
  await user.go('portals/stepAtom');
  assert.equal(await user.step(), step + 1);
  await user.go('portals/seek', { step });
  await user.go('portals/stepBackAtom');
  assert.equal(await user.step(), step - 1);
  assert.equal(client.responses(seek), 1);
});

test('a long way back that is cancelled has never been gone, and leaves nothing', async (t) => {
  const user = await start(t, false);
  const { client } = user;
  await user.go('portals/seek', { step: STEPS });
  for (const command of ['portals/stepBackAtom', 'stepBack', 'reverseContinue']) {
    const back = client.request(command, {});
    assert.equal((await client.ask('cancel', { requestId: back })).success, true);
    const { success, message } = await client.responseTo(back);
    assert.deepEqual([command, success, message], [command, false, 'cancelled']);
    await user.stopped();
    assert.equal(await user.step(), STEPS);
    assert.equal(client.responses(back), 1);
  }
  await user.go('portals/seek', { step: 1 });
  await user.go('portals/seek', { step: STEPS });
  const threads = await user.threads();
  for (let times = 0; times < 4; times++) {
    const back = client.request('reverseContinue', {});
    // The answer to a later request says that the way back has begun.
    await client.ask('threads');
    await client.ask('pause', { threadId: 1 });
    assert.equal((await client.responseTo(back)).message, 'cancelled');
    await user.stopped();
  }
  assert.ok((await user.threads()) <= threads, 'threads were left');
  await user.go('portals/stepBackAtom');
  assert.equal(await user.step(), STEPS - 1);
  assert.equal(user.count('progressStart'), 0);
});

test('a pause ends the way ahead, and what is cancelled too late has arrived', async (t) => {
  const user = await start(t);
  const { client } = user;
  const seek = client.request('portals/seek', { step: FAR });
  await client.event('progressStart');
  await client.ask('pause', { threadId: 1 });
  assert.equal((await client.responseTo(seek)).success, true);
  assert.match(String((await user.stopped())['description']), /^Cancelled/);
  const near = client.request('portals/seek', { step: (await user.step()) + 5 });
  await client.responseTo(near);
  await user.stopped();
  const step = await user.step();
  for (const args of [{ requestId: near }, { progressId: 'navigation 1' }, {}]) {
    assert.equal((await client.ask('cancel', args)).success, true);
  }
  await user.go('portals/seek', { step: step + 5 });
  assert.equal(await user.step(), step + 5);
  assert.equal(user.count('stopped'), 4);
});

test('a reload that is cancelled stands at an earlier step of the new code', async (t) => {
  const user = await start(t);
  const { client, file } = user;
  await user.go('portals/seek', { step: STEPS });
  writeFileSync(file, program(20_000));
  const shown = user.count('progressStart');
  const reload = client.request('portals/reload');
  const { body } = await client.event('progressStart', shown + 1);
  assert.equal(body?.['title'], `Reloaded, going to step ${STEPS}`);
  await client.ask('cancel', { progressId: body?.['progressId'] });
  const { success, body: reloaded } = await client.responseTo(reload);
  assert.equal(success, true);
  const { description } = await user.stopped();
  assert.equal(description, `Cancelled on the way to step ${STEPS}`);
  const step = await user.step();
  assert.ok(step < STEPS);
  assert.deepEqual(reloaded, { step });
});

test('the way to another branch that is cancelled leaves the present one', async (t) => {
  const user = await start(t);
  const { client } = user;
  await user.go('portals/seek', { step: STEPS });
  await user.go('portals/rollback', { step: 10 });
  const target = '/counting/workflows/doubled';
  assert.equal((await client.ask('portals/inject', { kind: 'crash', target })).success, true);
  await user.go('portals/stepAtom');
  const before = (await client.ask('portals/status')).body;
  assert.equal(before?.['branch'], 1);
  const shown = user.count('progressStart');
  const other = client.request('portals/seek', { step: STEPS, branch: 0 });
  await client.event('progressStart', shown + 1);
  await client.ask('cancel', { requestId: other });
  assert.equal((await client.responseTo(other)).message, 'cancelled');
  await user.stopped();
  assert.deepEqual((await client.ask('portals/status')).body, before);
  await user.go('portals/seek', { step: 5 });
  await user.go('portals/seek', { step: 12 });
  assert.equal((await client.ask('portals/status')).body?.['branch'], 1);
  await user.go('portals/seek', { step: 30, branch: 0 });
  assert.equal((await client.ask('portals/status')).body?.['recorded'], STEPS);
});

test('the client is notified that all threads continue', async (t) => {
  const user = await start(t);
  const own = ['portals/stepAtom', 'portals/stepEvent', 'portals/stepBackEvent'];
  for (const [index, command] of own.entries()) {
    await user.go(command);
    assert.equal(user.count('continued'), index + 1);
  }
  await user.go('portals/rollback', { step: 0 });
  const continued = user.client.received.filter(({ event }) => event === 'continued');
  for (const { body } of continued) assert.equal(body?.['allThreadsContinued'], true);
  assert.equal(continued.length, 4);
  await user.go('next');
  await user.go('stepBack');
  assert.equal(user.count('continued'), 4);
});
