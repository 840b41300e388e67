import { test } from 'node:test';
import type { Builder, Flow, Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { workflow } from '../run-program.ts';

/** A flow over atoms of numbers or texts, and the output stream of its workflow. */
const TASKS: readonly (readonly [
  title: string,
  atoms: Value[],
  build: (flow: Flow, app: Builder) => Flow,
  output: string,
])[] = [
  ['map emits what its handler returns', [1, 2], (f) => f.map(() => (x) => x * 2), '[2 4] seal'],
  ['map emits undefined, too', [1], (f) => f.map(() => () => undefined), '[undefined] seal'],
  [
    'map may emit more before it returns',
    [1, 2],
    (f) =>
      f.map((ctx) => (x) => {
        ctx.emit(-x);
        return x;
      }),
    '[-1 1 -2 2] seal',
  ],
  [
    'flatMap emits each item',
    [1, 2, 0],
    (f) => f.flatMap(() => (x) => Array(x).fill(x)),
    '[1 2 2] seal',
  ],
  [
    'flatMap takes any iterable',
    [2],
    (f) => f.flatMap(() => (x) => new Set([x, x, -x])),
    '[2 -2] seal',
  ],
  ['filter keeps what holds', [1, 2, 3, 4], (f) => f.filter((x) => x % 2 === 0), '[2 4] seal'],
  ['filter takes any truthy value', ['', 'a'], (f) => f.filter((x) => x), "['a'] seal"],
  ['an atom may lose all its events', [[1], [2]], (f) => f.filter((x) => x > 1), '[] [2] seal'],
  ['key passes events on', [1, 2], (f) => f.key((x) => -x), '[1 2] seal'],
  ['identity passes events on', [1, 2], (f) => f.identity(), '[1 2] seal'],
  [
    'processor emits any number of events',
    [1, 2, 3],
    (f) =>
      f.processor((ctx) => (x) => {
        if (x !== 2) for (const sign of [1, -1]) ctx.emit(sign * x);
      }),
    '[1 -1 3 -3] seal',
  ],
  ['what a processor returns is ignored', [1], (f) => f.processor(() => (x) => x), '[] seal'],
  [
    'tasks follow each other',
    [1],
    (f) => f.map(() => (x) => x + 1).map(() => (x) => x * 10),
    '[20] seal',
  ],
  ['task adds a task', [1], (f, app) => f.task(app.tasks.map(() => (x) => x + 1)), '[2] seal'],
  ['a task object may be added twice', [1], twice, '[4] seal'],
  ['tasks.identity', [1], (f, app) => f.task(app.tasks.identity()), '[1] seal'],
  ['tasks.filter', [1, 2], (f, app) => f.task(app.tasks.filter((x) => x > 1)), '[2] seal'],
  ['tasks.flatMap', [1], (f, app) => f.task(app.tasks.flatMap(() => (x) => [x, x])), '[1 1] seal'],
  ['tasks.key', [1], (f, app) => f.task(app.tasks.key((x) => x)), '[1] seal'],
  [
    'tasks.processor',
    [1],
    (f, app) => f.task(app.tasks.processor((ctx) => (x) => ctx.emit(x + 1))),
    '[2] seal',
  ],
  ['a workflow without a task passes its source on', [[1, 2], [3]], (f) => f, '[1 2] [3] seal'],
  [
    'withOnNext replaces the handler',
    [1],
    (f) => f.identity().withOnNext((ctx) => (x) => ctx.emit(-x)),
    '[-1] seal',
  ],
  [
    'withOnNext emits by itself',
    [1],
    (f) => f.map(() => (x) => x).withOnNext(() => (x) => x),
    '[] seal',
  ],
];

function twice(flow: Flow, app: Builder): Flow {
  const double = app.tasks.map(() => (x) => x * 2);
  return flow.task(double).task(double);
}

for (const [title, atoms, build, output] of TASKS) {
  test(title, () => {
    check((app) => workflow(app, atoms, (flow) => build(flow, app)), {
      streams: { 'workflows/w': output },
    });
  });
}

test('a task consumes the whole batch before the next one starts', () => {
  check((app) => workflow(app, [[1, 2], [3]], (flow) => flow.logger('a').logger('b')), {
    messages: ['a1', 'a2', 'b1', 'b2', 'a3', 'b3'],
  });
});

test('logger logs the event itself, or its text after a prefix, and passes it on', () => {
  check(
    (app) =>
      workflow(app, [1, 'x', [2, 3], { a: 1 }, null], (flow) =>
        flow.logger().withName('plain').logger('got ').withName('marked'),
      ),
    {
      log: [
        'workflows/w/plain - 1',
        'workflows/w/plain - x',
        'workflows/w/plain - 2,3',
        'workflows/w/plain - {a: 1}',
        'workflows/w/plain - null',
        'workflows/w/marked - got 1',
        'workflows/w/marked - got x',
        'workflows/w/marked - got 2,3',
        'workflows/w/marked - got {a: 1}',
        'workflows/w/marked - got null',
      ],
      streams: { 'workflows/w': "[1 'x' (2) [2, 3] {a: 1} null] seal" },
    },
  );
});

test('a logger logs what has no text of its own', () => {
  const bare = Object.create(null);
  check((app) => workflow(app, [bare, Symbol('s')], (flow) => flow.logger().logger('got ')), {
    messages: ['{}', 'Symbol(s)', 'got {}', 'got Symbol(s)'],
  });
});

test('the handler is made again for each event', () => {
  check(
    (app) =>
      workflow(app, [[1, 2], [3]], (flow) =>
        flow.map(() => {
          let seen = 0;
          return (x) => [x, ++seen];
        }),
      ),
    { streams: { 'workflows/w': '[(2) [1, 1] (2) [2, 1]] [(2) [3, 1]] seal' } },
  );
});

test('what a handler prints is part of its atom', () => {
  check(
    (app, { environment }) =>
      workflow(app, [[1], [2]], (flow) =>
        flow.map(() => (x) => {
          environment.print(`saw ${x}`, 'stdout');
          return x;
        }),
      ),
    { output: ['saw 1', 'saw 2'] },
  );
});
