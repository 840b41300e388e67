import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundle, compareRuns, formatDiagnostic, loadRuntimeCode } from '../../program/index.ts';
import { DEFAULT_OPTIONS } from '../../runtime/index.ts';
import { invoke } from '../cli/invoke.ts';
import { writeFiles } from '../program-files.ts';

const APP = `const b = PortalsJS.ApplicationBuilder('app');
b.workflowsWithName('w').source(b.generators.fromArrayOfArrays([[1], [2]]).stream)
  .map((ctx) => (x) => { HANDLER }).sink().freeze();
module.exports = b.build();
`;

/** A hole in the realm: what no program can reach, but what a bug of the realm would let in. */
const HOLE = 'globalThis.hole = Math.random();\n';

async function check(handler: string, hole = ''): Promise<string | undefined> {
  const directory = writeFiles({ 'app.js': APP.replace('HANDLER', handler) });
  const bundled = await bundle(`${directory}/app.js`);
  const runtimeCode = hole + (await loadRuntimeCode());
  const { divergence } = compareRuns(bundled, runtimeCode, DEFAULT_OPTIONS);
  return divergence && formatDiagnostic(divergence, directory);
}

test('a program that uses what the realm offers runs the same twice', async () => {
  assert.equal(
    await check('return x + Math.random() + Date.now() + performance.now();'),
    undefined,
  );
});

test('the first step that differs is named, with what differs and the source line', async () => {
  const found = await check('return x === 1 ? x : hole;', HOLE);
  assert.match(found ?? '', /^app\.js:2:\d+: PORTALS_NOT_DETERMINISTIC: \/app\/workflows\/w: /);
  assert.match(found ?? '', /the effects of step 3 differ between two runs/);
});

test('a difference that shows only in the state is found, too', async () => {
  const found = await check("PortalsJS.PerTaskState('s', 0, ctx).set(hole); return x;", HOLE);
  assert.match(found ?? '', /the state of step 1 differs between two runs/);
});

test('--check-determinism says that both runs are the same, and exits 0', async () => {
  const directory = writeFiles({ 'app.js': APP.replace('HANDLER', 'return x;') });
  const file = `${directory}/app.js`;
  const { code, out, err } = await invoke('run', file, '--check-determinism');
  assert.deepEqual([code, out], [0, '']);
  assert.match(err, /^both runs are the same: 6 steps, 4 atoms, .*, state [0-9a-f]{16}$/m);

  const plain = await invoke('run', file, '--json');
  const done = plain.out.trim().split('\n').at(-1);
  const checked = await invoke('run', file, '--check-determinism', '--json');
  assert.deepEqual(checked, { code: 0, out: done, err: '' });
});
