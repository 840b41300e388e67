import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { withHandler, writeFiles } from '../../program-files.ts';

/** Values that are hard to show, to copy and to write as JSON; none of their code may run. */
const STRANGE = withHandler(`
    const cyclic = { name: 'cycle', list: [] };
    cyclic.self = cyclic;
    cyclic.list.push(cyclic, cyclic.list);
    class Account {
      #secret = 1;
      [Symbol.for('portals.clone')]() { return this; }
      constructor() { this.balance = 10n ** 30n; }
      get broken() { throw new Error('a getter was run'); }
      toString() { throw new Error('toString was run'); }
      toJSON() { throw new Error('toJSON was run'); }
    }
    const own = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}');
    PortalsJS.PerKeyState('strange', null, ctx).set({
      cyclic,
      account: new Account(),
      own,
      bare: Object.assign(Object.create(null), { a: 1 }),
      [Symbol('key')]: Symbol('value'),
      numbers: [NaN, -0, Infinity, 2n ** 70n],
      keyed: new Map([[NaN, 1], [cyclic, 2], [Symbol.iterator, 3]]),
      holes: [, 1, , 2],
      text: '\\0\\ud800' + 'x'.repeat(100000),
      deep: Array.from({ length: 2000 }).reduce((inner) => [inner], 0),
      bytes: new Float64Array(100),
      when: new Date(NaN),
      fails: new Error('kept'),
      handler: () => x,
    });
    return x;`);

test('values of every strange kind in the state are shown, unfolded and paged', async (t) => {
  const directory = writeFiles({ 'strange.js': STRANGE });
  const session = await RecordedSession.start(t);
  const line = STRANGE.split('\n').findIndex((text) => text.includes('return x;')) + 1;
  await session.launch({ program: `${directory}/strange.js`, breakpoints: [{ line }] });
  for (let event = 0; event < 3; event++) {
    const stop = await session.stopped();
    assert.ok(stop !== 'terminated' && stop.reason === 'breakpoint');
    await session.scopes(['Local', 'State of this key', 'Task state', 'All keys'], 3);
    for (const command of ['portals/state', 'portals/continuations', 'portals/status']) {
      await session.client.customRequest(command);
    }
    await session.client.continueRequest({ threadId: session.threadId });
  }
  assert.equal(await session.stopped(), 'terminated');
  assert.match(session.text, /exited with 0/);
  assert.match(session.text, /broken: \(…\)/);
  assert.doesNotMatch(session.text, /was run/);
});

test('a variable that hides another is called and found as the author has written it', async (t) => {
  const source = withHandler('return ((x) => {\n      return x;\n    })(x + 100);');
  const directory = writeFiles({ 'hiding.js': source });
  const session = await RecordedSession.start(t);
  const line = source.split('\n').indexOf('      return x;') + 1;
  await session.launch({ program: `${directory}/hiding.js`, breakpoints: [{ line }] });
  await session.stopped();
  assert.equal(await session.evaluate('x'), '100');
  await session.scopes(['Local']);
  assert.match(session.text, /^ *x: 100$/m);
});

test('two breakpoints on one line stop once, and both are named', async (t) => {
  const source = withHandler('return x;');
  const directory = writeFiles({ 'twice.js': source });
  const line = source.split('\n').findIndex((text) => text.includes('return x;')) + 1;
  const session = await RecordedSession.start(t);
  const breakpoints = [{ line }, { line, condition: 'x > 0' }];
  await session.launch({ program: `${directory}/twice.js`, breakpoints });
  let stops = 0;
  while ((await session.stopped()) !== 'terminated') {
    stops += 1;
    await session.client.continueRequest({ threadId: session.threadId });
  }
  assert.equal(stops, 3);
  assert.match(session.text, /another breakpoint stands at the same place/);
});

test('an application of a thousand workflows is launched, listed and stepped', async (t) => {
  const source = `const builder = PortalsJS.ApplicationBuilder('many');
const numbers = builder.generators.fromRange(0, 2, 1);
for (let n = 0; n < 1000; n++) {
  builder.workflowsWithName('w' + n).source(numbers.stream).map((ctx) => (x) => x + n).sink().freeze();
}
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
`;
  const directory = writeFiles({ 'many.js': source });
  const session = await RecordedSession.start(t);
  await session.launch({ program: `${directory}/many.js`, stopOnEntry: true });
  await session.stopped();
  const { body } = await session.client.threadsRequest();
  assert.equal(body.threads.length, 1001);
  for (let step = 0; step < 3; step++) {
    await session.client.customRequest('portals/stepAtom');
    const stop = await session.stopped();
    assert.ok(stop !== 'terminated' && stop.reason === 'step');
  }
  await session.client.continueRequest({ threadId: session.threadId });
  assert.equal(await session.stopped(), 'terminated');
});
