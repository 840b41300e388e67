import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Builder, Context, Flow, Handler, Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { run, workflow } from '../run-program.ts';

const CASES: readonly (readonly [
  title: string,
  atoms: Value[],
  build: (flow: Flow, app: Builder) => Flow,
  output: string,
])[] = [
  ['nothing lets no event pass, but atoms', [[1, 2], [3]], (f) => f.nothing(), '[] [] seal'],
  [
    'empty is the start of a union',
    [[1, 2]],
    (f) => [f.map(() => (x) => x), f.map(() => (x) => -x)].reduce((a, b) => a.union(b), f.empty()),
    '[1 2 -1 -2] seal',
  ],
  [
    'sample lets every n-th event pass, over atoms and keys',
    [
      [1, 2, 3],
      [4, 5],
      [6, 7],
    ],
    (f) => f.sample(3),
    '[3] [] [6] seal',
  ],
  ['sample may let every event pass', [[1, 2]], (f) => f.sample(1), '[1 2] seal'],
  [
    'consume ends the events of a branch',
    [[1, 2]],
    (f) => f.union(f.consume((ctx) => (x) => ctx.log.info(x))),
    '[1 2] seal',
  ],
  [
    'tasks are refined as flows are',
    [[1], [2], [3]],
    (f, app) => {
      const { tasks } = app;
      const doubled = tasks.map(() => (x) => x * 2).withAndThen(tasks.map(() => (x) => `${x}!`));
      const counted = tasks
        .identity()
        .withWrapper((ctx: Context) => (wrapped: Handler) => (x: Value) => {
          ctx.emit('in');
          wrapped(ctx)(x);
        })
        .withOnAtomComplete((ctx: Value) => ctx.emit('end'));
      return f.task(doubled.withStep(counted));
    },
    "['2!'] ['in' 2 'end'] ['6!'] seal",
  ],
  [
    'a task that is refined stays as it was',
    [[1]],
    (f, app) => {
      const plain = app.tasks.identity();
      plain.withOnNext((ctx: Value) => () => ctx.emit('other'));
      return f.task(plain);
    },
    '[1] seal',
  ],
  [
    'a task may loop, and have its own errors and end',
    [[1], [2], [3]],
    (f, app) => {
      const { tasks } = app;
      const end = tasks.map(() => () => 'b').withOnComplete((ctx: Value) => ctx.emit('never'));
      const task = tasks.map(() => () => 'a').withLoop(2, end);
      return f.task(
        task.withOnComplete((ctx: Value) => ctx.emit('sealed')).withOnError(() => () => {}),
      );
    },
    "['a'] ['b'] ['b'] ['sealed'] seal",
  ],
];

for (const [title, atoms, build, output] of CASES) {
  test(title, () => {
    check(
      (app) => {
        workflow(app, atoms, (flow) => build(flow, app));
      },
      { streams: { 'workflows/w': output } },
    );
  });
}

test('a chained task gets what the first one emits in continuations and for requests', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      const twice = app.tasks.flatMap(() => (x) => [x, x]);
      workflow(
        app,
        [],
        (f) =>
          f
            .replier(
              portal,
              () => () => {},
              (ctx) => (x) => {
                ctx.emit(x);
                ctx.reply(-x);
              },
            )
            .withAndThen(twice),
        'replier',
      );
      workflow(app, [[1]], (f) =>
        f
          .asker(portal, (ctx) => (x) => {
            const reply = ctx.ask(portal, x);
            ctx.await(reply, (ctx) => {
              ctx.emit(reply.value(ctx));
              const again = ctx.ask(portal, 7);
              ctx.await(again, (ctx) => ctx.emit(again.value(ctx)));
            });
          })
          .withAndThen(twice)
          .withAndThen(app.tasks.map(() => (x) => `<${x}>`)),
      );
    },
    {
      streams: {
        'workflows/replier': '[1 1] [7 7] seal',
        'workflows/w': "[] ['<-1>' '<-1>'] ['<-7>' '<-7>'] seal",
      },
    },
  );
});

test('throttle cuts an iterator into atoms of so many events', () => {
  check(
    (app) => {
      app.generatorsWithName('g').throttle([1, 2, 3, 4, 5], 2, [9, 8, 7, 6, 5]);
    },
    {
      streams: { 'generators/g': '[1 2] [3 4] [5] seal' },
      keys: { 'generators/g': '[9 8] [7 6] [5] seal' },
    },
  );
});

for (const [what, wrong] of [
  ['sample', (app: Builder) => app.workflows.source(app.generators.empty().stream).sample(0)],
  ['throttle', (app: Builder) => app.generators.throttle([1], 1.5)],
  ['withLoop', (app: Builder) => app.tasks.identity().withLoop(0, app.tasks.identity())],
  ['stash', (app: Builder) => app.tasks.stash(undefined as Value)],
] as const) {
  test(`${what} says what it expects`, () => {
    assert.throws(() => run((app) => wrong(app)), {
      code: 'PORTALS_WRONG_KIND',
      message: new RegExp(`^${what} expects `),
    });
  });
}
