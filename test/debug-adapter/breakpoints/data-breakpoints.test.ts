import { join } from 'node:path';
import { test } from 'node:test';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { checkGolden } from '../../golden.ts';
import { writeFiles } from '../../program-files.ts';

const golden = (name: string) => new URL(`../golden/${name}.txt`, import.meta.url);
const example = (name: string) => join(process.cwd(), 'examples', name);

/** A data id: a task's path, `key` or `task`, the state's name, and a key. */
function stateId(task: string, scope: string, state: string, key?: string): string {
  return JSON.stringify({ task, scope, state, key });
}

/** Continues until the program ends, or `stops` times. */
async function continueFor(session: RecordedSession, stops = 100): Promise<void> {
  for (let at = 0; at < stops; at++) {
    session.note('> continue');
    await session.client.continueRequest({ threadId: session.threadId });
    if ((await session.stopped()) === 'terminated') return;
  }
}

test('breakpoints on one key, on any key, and on what is read', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({
    program: example('shopping-cart.js'),
    filters: [],
    faults: ['crash:/shop/workflows/cart@vote#2'],
    functions: [{ name: 'task:cart/items', hitCondition: '5' }],
  });
  await session.stopped();
  await session.watch([
    { row: 'Local/ctx' },
    { row: 'All keys/items.items/1' },
    { row: 'All keys/items.items', condition: 'key === 2 && value?.length === 0' },
  ]);
  await session.setFunctions([]);
  await continueFor(session, 1);
  for (const command of ['next', 'stepOut']) await session.go(command);
  await continueFor(session, 2);
  session.note('> restart');
  await session.client.restartRequest({});
  await session.stopped();
  const dataId = stateId('/shop/workflows/inventory/stock', 'key', 'stock');
  await session.setData([
    { dataId, accessType: 'read', hitCondition: '2' },
    { dataId, accessType: 'write', condition: 'value < old', hitCondition: '3' },
    { dataId: stateId('/shop/workflows/inventory/shelf', 'key', 'stock') },
    { dataId: 'stock' },
    { dataId, condition: 'value <' },
  ]);
  await continueFor(session);
  checkGolden(golden('data-breakpoints'), session.text);
});

test('the state of a saga, and stepping from where it changes', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({
    program: example('bank-saga.ts'),
    stopOnEntry: true,
  });
  await session.stopped();
  await session.setData([
    { dataId: stateId('/bank/workflows/transfers/saga', 'key', 'step', '3'), condition: 'old' },
  ]);
  await continueFor(session, 1);
  await session.scopes(['State of this key']);
  for (const command of ['next', 'stepIn', 'next']) await session.go(command);
  await continueFor(session);
  checkGolden(golden('data-breakpoints-saga'), session.text);
});

const IN_PLACE = `const b = PortalsJS.ApplicationBuilder('app');
b.workflowsWithName('flow').source(b.generators.fromArray([1, 2, 3, 4]).stream)
  .key((x) => x % 2)
  .processor((ctx) => (x) => {
    const seen = PortalsJS.PerKeyState('seen', [], ctx);
    const sum = PortalsJS.PerTaskState('sum', { of: 0 }, ctx);
    seen.get().push(x);
    if (x === 3) seen.set(seen.get());
    if (x === 4) seen.del();
    sum.get().of += x;
    if (x === 4) throw new Error('no more');
  })
  .withName('count').sink().freeze();
export default b.build();
`;

test('objects that are changed in place, and states of a whole task', async (t) => {
  const directory = writeFiles({ 'in-place.js': IN_PLACE });
  const program = `${directory}/in-place.js`;
  const session = await RecordedSession.start(t);
  session.hide(`${directory}/`);
  await session.launch({ program, filters: [], stopOnEntry: true });
  await session.stopped();
  await session.setData([{ dataId: stateId('/app/workflows/flow/count', 'key', 'seen') }]);
  await continueFor(session, 1);
  await session.watch([
    { row: 'seen' },
    { row: 'State of this key/seen', condition: 'value' },
    { row: 'All keys/count.seen' },
    { row: 'Task state/count.sum', condition: 'value.of > 5' },
  ]);
  await continueFor(session);
  checkGolden(golden('data-breakpoints-in-place'), session.text);
});

test('breakpoints of every kind that count only when an atom is first processed', async (t) => {
  const session = await RecordedSession.start(t);
  const mode = 'firstRun';
  await session.launch({
    program: 'stock.js',
    filters: [],
    faults: ['crash:/shop/workflows/shoppers@vote#1', 'crash:/shop/workflows/shoppers@vote#4'],
    functions: [{ name: 'task:shelf', condition: '!replaying' }, { name: 'workflow:shoppers' }],
    breakpoints: [
      { line: 36, mode },
      { line: 38, mode: 'sometimes' },
    ],
  });
  await session.stopped();
  const dataId = { task: '/shop/workflows/shoppers/shopper', scope: 'key', state: 'items' };
  await session.setData([{ dataId: JSON.stringify({ ...dataId, key: '1', mode }) }]);
  await session.setFilters([
    { filterId: 'crash', mode },
    { filterId: 'rollback', mode: 'never' },
  ]);
  await continueFor(session);
  checkGolden(golden('breakpoint-modes'), session.text);
});
