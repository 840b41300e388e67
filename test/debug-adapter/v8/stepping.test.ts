import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { checkGolden } from '../../golden.ts';

const golden = (name: string) => new URL(`../golden/${name}.txt`, import.meta.url);

test('atoms, events and lines: stepping over, into and out of each', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: 'stock.js', stopOnEntry: true });
  await session.stopped();
  await session.threads();
  const commands = [
    // To the shoppers' first atom, into its first handler, along its lines and off its end.
    ...['portals/stepAtom', 'next', 'stepIn', 'next', 'next', 'next', 'next', 'next', 'next'],
    // Before the second event, into its handler, to its end, to the end of the atom.
    ...['portals/stepEvent', 'stepIn', 'stepOut', 'stepOut', 'portals/stepEvent', 'next', 'next'],
  ];
  for (const command of commands) await session.go(command);
  await session.go('stepOut');
  await session.go('continue');
  checkGolden(golden('stepping'), session.text);
});

test('stepping into one of the steps that may come next', async (t) => {
  const session = await RecordedSession.start(t);
  const program = join(process.cwd(), 'examples/shopping-cart.js');
  await session.launch({ program, stopOnEntry: true });
  await session.stopped();
  const first = await session.targets();
  await session.go('stepIn', { targetId: first.get('commands generates an atom') });
  const second = await session.targets();
  await session.go('stepIn', { targetId: second.get('cart, atom of commands') });
  await session.targets();
  await session.go('portals/stepAtom');
  const last = await session.targets();
  await session.go('stepIn', { targetId: last.get('inventory, requests of inventory by cart') });
  await assert.rejects(
    session.client.customRequest('stepIn', { threadId: 1, targetId: 9 }),
    /there is no step-in target 9/,
  );
  checkGolden(golden('step-in-targets'), session.text);
});

test('a stop in a handler, in TypeScript, in two files', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({
    program: 'temperatures.ts',
    breakpoints: [{ line: 17 }, { line: 22 }, { line: 21 }, { line: 1 }, { line: 99 }],
  });
  await session.setBreakpoints([{ line: 2, condition: 'fahrenheit === 61' }], 'units.ts');
  await session.stopped();
  await session.scopes(['Local', 'Closure', 'Module', 'Event'], 2);
  for (const command of ['stepIn', 'next', 'next', 'next', 'next', 'continue', 'continue']) {
    await session.go(command);
  }
  await session.setBreakpoints([], 'units.ts');
  await session.setBreakpoints([
    { line: 21, hitCondition: '>= 2', logMessage: 'now {reading} °C' },
  ]);
  await session.go('continue');
  checkGolden(golden('breakpoints'), session.text);
});

test('a crash, the rollback and the recovery', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: 'stock.js', stopOnEntry: true });
  await session.stopped();
  await session.client.customRequest('portals/inject', {
    kind: 'crash',
    target: '/shop/workflows/shoppers',
    at: 'pre-commit(state)',
  });
  await session.go('continue');
  const model = ['All keys', 'Continuations', 'Uncommitted effects', 'Portals'];
  await session.scopes(model, 2);
  await session.go('next');
  await session.scopes(model, 2);
  await session.go('next');
  await session.scopes(model, 3);
  await session.go('continue');
  checkGolden(golden('crash'), session.text);
});
