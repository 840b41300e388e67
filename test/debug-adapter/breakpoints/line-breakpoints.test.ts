import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { checkGolden } from '../../golden.ts';
import { writeFiles } from '../../program-files.ts';

const golden = (name: string) => new URL(`../golden/${name}.txt`, import.meta.url);

const INLINE = `const b = PortalsJS.ApplicationBuilder('app');
const numbers = b.generators.fromRange(0, 4, 2).stream;
b.workflows.source(numbers).map((ctx) => (x) => x + 1).filter((x) => x % 2).key((x) => -x).sink().freeze();
const double = (x) => x * 2;
b.workflows.source(numbers).map((ctx) => (x) => [1, 2].map((y) => double(x + y))).sink().freeze();
const system = PortalsJS.System();
system.launch(b.build());
system.stepUntilComplete();
`;

test('a line with several handlers: on the line in all of them, inline in one', async (t) => {
  const program = `${writeFiles({ 'inline.js': INLINE })}/inline.js`;
  const session = await RecordedSession.start(t);
  await session.launch({ program, stopOnEntry: true });
  await session.stopped();
  const { body } = await session.client.customRequest('breakpointLocations', {
    source: { path: program },
    line: 3,
  });
  for (const { column } of body.breakpoints) session.note(`place 3:${column}`);
  await session.setBreakpoints([{ line: 3 }]);
  for (let stops = 0; stops < 4; stops++) await session.go('continue');
  await session.setBreakpoints([{ line: 3, column: 63 }, { line: 5 }, { line: 5, column: 67 }]);
  for (let stops = 0; stops < 3; stops++) await session.go('continue');
  await session.setBreakpoints([]);
  await session.go('continue');
  checkGolden(golden('inline'), session.text);
});

test('conditions, hit counts and log messages', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({
    program: 'stock.js',
    breakpoints: [
      { line: 13, condition: "item === 'jam'" },
      { line: 14, hitCondition: '% 2' },
      { line: 36, logMessage: 'user {order.user}, {{a: [order.item]}}, \\{braces}' },
      { line: 37, condition: 'nowhere.to.be' },
      { line: 34, condition: 'not (' },
      { line: 35, hitCondition: 'often' },
      { line: 38, logMessage: 'open {order' },
    ],
  });
  for (let what = await session.stopped(); what !== 'terminated'; ) {
    session.note(`  item: ${await session.evaluate('item')}`);
    await session.client.continueRequest({ threadId: session.threadId });
    what = await session.stopped();
  }
  checkGolden(golden('conditions'), session.text);
});

test('breakpoints come and go while the program runs', async (t) => {
  const source = INLINE.replace('x * 2', '{\nfor (let n = 0; ; n++) {\n  x += n;\n}\n}');
  const program = `${writeFiles({ 'busy.js': source })}/busy.js`;
  const session = await RecordedSession.start(t);
  await session.launch({ program });
  await session.setBreakpoints([{ line: 6 }]);
  const hit = await session.stopped();
  assert.ok(hit !== 'terminated' && hit.reason === 'breakpoint');
  await session.setBreakpoints([]);
  await session.client.continueRequest({ threadId: 1 });
  await session.setBreakpoints([{ line: 6, condition: 'n % 1000 === 0' }]);
  const again = await session.stopped();
  assert.ok(again !== 'terminated' && again.reason === 'breakpoint');
  assert.match(await session.evaluate('n'), /^\d*000$/);
  await session.client.continueRequest({ threadId: 1 });
  await session.setBreakpoints([]);
  await session.client.terminateRequest();
  while ((await session.stopped()) !== 'terminated');
});

test('a restart keeps the breakpoints, and runs what the file says now', async (t) => {
  const directory = writeFiles({ 'program.js': INLINE });
  const program = `${directory}/program.js`;
  const session = await RecordedSession.start(t);
  await session.launch({ program, breakpoints: [{ line: 4 }] });
  await session.stopped();
  assert.equal(await session.evaluate('x'), '1');
  const { writeFileSync } = await import('node:fs');
  writeFileSync(program, INLINE.replace('fromRange(0, 4, 2)', 'fromRange(7, 9, 2)'));
  await session.client.restartRequest({});
  await session.stopped();
  assert.equal(await session.evaluate('x'), '8');
});

test('an error names an old reference as such', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: 'stock.js', stopOnEntry: true });
  await session.stopped();
  const [frame] = await session.frames(1);
  const { body } = await session.client.scopesRequest({ frameId: frame?.id ?? 0 });
  await session.go('next');
  const variablesReference = body.scopes[0]?.variablesReference ?? 0;
  await assert.rejects(
    session.client.variablesRequest({ variablesReference }),
    /is gone: the program has run on/,
  );
  await assert.rejects(
    session.client.scopesRequest({ frameId: frame?.id ?? 0 }),
    /is gone: the program has run on/,
  );
});

test('a breakpoint that cannot be set says why', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: 'stock.js', stopOnEntry: true });
  await session.stopped();
  await session.setBreakpoints([{ line: 13 }, { line: 13, column: 12 }, { line: 900 }]);
  await session.setBreakpoints([{ line: 1 }], 'values.js');
  await session.setBreakpoints([{ line: 14 }, { line: 14, condition: 'true' }]);
  checkGolden(golden('breakpoints-refused'), session.text);
});
