import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeFiles } from '../program-files.ts';
import { invoke } from './invoke.ts';

const HEAD = `
function deep() {
  let value = { end: true };
  for (let level = 0; level < 100_000; level++) value = { inner: value };
  return value;
}
const app = PortalsJS.ApplicationBuilder('app');
const source = app.generatorsWithName('g').fromArrayOfArrays([[1], [2]]);
app.workflowsWithName('w').source(source.stream)`;

/** The operation whose handler makes the value. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'an event': `.map(() => () => deep())`,
  state: `.map((ctx) => (x) => { PortalsJS.PerTaskState('s', 0, ctx).set(deep()); return x; })`,
  'the initial state': `.map((ctx) => (x) => PortalsJS.PerTaskState('s', deep(), ctx).get())`,
  'a key': `.key(() => deep())`,
  'a log': `.map((ctx) => (x) => { ctx.log.info(deep()); return x; })`,
  output: `.map(() => (x) => { console.log(deep()); console.dir([deep()]); return x; })`,
  'an exception': `.map(() => (x) => { throw deep(); })`,
  'a clone': `.map(() => (x) => structuredClone(deep()))`,
};

const directory = writeFiles(
  Object.fromEntries(
    Object.entries(PROGRAMS).map(([name, operation]) => [
      `${name}.js`,
      `${HEAD}${operation}.sink();\nexport default app.build();\n`,
    ]),
  ),
);

for (const name of Object.keys(PROGRAMS)) {
  test(`a value nested 100,000 deep ends no run: ${name}`, async () => {
    const file = join(directory, `${name}.js`);
    for (const faults of [[], ['--fault', 'crash:/app/workflows/w@pre-commit#2']]) {
      const { out } = await invoke('run', file, '--json', ...faults);
      assert.match(out.split('\n').at(-1) ?? '', /^\{"kind":"done"/);
      assert.doesNotMatch(out, /RangeError|call stack/);
    }
    const { out } = await invoke('explore', file, '--json', '--runs', '4');
    assert.doesNotMatch(out, /RangeError|call stack/);
  });
}
