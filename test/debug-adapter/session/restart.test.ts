import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { TimeTravelClient } from '../../clients/time-travel-client.ts';
import { writeFiles } from '../../program-files.ts';

/** An app that says `word` for each of three events. */
const saying = (word: string) => `const builder = PortalsJS.ApplicationBuilder('app');
builder
  .workflowsWithName('jobs')
  .source(builder.generators.fromArray([1, 2, 3]).stream)
  .map((ctx) => (x) => {
    ctx.log.info('${word} ' + x);
    return x;
  })
  .withName('task')
  .sink()
  .freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
`;

const BROKEN = 'const = 1;\n';
const ENDLESS = 'for (let n = 0; ; n++);\n';
const THROWING = "throw new Error('at load');\n";

/** A session with a program that a test rewrites. */
async function begin(t: TestContext, source: string, attributes: object = {}) {
  const directory = writeFiles({ 'app.js': source });
  const program = `${directory}/app.js`;
  const session = await RecordedSession.start(t);
  await session.launch({ program, ...attributes });
  const restart = async (text: string) => {
    writeFileSync(program, text);
    await session.client.restartRequest({});
  };
  return { session, restart };
}

async function runsToTheEnd(session: RecordedSession, word: string): Promise<void> {
  for (const { body } = await session.client.threadsRequest(); ; ) {
    assert.ok(body.threads.length > 0);
    if ((await session.stopped()) === 'terminated') break;
    await session.client.continueRequest({ threadId: session.threadId });
  }
  for (const x of [1, 2, 3]) assert.match(session.text, new RegExp(`${word} ${x}`));
}

test('a restart with a broken program leaves the run standing where it stood', async (t) => {
  const { session, restart } = await begin(t, saying('old'), { stopOnEntry: true });
  await session.stopped();
  await session.client.customRequest('portals/stepAtom');
  await session.stopped();
  await assert.rejects(restart(BROKEN), /app\.js:1:7: PORTALS_BUNDLE_SYNTAX/);
  const { body } = await session.client.customRequest('portals/status');
  assert.equal(body.step, 1);
  assert.ok((await session.frames(session.threadId)).length > 0);
  await restart(saying('new'));
  const stop = await session.stopped();
  assert.ok(stop !== 'terminated' && stop.reason === 'entry');
  await session.client.continueRequest({ threadId: session.threadId });
  await runsToTheEnd(session, 'new');
  assert.doesNotMatch(session.text, /old/);
});

test('a restart of a program that runs for ever, broken and then mended', async (t) => {
  const { session, restart } = await begin(t, ENDLESS);
  await assert.rejects(restart(BROKEN), /PORTALS_BUNDLE_SYNTAX/);
  await session.client.pauseRequest({ threadId: 1 });
  assert.notEqual(await session.stopped(), 'terminated');
  await session.client.continueRequest({ threadId: session.threadId });
  await restart(saying('mended'));
  await runsToTheEnd(session, 'mended');
});

test('a restart into a program that throws at load stops there, and can be restarted', async (t) => {
  const { session, restart } = await begin(t, saying('old'), { stopOnEntry: true });
  await session.stopped();
  await restart(THROWING);
  const stop = await session.stopped();
  assert.ok(stop !== 'terminated' && stop.reason === 'exception');
  await restart(saying('mended'));
  await session.stopped();
  await session.client.continueRequest({ threadId: session.threadId });
  await runsToTheEnd(session, 'mended');
});

test('a program that has ended can be restarted, also after one that was broken', async (t) => {
  const { session, restart } = await begin(t, saying('old'));
  assert.equal(await session.stopped(), 'terminated');
  await assert.rejects(restart(BROKEN), /PORTALS_BUNDLE_SYNTAX/);
  await restart(saying('again'));
  await runsToTheEnd(session, 'again');
});

test('restarts that overtake each other: one is done, and each is answered', async (t) => {
  const { session } = await begin(t, saying('old'), { stopOnEntry: true });
  await session.stopped();
  const asked = Array.from({ length: 5 }, () => session.client.restartRequest({}));
  const answers = await Promise.allSettled(asked);
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1);
  const stop = await session.stopped();
  assert.ok(stop !== 'terminated' && stop.reason === 'entry');
});

test('a client that shows a stop learns that a restart ends it', async (t) => {
  const source = 'for (let n = 0; n < 1; n++);\nfor (;;);\n';
  const user = await TimeTravelClient.start(t, source, { lines: [1] });
  const { client } = user;
  await user.breakAt();
  const before = user.count('continued');
  assert.equal((await client.ask('restart')).success, true);
  assert.equal(user.count('continued'), before + 1);
  assert.equal(user.count('stopped'), 1);
  assert.equal((await user.go('pause', { threadId: 1 }))['reason'], 'pause');
});
