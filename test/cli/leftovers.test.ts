import assert from 'node:assert/strict';
import { relative } from 'node:path';
import { test } from 'node:test';
import { writeFiles } from '../program-files.ts';
import { invoke } from './invoke.ts';

const START = `const b = PortalsJS.ApplicationBuilder('app');
const p = b.portal.portal('p');
const q = b.portal.portal('q');
`;
const asker = (handler: string, events = '[[1], [2]]') => `
b.workflowsWithName('w').source(b.generators.fromArrayOfArrays(${events}).stream)
  .key((x) => x).asker(p, (ctx) => (x) => { ${handler} }).withName('asker').sink().freeze();
`;
const replier = (portal: string, handler: string, asks = '[]') => `
b.workflowsWithName('${portal}-w').source(b.generators.fromArray([]).stream)
  .askerreplier(${asks}, [${portal}], (ctx) => () => {}, (ctx) => (x) => { ${handler} })
  .withName('replier').sink().freeze();
`;
const END = 'module.exports = b.build();';
const SILENT = replier('q', '');
const AWAIT = 'ctx.await(ctx.ask(p, x), (ctx) => {});';

/** What a run leaves undone: a program, and the lines less their positions. */
const LEFT: readonly (readonly [what: string, program: string, lines: readonly string[]])[] = [
  ['nothing', asker(AWAIT) + replier('p', 'ctx.reply(x);') + SILENT, []],
  [
    'requests without a reply',
    asker(AWAIT) + replier('p', 'if (x === 1) ctx.reply(x);') + SILENT,
    [
      'PORTALS_WAITING: /app/workflows/w/asker: waits under the key 2 since step N for a reply of ' +
        '/app/portals/p, which /app/workflows/p-w/replier has not sent',
    ],
  ],
  [
    'a replier that waits itself',
    asker(AWAIT, '[[7]]') +
      replier('p', 'ctx.await(ctx.ask(q, x), (ctx) => ctx.reply(x));', '[q]') +
      SILENT,
    [
      'PORTALS_WAITING: /app/workflows/w/asker: waits under the key 7 since step N for a reply of ' +
        '/app/portals/p, whose replier /app/workflows/p-w/replier waits for /app/portals/q',
      'PORTALS_WAITING: /app/workflows/p-w/replier: waits under the key 7 since step N for a reply ' +
        'of /app/portals/q, which /app/workflows/q-w/replier has not sent',
    ],
  ],
  [
    'an await after the reply',
    'let late;' +
      asker('if (x === 1) late = ctx.ask(p, x); else ctx.await(late, (ctx) => {});') +
      replier('p', 'ctx.reply(x);') +
      SILENT,
    [
      'PORTALS_WAITING: /app/workflows/w/asker: waits under the key 1 since step N for a reply of ' +
        '/app/portals/p that came before the await; await in the handler that asks',
    ],
  ],
  [
    'stashed events',
    asker(`PortalsJS.Stash(ctx).stash(x); ${AWAIT}`, '[[1, 1, 2]]') +
      replier('p', 'ctx.reply(x);') +
      SILENT,
    [
      'PORTALS_STASHED: /app/workflows/w/asker: has stashed 2 events under the key 1 and not ' +
        'unstashed',
      'PORTALS_STASHED: /app/workflows/w/asker: has stashed one event under the key 2 and not ' +
        'unstashed',
    ],
  ],
  [
    'second replies',
    asker(AWAIT) + replier('p', 'ctx.reply(x); ctx.reply(-x);') + SILENT,
    [
      'PORTALS_SECOND_REPLY: /app/workflows/w/asker: got 2 replies of /app/portals/p ' +
        '(/app/workflows/p-w/replier) to requests that had a reply already; the first reply ' +
        'counts. Reply once to each request',
    ],
  ],
  [
    'replies that nothing awaits, which is no mistake',
    asker('ctx.ask(p, x);') + replier('p', 'ctx.reply(x);') + SILENT,
    [],
  ],
];

for (const [what, program, expected] of LEFT) {
  for (const flags of [
    [],
    ['--fault', 'crash:/app/workflows/w@vote#1'],
    ['--snapshot-every', '3'],
  ]) {
    test(`a run that leaves ${what} says so ${flags.join(' ')}`, async () => {
      const { err } = await run(program, ...flags);
      const lines = err.split('\n').filter((line) => line.startsWith('left: '));
      const shown = lines.map((line) => line.replace(/^left: app\.js:\d+:\d+: /, ''));
      assert.deepEqual(
        shown.map((line) => line.replace(/since step \d+/, 'since step N')),
        expected,
      );
    });
  }
}

test('a continuation is shown where it is written, in text and JSON', async () => {
  const program = `${asker('ctx.await(ctx.ask(p, x),\n    (ctx) => {});', '[["k"]]')}${replier('p', '')}${SILENT}`;
  const line = (START + program).split('\n').findIndex((each) => each.startsWith('    (ctx)')) + 1;
  const { err } = await run(program);
  assert.ok(err.includes(`left: app.js:${line}:5: PORTALS_WAITING`), err);
  const { out } = await run(program, '--json');
  const found = out.split('\n').map((each) => JSON.parse(each) as Record<string, unknown>);
  const {
    step: _step,
    message: _message,
    since,
    ...left
  } = found.find(({ kind }) => kind === 'left') ?? {};
  assert.equal(typeof since, 'number');
  assert.deepEqual(left, {
    kind: 'left',
    what: 'continuation',
    code: 'PORTALS_WAITING',
    path: '/app/workflows/w/asker',
    key: "'k'",
    portal: '/app/portals/p',
    source: `app.js:${line}:5`,
  });
  assert.equal(found.at(-1)?.['kind'], 'done');
});

test('a long list is cut, and says by how much', async () => {
  const program =
    asker(AWAIT, '[Array.from({ length: 25 }, (_, x) => x)]') + replier('p', '') + SILENT;
  const { err } = await run(program);
  const left = err.split('\n').filter((line) => line.startsWith('left: '));
  assert.deepEqual([left.length, left.at(-1)], [11, 'left: and 15 more']);
  const { out } = await run(program, '--json');
  assert.match(out, /\{"kind":"left","step":\d+,"what":"more","count":15\}/);
});

async function run(program: string, ...flags: string[]) {
  const directory = writeFiles({ 'app.js': START + program + END });
  const outcome = await invoke('run', `${directory}/app.js`, ...flags);
  const here = `${relative(process.cwd(), directory)}/`;
  return { out: outcome.out.replaceAll(here, ''), err: outcome.err.replaceAll(here, '') };
}
