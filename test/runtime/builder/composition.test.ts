import { test } from 'node:test';
import type { Builder, Flow, PortalsJS, Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { workflow } from '../run-program.ts';

const map = (app: Builder, f: (x: Value) => Value) => app.tasks.map(() => f);
const FOUR_ATOMS = [[1], [1], [1], [1]];

/** A flow over atoms, and the output stream of its workflow. */
const COMPOSED: readonly (readonly [
  title: string,
  atoms: Value[],
  build: (flow: Flow, app: Builder, PortalsJS: PortalsJS) => Flow,
  output: string,
])[] = [
  [
    'withStep alternates the behaviours, atom by atom',
    FOUR_ATOMS,
    (f, app) => f.map(() => (x) => x + 1).withStep(map(app, (x) => x * 100)),
    '[2] [100] [2] [100] seal',
  ],
  [
    'withStep may be repeated',
    FOUR_ATOMS,
    (f, app) =>
      f
        .map(() => () => 'a')
        .withStep(map(app, () => 'b'))
        .withStep(map(app, () => 'c')),
    "['a'] ['b'] ['c'] ['a'] seal",
  ],
  [
    'a step lasts for a whole atom',
    [
      [1, 2],
      [3, 4],
    ],
    (f, app) => f.map(() => (x) => x).withStep(map(app, (x) => -x)),
    '[1 2] [-3 -4] seal',
  ],
  [
    'an empty atom counts as a step',
    [[1], [], [1]],
    (f, app) => f.map(() => () => 'a').withStep(map(app, () => 'b')),
    "['a'] [] ['a'] seal",
  ],
  [
    'withLoop puts another behaviour in force for the next atoms',
    [...FOUR_ATOMS, [1]],
    (f, app) =>
      f
        .map(() => () => 'a')
        .withLoop(
          2,
          map(app, () => 'b'),
        ),
    "['a'] ['b'] ['b'] ['a'] ['b'] seal",
  ],
  [
    'a step keeps stepping when it gets a marker handler',
    FOUR_ATOMS,
    (f, app) =>
      f
        .map(() => () => 'a')
        .withStep(map(app, () => 'b'))
        .withOnAtomComplete((ctx) => ctx.emit('|')),
    "['a' '|'] ['b' '|'] ['a' '|'] ['b' '|'] seal",
  ],
  [
    'a step keeps stepping when all tasks get a marker handler',
    FOUR_ATOMS,
    (f, app) =>
      f
        .map(() => () => 'a')
        .withStep(map(app, () => 'b'))
        .allWithOnAtomComplete((ctx) => ctx.emit('|')),
    "['a' '|'] ['b' '|'] ['a' '|'] ['b' '|'] seal",
  ],
  [
    'a step may be wrapped, and step on',
    FOUR_ATOMS,
    (f, app) =>
      f
        .map(() => () => 'a')
        .withStep(map(app, () => 'b'))
        .withWrapper((ctx) => (wrapped) => (x) => {
          ctx.emit('(');
          wrapped(ctx)(x);
        }),
    "['(' 'a'] ['(' 'b'] ['(' 'a'] ['(' 'b'] seal",
  ],
  [
    'a wrapped step may be the first of further steps',
    [...FOUR_ATOMS, ...FOUR_ATOMS],
    (f, app) =>
      f
        .map(() => () => 'a')
        .withStep(map(app, () => 'b'))
        .withWrapper((ctx) => (wrapped) => wrapped(ctx))
        .withStep(map(app, () => 'c')),
    "['a'] ['c'] ['b'] ['c'] ['a'] ['c'] ['b'] ['c'] seal",
  ],
  [
    'withAndThen hands what the first task emits to the second',
    [1, 2],
    (f, app) => f.flatMap(() => (x) => [x, x * 10]).withAndThen(map(app, (x) => x + 1)),
    '[2 11 3 21] seal',
  ],
  [
    'withAndThen may be repeated, and drop events',
    [1, 2, 3],
    (f, app) =>
      f
        .map(() => (x) => x + 1)
        .withAndThen(app.tasks.filter((x) => x !== 3))
        .withAndThen(app.tasks.processor((ctx) => (x) => ctx.emit(x * 10))),
    '[20 40] seal',
  ],
  [
    'withAndThen shares the state of one task',
    [1, 2],
    (f, app, PortalsJS) =>
      f
        .processor((ctx) => (x) => {
          PortalsJS.PerTaskState('last', 0, ctx).set(x);
          ctx.emit(x);
        })
        .withAndThen(
          app.tasks.map((ctx) => (x) => x * 10 + PortalsJS.PerTaskState('last', 0, ctx).get()),
        ),
    '[11 22] seal',
  ],
  [
    'withAndThen takes what markers emit, too',
    [1],
    (f, app) =>
      f
        .identity()
        .withOnAtomComplete((ctx) => ctx.emit(5))
        .withOnComplete((ctx) => ctx.emit(7))
        .withAndThen(map(app, (x) => -x)),
    '[-1 -5] [-7] seal',
  ],
  [
    'a wrapper decides whether and how the handler runs',
    [1, 2, 3],
    (f) =>
      f
        .map(() => (x) => x * 10)
        .withWrapper((ctx) => (wrapped) => (x) => {
          if (x === 2) return;
          wrapped(ctx)(x);
          wrapped(ctx)(x + 1);
        }),
    '[10 20 30 40] seal',
  ],
  [
    'a wrapped task emits as its kind does',
    [1, 2],
    (f) =>
      f
        .flatMap(() => (x) => [x, -x])
        .withWrapper((ctx) => (wrapped) => (x) => wrapped(ctx)(x))
        .filter((x) => x !== -1)
        .withWrapper((ctx) => (wrapped) => (x) => wrapped(ctx)(x)),
    '[1 2 -2] seal',
  ],
  [
    'the latest wrapper is the outermost',
    [1],
    (f) => {
      const around = (name: string) => (ctx: Value) => (wrapped: Value) => (x: Value) => {
        ctx.emit(`<${name}`);
        wrapped(ctx)(x);
        ctx.emit(`${name}>`);
      };
      return f.identity().withWrapper(around('in')).withWrapper(around('out'));
    },
    "['<out' '<in' 1 'in>' 'out>'] seal",
  ],
  [
    'allWithWrapper wraps every task so far',
    [1],
    (f) =>
      f
        .map(() => (x) => x + 1)
        .map(() => (x) => x + 1)
        .allWithWrapper((ctx) => (wrapped) => (x) => wrapped(ctx)(x * 10))
        .map(() => (x) => x + 1),
    '[112] seal',
  ],
  [
    'a vsm starts with its default task and continues with what a handler returns',
    [1, 2, 3, 4],
    (f, app) => {
      const even: Value = app.tasks.processor((ctx) => (x) => {
        ctx.emit(`even ${x}`);
        return odd;
      });
      const odd: Value = app.tasks.processor((ctx) => (x) => {
        ctx.emit(`odd ${x}`);
        return even;
      });
      return f.key(() => 0).vsm(odd);
    },
    "['odd 1' 'even 2' 'odd 3' 'even 4'] seal",
  ],
  [
    'a vsm continues with what the first of two chained tasks returns',
    [1, 2, 3],
    (f, app) => {
      const one: Value = app.tasks
        .processor((ctx) => (x) => {
          ctx.emit(x);
          return two;
        })
        .withAndThen(map(app, (x) => `one ${x}`));
      const two: Value = app.tasks.processor((ctx) => (x) => {
        ctx.emit(`two ${x}`);
        return one;
      });
      return f.key(() => 0).vsm(one);
    },
    "['one 1' 'two 2' 'one 3'] seal",
  ],
  [
    'a vsm that returns nothing stays as it is',
    [1, 2, 3],
    (f, app) => {
      const on = app.tasks.processor((ctx) => (x) => ctx.emit(`on ${x}`));
      const off = app.tasks.processor(() => (x) => (x === 2 ? on : undefined));
      return f.key(() => 0).vsm(off);
    },
    "['on 3'] seal",
  ],
  [
    'a vsm has a behaviour for each key',
    ['a', 'b', 'a', 'b', 'a'],
    (f, app) => {
      const later = app.tasks.processor((ctx) => (x) => ctx.emit(`${x} again`));
      const first = app.tasks.processor((ctx) => (x) => {
        ctx.emit(`${x} first`);
        return later;
      });
      return f.vsm(first);
    },
    "['a first' 'b first' 'a again' 'b again' 'a again'] seal",
  ],
  [
    'a key task re-keys what withAndThen takes',
    [1, 2],
    (f, app) => f.key((x) => x + 10).withAndThen(app.tasks.map(() => (x) => x * 2)),
    '[2 4] seal',
  ],
];

for (const [title, atoms, build, output] of COMPOSED) {
  test(title, () => {
    check((app, { PortalsJS }) => workflow(app, atoms, (flow) => build(flow, app, PortalsJS)), {
      streams: { 'workflows/w': output },
    });
  });
}

test('what follows a key task within withAndThen has the new key', () => {
  check(
    (app) =>
      workflow(app, [1, 2], (f) =>
        f
          .key((x) => x + 10)
          .withAndThen(app.tasks.map(() => (x) => x * 2))
          .withAndThen(app.tasks.key((x) => x * 100))
          .withAndThen(app.tasks.identity()),
      ),
    { keys: { 'workflows/w': '[200 400] seal' } },
  );
});

test('init makes the task once, before its first event', () => {
  check(
    (app, { PortalsJS }) =>
      workflow(app, [[1, 2], [3]], (flow) =>
        flow
          .init((ctx) => {
            ctx.log.info('made');
            PortalsJS.PerTaskState('offset', 0, ctx).set(10);
            return app.tasks.map(
              (ctx) => (x) => x + PortalsJS.PerTaskState('offset', 0, ctx).get(),
            );
          })
          .logger(),
      ),
    { messages: ['made', '11', '12', '13'], streams: { 'workflows/w': '[11 12] [13] seal' } },
  );
});

test('init makes the task for each task once, however often the factory is used', () => {
  check(
    (app) => {
      const factory = (ctx: Value) => {
        ctx.log.info('made');
        return app.tasks.identity();
      };
      workflow(app, [[1], [2]], (flow) =>
        flow.init(factory).withName('a').init(factory).withName('b'),
      );
    },
    { log: ['workflows/w/a - made', 'workflows/w/b - made'] },
  );
});
