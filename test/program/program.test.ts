import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { bundle, loadRuntimeCode, Program, ProgramError } from '../../program/index.ts';
import { DEFAULT_OPTIONS } from '../../runtime/index.ts';
import { writeFiles } from '../program-files.ts';

async function create(text: string, env?: Record<string, string>): Promise<Program> {
  const bundled = await bundle(`${writeFiles({ 'app.js': text })}/app.js`);
  return new Program(bundled, await loadRuntimeCode(), { ...DEFAULT_OPTIONS, ...(env && { env }) });
}

const APP = `const b = PortalsJS.ApplicationBuilder('app');
b.workflowsWithName('w').source(b.generators.fromArrayOfArrays([[1], [2]]).stream)
  .map((ctx) => (x) => x + 1).sink().freeze();
`;

test('what is exported is launched by load, and runs with run', async () => {
  const program = await create(`${APP}module.exports = b.build();`);
  const { inspect } = program.runtime.simulator;
  program.load();
  assert.deepEqual([inspect.topology().applications.length, inspect.status().step], [1, 0]);
  program.run();
  assert.equal(inspect.enabled().length, 0);
});

test('what a module exports is launched in the order of the source', async () => {
  const one = `const b = PortalsJS.ApplicationBuilder('one'); b.generatorsWithName('g').signal(1);`;
  const program = await create(`${one}
const c = PortalsJS.ApplicationBuilder('two');
c.workflows.source(c.registry.streams.get('/one/generators/g/stream')).sink();
module.exports = { consumer: c.build(), producer: b.build() };`);
  program.load();
  const { applications } = program.runtime.simulator.inspect.topology();
  assert.equal(applications.map(({ path }) => path).join(), '/one,/two');
});

test('a program that drives the system itself has run when it is loaded', async () => {
  const program = await create(
    `${APP}const s = PortalsJS.System(); s.launch(b.build()); s.step(); s.step();`,
  );
  program.load();
  program.run();
  assert.equal(program.runtime.simulator.inspect.status().step, 2);
});

test('builder calls are positioned in the sources', async () => {
  const program = await create(`${APP}module.exports = b.build();`);
  program.load();
  const node = program.runtime.simulator.inspect
    .topology()
    .nodes.find(({ taskKind }) => taskKind === 'map');
  const position = program.positions.ofCallSite(node?.site);
  assert.deepEqual([position?.line, position?.column], [3, 4]);
});

test('each program has globals of its own', async () => {
  const one = await create('shared = 1; module.exports = shared');
  const two = await create('module.exports = typeof shared');
  assert.throws(() => one.load(), /PORTALS_PROGRAM_EMPTY/);
  assert.throws(() => two.load(), /PORTALS_PROGRAM_EMPTY/);
  assert.equal((globalThis as Record<string, unknown>)['shared'], undefined);
});

test('the environment given is what process.env shows', async () => {
  const program = await create('throw new Error(JSON.stringify(process.env))', { GREETING: 'hi' });
  assert.throws(() => program.load(), /\{"GREETING":"hi"\}/);
});

/** Errors of the model, and where they are pointed at. */
const MODEL_ERRORS: readonly (readonly [string, string, number])[] = [
  ['b.workflows.source(42)', 'PORTALS_WRONG_KIND', 4],
  ['b.workflowsWithName("w").source(b.generators.empty().stream)', 'PORTALS_DUPLICATE_PATH', 4],
  ['b.portal.portal("p");\nmodule.exports = b.build()', 'PORTALS_PORTAL_WITHOUT_REPLIER', 4],
];

for (const [text, code, line] of MODEL_ERRORS) {
  test(`${text} is ${code}, at the builder call`, async () => {
    const program = await create(`${APP}${text}`);
    assert.throws(
      () => program.load(),
      (error) => {
        assert.ok(error instanceof ProgramError);
        const [{ code: actual, source }] = error.diagnostics;
        assert.deepEqual([actual, source?.line], [code, line]);
        return true;
      },
    );
  });
}

test('an error about two elements with one path names both positions', async () => {
  const program = await create(`${APP}b.portal('p');\nb.portal('p');`);
  assert.throws(
    () => program.load(),
    /:5:3: PORTALS_DUPLICATE_PATH: .* another name \(the first one is at line 4\)$/,
  );
});

test('a program runs in a worker as on the main thread', async () => {
  const bundled = await bundle('examples/shopping-cart.js');
  const runtimeCode = await loadRuntimeCode();
  // Observed, as the run in the worker is: only observed runs digest the events of streams.
  const program = new Program(bundled, runtimeCode, { ...DEFAULT_OPTIONS, probe: () => {} });
  program.complete();
  // Worker threads have no loader for TypeScript.
  const { outputFiles } = await build({
    entryPoints: ['test/program/run-in-worker.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['esbuild'],
    define: { 'import.meta.dirname': '__dirname' },
  });
  const worker = new Worker(outputFiles[0]?.text ?? '', {
    eval: true,
    workerData: { bundled, runtimeCode },
  });
  const [{ logs, hash }] = (await once(worker, 'message')) as [{ logs: string[]; hash: string }];
  assert.equal(logs.length, 6);
  assert.equal(hash, program.runtime.simulator.inspect.stateHash());
});

for (const [title, make, printed] of [
  ['frozen', 'Object.freeze({ n: 1 })', 'true 1'],
  ['frozen by another name', '[{ n: 1 }].map(Object.freeze)[0]', 'true 1'],
  ['with an accessor', '({ get n() { return 2; } })', 'false 2 get'],
  ['plain', '({ n: 1 })', 'false 1'],
] as const) {
  test(`copies keep what objects of the program may have: ${title}`, async () => {
    const text = `const b = PortalsJS.ApplicationBuilder('app');
b.workflows.source(b.generators.signal(0).stream).map((ctx) => () => ${make})
  .map((ctx) => (value) => {
    const { get } = Object.getOwnPropertyDescriptor(value, 'n');
    console.log([Object.isFrozen(value), value.n, get && 'get'].filter((x) => x !== undefined).join(' '));
    return value;
  }).sink().freeze();
module.exports = b.build();`;
    const bundled = await bundle(`${writeFiles({ 'app.js': text })}/app.js`);
    const lines: string[] = [];
    const program = new Program(bundled, await loadRuntimeCode(), {
      ...DEFAULT_OPTIONS,
      probe: (notice) => {
        if (notice.kind === 'output') lines.push(notice.text);
      },
    });
    program.load();
    program.run();
    assert.deepEqual(lines, [printed]);
  });
}
