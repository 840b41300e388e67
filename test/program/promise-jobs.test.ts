import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundle, type Diagnostic, loadRuntimeCode, Program } from '../../program/index.ts';
import { DEFAULT_OPTIONS } from '../../runtime/index.ts';
import { writeFiles } from '../program-files.ts';

const HANDLER = `async function later(x) {
  await null;
  console.log('later', x);
  try { stolen.emit(x); } catch (error) { console.log(error.code); }
}
let stolen;
const app = PortalsJS.ApplicationBuilder('app');
app.workflowsWithName('w').source(app.generatorsWithName('g').fromArrayOfArrays([[1], [2]]).stream)
  .map((ctx) => (x) => {
    stolen = ctx;
    Promise.resolve('stored');
    (async () => x)();
    Promise.resolve(x).then((x) => console.log('then', x));
    later(x);
    return x;
  }).logger().sink().freeze();
`;
const EXPORTED = `${HANDLER}module.exports = app.build();`;
const DRIVEN = `${HANDLER}const system = PortalsJS.System();
system.launch(app.build());
system.stepUntilComplete();`;

async function run(text: string): Promise<{ printed: string[]; warnings: Diagnostic[] }> {
  const printed: string[] = [];
  const warnings: Diagnostic[] = [];
  const bundled = await bundle(`${writeFiles({ 'app.js': text })}/app.js`);
  const program = new Program(bundled, await loadRuntimeCode(), {
    ...DEFAULT_OPTIONS,
    onPromiseJob: (diagnostic) => warnings.push(diagnostic),
    probe: (notice) => {
      if (notice.kind === 'output' && notice.outside) printed.push(notice.text);
      if (notice.kind !== 'committed') return;
      for (const effect of notice.effects) if (effect.kind === 'log') printed.push(effect.message);
    },
  });
  program.complete();
  return { printed, warnings };
}

for (const [kind, text] of [
  ['an exported app', EXPORTED],
  ['an app that drives itself', DRIVEN],
] as const) {
  test(`promise jobs of handlers of ${kind} run when the run has ended`, async () => {
    const { printed } = await run(text);
    const jobs = [1, 2].flatMap((x) => [`then ${x}`, `later ${x}`, REFUSED]);
    assert.deepEqual(printed, ['1', '2', ...jobs]);
  });

  test(`handlers of ${kind} that leave promise jobs are reported, once for each place`, async () => {
    const { warnings } = await run(text);
    const places = warnings.map(({ code, source }) => `${code} ${source?.line}`);
    assert.deepEqual(places, ['PORTALS_PROMISE_JOB 13', 'PORTALS_PROMISE_JOB 2']);
    assert.match(warnings[0]?.message ?? '', /\/app\/workflows\/w/);
  });
}

const REFUSED = 'PORTALS_CONTEXT_OUTSIDE_HANDLER';

test('promises outside of handlers are not reported', async () => {
  const { printed, warnings } = await run(
    `Promise.resolve(1).then((x) => console.log('job', x));\n${EXPORTED.replace(/Promise.resolve\(x\).*|later\(x\);/g, '')}`,
  );
  assert.deepEqual([printed, warnings], [['job 1', '1', '2'], []]);
});
