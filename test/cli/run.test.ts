import assert from 'node:assert/strict';
import { relative } from 'node:path';
import { test } from 'node:test';
import { writeFiles } from '../program-files.ts';
import { invoke, type Outcome } from './invoke.ts';

/** Doubles 1, 2, 3, in atoms of one. `HANDLER` stands for what is done before. */
const DOUBLE = `const b = PortalsJS.ApplicationBuilder('app');
b.workflowsWithName('w').source(b.generatorsWithName('g').fromArrayOfArrays([[1], [2], [3]]).stream)
  .map((ctx) => (x) => { HANDLER; return 2 * x; }).withName('double').logger().withName('log')
  .sink().freeze();
`;
const DRIVE = 'const s = PortalsJS.System(); s.launch(b.build()); s.stepUntilComplete();';

/** Runs a program of one file; its path in what is printed is replaced by the name. */
async function run(name: string, text: string, ...flags: string[]): Promise<Outcome> {
  const directory = writeFiles({ [name]: text });
  const { code, out, err } = await invoke('run', `${directory}/${name}`, ...flags);
  const here = `${relative(process.cwd(), directory)}/`;
  return { code, out: out.replaceAll(here, ''), err: err.replaceAll(here, '') };
}

const program = (handler: string, rest = DRIVE): string =>
  DOUBLE.replace('HANDLER', handler) + rest;

test('logged lines and printed text go to stdout, the summary to stderr', async () => {
  const outcome = await run(
    'app.js',
    program('console.log("saw", x)', `${DRIVE} console.log("end")`),
  );
  assert.equal(outcome.code, 0);
  assert.equal(
    outcome.out,
    `saw 1
/app/workflows/w/log - 2
saw 2
/app/workflows/w/log - 4
saw 3
/app/workflows/w/log - 6
end`,
  );
  assert.match(outcome.err, /^8 steps, 6 atoms, .*0 pending continuations, state [0-9a-f]+$/);
});

test('warnings and errors that a program prints go to stderr', async () => {
  const text = program('if (x === 1) console.warn("odd")', `${DRIVE} console.error("end")`);
  const { out, err } = await run('app.js', text);
  assert.equal(out.split('\n').length, 3);
  assert.match(err, /^odd\nend\n8 steps/);
  assert.match((await run('app.js', text, '--json')).out, /"text":"odd","level":"stderr"/);
});

for (const exported of [
  'module.exports = b.build()',
  'exports.app = b.build()',
  'module.exports = { apps: [b.build()] }',
]) {
  test(`an application exported by ${exported} is launched and run`, async () => {
    const { code, out } = await run('app.js', program('', exported));
    assert.deepEqual([code, out.split('\n').length], [0, 3]);
  });
}

test('several applications, exported in several ways, are launched once each', async () => {
  const make = (name: string): string =>
    `(() => { const b = PortalsJS.ApplicationBuilder('${name}');
      b.workflows.source(b.generators.signal('${name}').stream).logger().sink().freeze();
      return b.build(); })()`;
  const text = `import { PortalsJS } from 'portals';
export const one = ${make('one')};
export const two = ${make('two')};
export default [one, two];`;
  const { code, out } = await run('apps.mjs', text);
  assert.equal(code, 0);
  assert.deepEqual(out.match(/(?<= - )\w+/g)?.sort(), ['one', 'two']);
});

test('a program may launch what it exports and leave the stepping', async () => {
  const rest = 'module.exports = b.build(); PortalsJS.System().launch(module.exports)';
  assert.equal((await run('app.js', program('', rest))).out.split('\n').length, 3);
});

test('a handler error is reported with its position, and the exit code is 1', async () => {
  const text = program('if (x === 2)\n throw new RangeError("two")');
  const { code, out, err } = await run('app.js', text);
  assert.equal(code, 1);
  assert.equal(out, '/app/workflows/w/log - 2');
  assert.match(
    err,
    /^app\.js:4:8: PORTALS_HANDLER_THREW: \/app\/workflows\/w\/double: RangeError: two\n/,
  );
  const json = (await run('app.js', text, '--json')).out
    .split('\n')
    .map((line) => JSON.parse(line));
  const error = json.find(({ kind }) => kind === 'error');
  assert.deepEqual(
    [error.code, error.source, error.step],
    ['PORTALS_HANDLER_THREW', 'app.js:4:8', 3],
  );
});

test('output of a retried attempt is discarded', async () => {
  const text = program('console.log("try", x); if (x === 2) throw 0');
  const { code, out } = await run('app.js', text, '--on-handler-error', 'retry(2)');
  assert.deepEqual([code, out], [1, 'try 1\n/app/workflows/w/log - 2']);
});

test('a crash changes nothing but the lines about it', async () => {
  const text = program('console.log("saw", x, Math.random(), Date.now())');
  const baseline = await run('app.js', text, '--json');
  for (const at of ['/double@process', '@pre-commit', '@vote', '@publish']) {
    const fault = `crash:/app/workflows/w${at}#2`;
    const { code, out } = await run('app.js', text, '--json', '--fault', fault);
    assert.equal(code, 0);
    const lines = out.split('\n');
    const about = lines.filter((line) => /"kind":"(fault|recovered)"/.test(line));
    assert.equal(about.length, 2, out);
    assert.match(about[0] ?? '', /"step":3,/);
    assert.deepEqual(lines.filter((line) => !about.includes(line)).join('\n'), baseline.out);
  }
});

test('what a program has stepped by hand is committed, and crashes, at its end', async () => {
  const text = program(
    '',
    'const s = PortalsJS.System(); s.launch(b.build()); s.step(); s.step();',
  );
  const flags = ['--snapshot-every', '5'];
  const { code, out } = await run('app.js', text, ...flags);
  assert.deepEqual([code, out], [0, '/app/workflows/w/log - 2']);
  const fault = ['--fault', 'crash:/app/workflows/w@vote#1'];
  const crashed = await run('app.js', text, ...flags, ...fault);
  assert.deepEqual([crashed.code, crashed.out], [0, out]);
  assert.match(crashed.err, /crash:\/app\/workflows\/w@vote#1 triggered; it rolls back/);
});

test('a variable of the program that no rollback undoes is a violation', async () => {
  const text = `let seen = 0;\n${program('seen += 1; console.log(seen)')}`;
  const fault = 'crash:/app/workflows/w@vote#1';
  const { code, out } = await run('app.js', text, '--json', '--fault', fault);
  const violation = out.split('\n').find((line) => line.includes('"violation"')) ?? '';
  assert.equal(code, 1);
  assert.match(
    violation,
    /"step":1,"code":"PORTALS_STATE_OUTSIDE_MODEL".*"source":"app\.js:\d+:\d+"/,
  );
  assert.match(violation, /the output was '1' and is now '2'/);
});

test('a fault that can never trigger is an error, one that did not is a warning', async () => {
  const text = program('');
  const unknown = await run('app.js', text, '--fault', 'crash:/app/workflows/nope@vote');
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /PORTALS_FAULT_UNKNOWN_TARGET.*known: .*\/app\/workflows\/w/);
  const portal = 'crash:/shop/portals/inventory@vote';
  const passive = await invoke('run', 'examples/shopping-cart.js', '--fault', portal);
  assert.equal(passive.code, 2);
  assert.match(passive.err, /nothing at \/shop\/portals\/inventory can crash/);
  const late = await run('app.js', text, '--fault', 'crash:/app/workflows/w@vote#99');
  assert.equal(late.code, 0);
  assert.match(late.err, /^warning: PORTALS_FAULT_NEVER_TRIGGERED: .* pass vote 95 more times/);
});

test('a fault that is given twice triggers twice', async () => {
  const twice = [
    '--fault',
    'crash:/app/workflows/w@vote',
    '--fault',
    'crash:/app/workflows/w@vote',
  ];
  const plain = await run('app.js', program(''));
  const crashed = await run('app.js', program(''), ...twice);
  assert.deepEqual([crashed.code, crashed.out], [0, plain.out]);
  assert.equal(crashed.err.match(/@vote#1 triggered/g)?.length, 2);
  assert.doesNotMatch(crashed.err, /warning/);
});

test('the run stops after the given number of steps', async () => {
  const { code, out, err } = await run('app.js', program(''), '--max-steps', '2');
  assert.deepEqual([code, out], [0, '/app/workflows/w/log - 2']);
  assert.match(err, /^stopped after 2 steps\n2 steps, /);
});

/** Programs that cannot be loaded, and what is said about them. */
const UNLOADABLE: readonly (readonly [string, RegExp])[] = [
  ['const a = ;', /^app\.js:1:11: PORTALS_BUNDLE_SYNTAX: /],
  ['\n  null.x;', /^app\.js:2:8: PORTALS_PROGRAM_THREW: TypeError: .*null/],
  ['throw { code: 3 }', /^app\.js:1:1: PORTALS_PROGRAM_THREW: the program threw \{code: 3\}$/],
  ['var x = 1', /^app\.js:1:1: PORTALS_PROGRAM_EMPTY: .*export default builder\.build\(\)/],
  ['process.exit(3)', /^app\.js:1:9: PORTALS_REFUSED_GLOBAL: process\.exit is refused/],
  ['const fs = require("fs")', /^app\.js:1:20: PORTALS_BUNDLE_NODE_MODULE/],
  [`${DOUBLE}b.workflowsWithName('w')`, /^app\.js:\d+:\d+: PORTALS_/],
];

for (const [text, expected] of UNLOADABLE) {
  test(`${JSON.stringify(text.slice(-40))} is not loaded: exit code 2, with the position`, async () => {
    const { code, err } = await run('app.js', text);
    assert.equal(code, 2, err);
    assert.match(err, expected);
    const json = await run('app.js', text, '--json');
    assert.equal(json.code, 2);
    assert.equal(JSON.parse(json.out.split('\n').at(-1) ?? '').kind, 'error');
  });
}
