import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type LaunchOptions, RecordedSession } from '../../clients/recorded-session.ts';
import { checkGolden } from '../../golden.ts';
import { withHandler, writeFiles } from '../../program-files.ts';

const golden = (name: string) => new URL(`../golden/trouble/${name}.txt`, import.meta.url);

const PROGRAMS: Readonly<Record<string, string>> = {
  'throws-at-load': `const one = 1;
function fail() {
  throw new Error('at load');
}
fail();
`,
  'throws-in-handler': withHandler(`try { JSON.parse('{'); } catch { /* its own affair */ }
    if (x === 1) throw new TypeError('one');
    return x;`),
  'calls-exit': withHandler(`process.exit(3);
    return x;`),
  'recurses-for-ever': withHandler(`const deeper = (n) => deeper(n + 1) + 1;
    return deeper(x);`),
  'returns-a-promise': withHandler('return Promise.resolve(x);'),
  'fills-the-heap': withHandler(`const kept = [];
    for (;;) kept.push(new Array(1000).fill(x));`),
  'is-built-wrongly': `const builder = PortalsJS.ApplicationBuilder('app');
builder.workflows.source(7).map((ctx) => (x) => x).sink().freeze();
`,
  'rejects-a-promise': `Promise.reject(new Error('left alone'));
`,
  'launches-nothing': `const nothing = 1;
`,
};

async function begin(t: TestContext, name: string, options: object = {}) {
  const source = PROGRAMS[name];
  assert.ok(source);
  const directory = writeFiles({ [`${name}.js`]: source });
  const session = await RecordedSession.start(t);
  session.hide(`${directory}/`);
  const launch: LaunchOptions = { program: `${directory}/${name}.js`, ...options };
  const launched = session.launch(launch).then(
    () => 'launched',
    (error: Error) => `launch failed: ${error.message}`,
  );
  return { session, launched };
}

for (const name of Object.keys(PROGRAMS)) {
  test(`a program that ${name.replaceAll('-', ' ')}, debugged and not`, async (t) => {
    const { session, launched } = await begin(t, name);
    for (;;) {
      const stop = await session.stopped();
      if (stop === 'terminated') break;
      const { body } = await session.client.exceptionInfoRequest({ threadId: session.threadId });
      session.note(`exception: ${body.exceptionId}: ${body.description}`);
      await session.client.continueRequest({ threadId: session.threadId });
    }
    session.note(await launched);
    const free = await begin(t, name, { noDebug: true });
    assert.equal(await free.session.stopped(), 'terminated');
    free.session.note(await free.launched);
    checkGolden(golden(name), `${session.text}\nwithout debugging:\n${free.session.text}`);
  });
}

const LOOPS = {
  handler: withHandler('for (;;) x++;'),
  'call of the runtime': withHandler('for (;;) ctx.state.set(x);'),
  load: 'for (let n = 0; ; n++);\n',
};

for (const [where, source] of Object.entries(LOOPS)) {
  test(`an endless loop in a ${where} can be paused, looked at and left`, async (t) => {
    const directory = writeFiles({ 'loop.js': source });
    const session = await RecordedSession.start(t);
    await session.launch({ program: `${directory}/loop.js` });
    for (let again = 0; again < 2; again++) {
      await session.client.pauseRequest({ threadId: 1 });
      const stop = await session.stopped();
      assert.ok(stop !== 'terminated' && stop.reason === 'pause');
      const [frame] = await session.frames(session.threadId);
      assert.equal(frame?.source?.name, 'loop.js');
      await session.client.continueRequest({ threadId: session.threadId });
    }
    const gone = new Promise((resolve) => session.process?.once('exit', resolve));
    await session.client.disconnectRequest();
    assert.equal(await gone, 0);
  });
}

test('a program with a syntax error is refused with its position', async (t) => {
  const directory = writeFiles({ 'syntax.js': 'const a = 1;\nconst b = ;\n' });
  const session = await RecordedSession.start(t);
  await assert.rejects(
    session.launch({ program: `${directory}/syntax.js` }),
    /syntax\.js:2:11: PORTALS_BUNDLE_SYNTAX/,
  );
  assert.equal(await session.stopped(), 'terminated');
});

test('a missing program is refused', async (t) => {
  const session = await RecordedSession.start(t);
  await assert.rejects(session.launch({ program: '/no/such.js' }), /no\/such\.js does not exist/);
});
