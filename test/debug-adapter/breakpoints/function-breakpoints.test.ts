import { join } from 'node:path';
import { test } from 'node:test';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { checkGolden } from '../../golden.ts';
import { writeFiles } from '../../program-files.ts';

const golden = (name: string) => new URL(`../golden/${name}.txt`, import.meta.url);
const CART = join(process.cwd(), 'examples/shopping-cart.js');

/** Continues until the program ends, or `stops` times. */
async function continueFor(session: RecordedSession, stops = 100): Promise<void> {
  for (let at = 0; at < stops; at++) {
    session.note('> continue');
    await session.client.continueRequest({ threadId: session.threadId });
    if ((await session.stopped()) === 'terminated') return;
  }
}

test('breakpoints by name: tasks, portals, units, commits, crashes and recoveries', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({
    program: CART,
    filters: [],
    faults: ['crash:/shop/workflows/cart@vote#2'],
    functions: [
      { name: 'task:/shop/workflows/cart/items', condition: 'value.user === 3' },
      { name: 'task:/shop/**/confirm', hitCondition: '2' },
      { name: 'portal:inventory', condition: "value.type === 'count'" },
      { name: 'workflow:analytics', hitCondition: '1' },
      { name: 'generator:comm*', condition: 'step > 8' },
      { name: 'atom:commit', condition: "unit === '/shop/workflows/orders'", hitCondition: '1' },
      { name: 'atom:abort' },
      { name: 'crash' },
      { name: 'recover:cart' },
    ],
  });
  await session.stopped();
  await continueFor(session);
  checkGolden(golden('function-breakpoints'), session.text);
});

test('a breakpoint by name that stops nowhere says why', async (t) => {
  const session = await RecordedSession.start(t);
  const named = [
    { name: 'task:itms' },
    { name: 'task:' },
    { name: 'cart' },
    { name: 'sequencer:*' },
    { name: 'sometimes' },
    { name: 'task:items', condition: 'value.' },
    { name: 'task:items', hitCondition: 'often' },
    { name: 'task:number', condition: 'value.nowhere.to.be' },
  ];
  await session.launch({ program: CART, functions: named.slice(0, 4), stopOnEntry: true });
  await session.stopped();
  await session.setFunctions(named);
  await continueFor(session);
  checkGolden(golden('function-breakpoints-unverified'), session.text);
});

const TWO_APPLICATIONS = `const system = PortalsJS.System();
for (const name of ['first', 'second']) {
  const b = PortalsJS.ApplicationBuilder(name);
  b.workflowsWithName('flow-of-' + name)
    .source(b.generators.fromArray([1]).stream)
    .logger().withName('print')
    .processor((ctx) => (x) => {
      ctx.emit(x);
    }).withName('pass')
    .sink().freeze();
  system.launch(b.build());
  system.stepUntilComplete();
}
`;

test('breakpoints by name wait for applications, and outlive a restart', async (t) => {
  const program = `${writeFiles({ 'two.js': TWO_APPLICATIONS })}/two.js`;
  const session = await RecordedSession.start(t);
  await session.launch({
    program,
    functions: [{ name: 'task:flow-of-second/*' }, { name: 'workflow:flow-of-first' }],
  });
  await session.stopped();
  await continueFor(session, 2);
  session.note('> restart');
  await session.client.restartRequest({});
  await session.stopped();
  await session.setFunctions([{ name: 'task:print' }]);
  await continueFor(session);
  checkGolden(golden('function-breakpoints-restart'), session.text);
});
