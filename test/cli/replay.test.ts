import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { writeFiles } from '../program-files.ts';
import { invoke } from './invoke.ts';

const APP = `const b = PortalsJS.ApplicationBuilder('app');
for (const name of ['left', 'right']) {
  b.workflowsWithName(name).source(b.generatorsWithName('g' + name).fromArrayOfArrays([[1], [2]]).stream)
    .map((ctx) => (x) => FACTOR * x).withName('map').logger().withName('log').sink().freeze();
}
module.exports = b.build();
`;
const app = (factor: number) => APP.replace('FACTOR', String(factor));

async function recorded(...flags: string[]): Promise<{ directory: string; trace: string }> {
  const directory = writeFiles({ 'app.js': app(2) });
  const trace = `${directory}/run.ptrace`;
  const { code } = await invoke('run', `${directory}/app.js`, '--trace', trace, ...flags);
  assert.equal(code, 0);
  return { directory, trace };
}

for (const flags of [
  [],
  ['--schedule', 'random', '--seed', '7'],
  ['--schedule', 'pct', '--snapshot-every', '3', '--fault', 'crash:/app/workflows/left@vote#2'],
]) {
  test(`a trace of a run ${flags.join(' ')} replays to the same output`, async () => {
    const { directory, trace } = await recorded(...flags);
    const run = await invoke('run', `${directory}/app.js`, ...flags);
    assert.deepEqual(await invoke('replay', trace), run);
    assert.deepEqual(await invoke('replay', trace, '--guided'), run);
  });
}

test('the decisions of a trace are taken whatever the scheduler chooses', async () => {
  const { directory, trace } = await recorded('--schedule', 'random', '--seed', '7');
  const { out } = await invoke('run', `${directory}/app.js`, '--schedule', 'random', '--seed', '7');
  const text = readFileSync(trace, 'utf8').replace('"schedule":"random"', '"schedule":"drain"');
  writeFileSync(trace, text);
  assert.equal((await invoke('replay', trace)).out, out);
});

test('a strict replay names a changed program; a guided one runs it', async () => {
  const { directory, trace } = await recorded();
  writeFileSync(`${directory}/app.js`, app(3));
  const strict = await invoke('replay', trace);
  assert.equal(strict.code, 1);
  assert.match(strict.err, /the program app\.js has changed since the trace was recorded/);
  const guided = await invoke('replay', trace, '--guided');
  assert.equal(guided.code, 0);
  assert.match(guided.out, /left\/log - 3/);
});

test('a strict replay stops at the first record that differs', async () => {
  const { trace } = await recorded();
  const lines = readFileSync(trace, 'utf8').split('\n');
  const changed = lines.map((line, at) =>
    at === 3 ? line.replace(/"hash":"./, '"hash":"x') : line,
  );
  writeFileSync(trace, changed.join('\n'));
  const { code, err } = await invoke('replay', trace);
  assert.equal(code, 1);
  assert.match(err, /record 3 .* is not what the trace has/);
  const renamed = lines.map((line, at) =>
    at === 4 ? line.replace(/"label":"/, '"label":"x') : line,
  );
  writeFileSync(trace, renamed.join('\n'));
  assert.match((await invoke('replay', trace)).err, /the trace has 'x.*', which is not enabled/);
});

test('what is no trace is refused with the line that is wrong', async () => {
  const directory = writeFiles({ 'a.ptrace': 'hello\n', 'b.ptrace': '{"kind":"header"}\n' });
  for (const [name, message] of [
    ['a.ptrace', /line 1 of the trace is not JSON/],
    ['b.ptrace', /line 1 of the trace: version/],
    ['c.ptrace', /PORTALS_TRACE_UNREADABLE/],
  ] as const) {
    const { code, err } = await invoke('replay', `${directory}/${name}`);
    assert.equal(code, 2);
    assert.match(err, message);
  }
});
