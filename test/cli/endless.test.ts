import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withHandler, writeFiles } from '../program-files.ts';
import { invoke } from './invoke.ts';

const CYCLE = `const b = PortalsJS.ApplicationBuilder('app');
const s = b.sequencersWithName('s').random();
const w = b.workflowsWithName('w').source(s.stream).map((ctx) => (x) => x).sink().freeze();
b.connections.connect(b.generatorsWithName('g').fromArray([1]).stream, s);
b.connections.connect(w.stream, s);
module.exports = b.build();
`;
const GENERATOR = `const b = PortalsJS.ApplicationBuilder('app');
const source = b.generatorsWithName('g').fromRange(0, 1e9, 1).stream;
b.workflowsWithName('w').source(source).map((ctx) => (x) => x).sink().freeze();
module.exports = b.build();
`;
const RECURSIVE = `const b = PortalsJS.ApplicationBuilder('app');
const p = b.portal.portal('p');
b.workflowsWithName('r').source(b.generators.fromArray([]).stream)
  .replier(p, (ctx) => (x) => {}, (ctx) => (x) => ctx.reply(x)).sink().freeze();
const again = (ctx, x) => ctx.await(ctx.ask(p, x), (ctx) => again(ctx, x));
b.workflowsWithName('w').source(b.generators.fromArray([1]).stream)
  .asker(p, (ctx) => (x) => again(ctx, x)).withName('asker').sink().freeze();
module.exports = b.build();
`;

/** A program that never ends, and what is said to keep it going. */
const ENDLESS: readonly (readonly [
  what: string,
  program: string,
  reason: RegExp,
  through: string[],
])[] = [
  [
    'a cycle of streams',
    CYCLE,
    /^stopped after 200 steps: \/app\/(sequencers\/s|workflows\/w) → .* go round in a circle through /m,
    ['/app/sequencers/s/stream', '/app/workflows/w/stream'],
  ],
  [
    'a generator without end',
    GENERATOR,
    /^stopped after 200 steps: the generator \/app\/generators\/g has not ended$/m,
    [],
  ],
  [
    'requests without end',
    RECURSIVE,
    /^stopped after 200 steps: .*\/app\/workflows\/[wr] → .* go round in a circle through \/app\/portals\/p$/m,
    ['/app/portals/p'],
  ],
];

for (const [what, program, reason, through] of ENDLESS) {
  for (const schedule of ['drain', 'random']) {
    test(`${what} is said to keep a run going, under ${schedule}`, async () => {
      const file = `${writeFiles({ 'app.js': program })}/app.js`;
      const flags = ['--max-steps', '200', '--schedule', schedule];
      const { err } = await invoke('run', file, ...flags);
      assert.match(err, reason);
      const { out } = await invoke('run', file, ...flags, '--json');
      const lines = out.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
      const stopped = lines.find(({ kind }) => kind === 'stopped');
      assert.deepEqual([stopped?.['reason'], stopped?.['steps']], ['max-steps', 200]);
      assert.deepEqual([stopped?.['through']].flat().sort(), through);
    });
  }
}

test('a run that is complete at its limit is not said to be endless', async () => {
  const file = `${writeFiles({ 'app.js': CYCLE.replace('(w.stream, s)', '(b.generators.fromArray([2]).stream, s)') })}/app.js`;
  const { out } = await invoke('run', file, '--json');
  const { steps } = JSON.parse(out.split('\n').at(-1) ?? '') as { readonly steps: number };
  const { err } = await invoke('run', file, '--max-steps', String(steps));
  assert.match(err, new RegExp(`^stopped after ${steps} steps$`, 'm'));
});

test('each retry of a step is reported', async () => {
  const program = withHandler("if (x === 1) throw new Error('no');");
  const file = `${writeFiles({ 'app.js': program })}/app.js`;
  const flags = ['--on-handler-error', 'retry(2)'];
  const { err } = await invoke('run', file, ...flags);
  const retries = err.split('\n').filter((line) => line.includes(' retry '));
  assert.equal(retries.length, 2);
  assert.match(
    retries[1] ?? '',
    /^step \d+: retry 2 of 2 of \/app\/workflows\/jobs after .*app\.js:\d/,
  );
  const { out } = await invoke('run', file, ...flags, '--json');
  assert.match(out, /"kind":"retry","step":\d+,"unit":"\/app\/workflows\/jobs","retry":1,"of":2,/);
});
