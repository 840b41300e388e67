import { test } from 'node:test';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { checkGolden } from '../../golden.ts';
import { writeFiles } from '../../program-files.ts';

const ASKING = `const b = PortalsJS.ApplicationBuilder('app');
const portal = b.portal('p');
b.workflowsWithName('r').source(b.generators.empty().stream)
  .replier(portal, () => () => {}, (ctx) => (x) => ctx.reply(x * 2)).sink().freeze();
b.workflowsWithName('w').source(b.generators.signal(1).stream)
  .asker(portal, (ctx) => (x) => {
    const seen = [x];
    const future = ctx.ask(portal, x);
    ctx.await(future, (ctx) => {
      seen.push(future.value(ctx));
      console.log(seen);
    });
  }).sink().freeze();
const system = PortalsJS.System();
system.launch(b.build());
system.stepUntilComplete();
`;

test('re-execution of continuations after a crash does not stop', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({
    program: `${writeFiles({ 'asking.js': ASKING })}/asking.js`,
    filters: [],
    faults: ['crash:/app/workflows/w@aligned#2'],
    breakpoints: [
      { line: 7 },
      { line: 8, logMessage: 'asks {x}' },
      { line: 11, condition: 'seen.length > 0' },
    ],
  });
  await session.stopped();
  for (let stops = 0; stops < 3; stops++) await session.go('continue');
  // Were there a stop too many, the golden text would not end with the program.
  checkGolden(new URL('../golden/re-execution.txt', import.meta.url), session.text);
});
