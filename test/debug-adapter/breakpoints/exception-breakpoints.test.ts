import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type LaunchOptions, RecordedSession } from '../../clients/recorded-session.ts';
import { checkGolden } from '../../golden.ts';
import { writeFiles } from '../../program-files.ts';

const golden = (name: string) => new URL(`../golden/${name}.txt`, import.meta.url);
const example = (name: string) => join(process.cwd(), 'examples', name);

type Filters = readonly { readonly filterId: string; readonly condition?: string }[];

/** Runs a program to its end, through whatever stops `filterOptions` ask for. */
async function run(t: TestContext, options: LaunchOptions, filterOptions: Filters) {
  const session = await RecordedSession.start(t);
  await session.launch({ ...options, filters: [], stopOnEntry: true });
  await session.stopped();
  await session.setFilters(filterOptions);
  for (let what: unknown; what !== 'terminated'; ) {
    session.note('> continue');
    await session.client.continueRequest({ threadId: session.threadId });
    what = await session.stopped();
    const isError = typeof what === 'object' && (what as { reason: string }).reason === 'exception';
    if (isError) await session.exceptionInfo();
  }
  return session;
}

const REFUSING = `const b = PortalsJS.ApplicationBuilder('app');
b.workflowsWithName('flow').source(b.generators.fromArrayOfArrays([[1, 2], [3], [4]]).stream)
  .map((ctx) => (x) => {
    if (x % 2 === 0) throw new Error('no ' + x);
    return x;
  })
  .withName('odd').sink().freeze();
b.workflowsWithName('other').source(b.generators.fromArray([5]).stream)
  .map((ctx) => (x) => x.nowhere.to.be)
  .sink().freeze();
export default b.build();
`;

test('errors of handlers under a condition, and atoms that are poison', async (t) => {
  const directory = writeFiles({ 'refusing.js': REFUSING });
  const options = { program: `${directory}/refusing.js`, onHandlerError: 'retry(2)' };
  const session = await run(t, options, [
    { filterId: 'handlerError', condition: "error.message === 'no 2'" },
    { filterId: 'rollback', condition: "unit.endsWith('other')" },
  ]);
  session.note('--- poison only');
  const poison = await run(t, options, [{ filterId: 'poisonAtom' }]);
  session.note(poison.text);
  session.hide(`${directory}/`);
  checkGolden(golden('exceptions-poison'), session.text.replaceAll(`${directory}/`, ''));
});

test('crashes under a condition, recoveries and rollbacks of epochs', async (t) => {
  const faults = ['crash:/shop/workflows/cart@vote#1', 'crash:/shop/workflows/orders@decide#1'];
  const program = example('shopping-cart.js');
  const session = await run(t, { program, faults, snapshotEvery: 3 }, [
    { filterId: 'crash', condition: "outcome === 'forward'" },
    { filterId: 'recovery', condition: "outcome === 'back'" },
    { filterId: 'rollback' },
  ]);
  checkGolden(golden('exceptions-crashes'), session.text);
});

test('an invariant of the bank, and what a filter says that cannot be', async (t) => {
  const sum = "[...$state('balance', 'balance').values()].reduce((a, b) => a + b, 0)";
  const session = await run(t, { program: example('bank-saga.ts') }, [
    { filterId: 'invariant', condition: `${sum} % 340 === 0` },
    { filterId: 'invariant' },
    { filterId: 'invariant', condition: "$state('balances', 'balance')" },
    { filterId: 'invariant', condition: 'not (' },
    { filterId: 'programError', condition: 'true' },
    { filterId: 'moonlight' },
  ]);
  checkGolden(golden('exceptions-invariant'), session.text);
});

const UNANSWERED = `const b = PortalsJS.ApplicationBuilder('app');
const portal = b.portal.portal('void');
b.workflowsWithName('silent').source(b.generators.empty().stream)
  .replier(portal, (ctx) => (x) => {}, (ctx) => (request) => {})
  .sink().freeze();
b.workflowsWithName('asking').source(b.generators.fromArray([7, 8]).stream)
  .asker(portal, (ctx) => (x) => {
    ctx.await(ctx.ask(portal, x), (ctx) => ctx.emit(x));
  })
  .withName('ask').sink().freeze();
export default b.build();
`;

const COUNTING = `const b = PortalsJS.ApplicationBuilder('app');
let seen = 0;
b.workflowsWithName('flow').source(b.generators.fromArrayOfArrays([[1, 2], [3]]).stream)
  .map((ctx) => (x) => {
    seen += 1;
    return x * 100 + seen;
  })
  .withName('count').sink().freeze();
export default b.build();
`;

test('a variable of the program, which a rollback does not undo', async (t) => {
  const directory = writeFiles({ 'counting.js': COUNTING });
  const program = `${directory}/counting.js`;
  const faults = ['crash:/app/workflows/flow@vote#1', 'crash:/app/workflows/flow@vote#3'];
  const session = await run(t, { program, faults }, [
    { filterId: 'outsideState', condition: 'step < 3' },
  ]);
  checkGolden(golden('exceptions-outside-state'), session.text.replaceAll(`${directory}/`, ''));
});

test('continuations that will never run', async (t) => {
  const program = `${writeFiles({ 'unanswered.js': UNANSWERED })}/unanswered.js`;
  const session = await run(t, { program }, [{ filterId: 'orphanedContinuation' }]);
  checkGolden(golden('exceptions-orphans'), session.text);
});
