import { test } from 'node:test';
import type { Builder, Context, Flow, PortalsJS, Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { workflow } from '../run-program.ts';

/** A flow over events, and the keys of its output. */
const KEYS: readonly (readonly [
  title: string,
  events: Value[],
  build: (flow: Flow, app: Builder) => Flow,
  keys: string,
])[] = [
  ['a whole number is its own key', [3, -4, 0], (f) => f, '[3 -4 0] seal'],
  ['an event keeps its key through map', [1, 2], (f) => f.map(() => (x) => x * 100), '[1 2] seal'],
  ['… through flatMap', [2, 3], (f) => f.flatMap(() => (x) => [x, x * x]), '[2 2 3 3] seal'],
  ['… through filter', [1, 2, 3], (f) => f.filter((x) => x !== 2), '[1 3] seal'],
  ['… through identity', [1, 2], (f) => f.identity(), '[1 2] seal'],
  ['… through a processor', [1, 2], (f) => f.processor((c) => (x) => c.emit(x + 7)), '[1 2] seal'],
  ['key re-keys what follows', [1, 2, 3], (f) => f.key((x) => x % 2), '[1 0 1] seal'],
  [
    '… through later tasks',
    [1, 2],
    (f) => f.key((x) => x * 10).map(() => (x) => x + 1),
    '[10 20] seal',
  ],
  ['the latest key counts', [1], (f) => f.key((x) => x * 10).key((x) => x * 100), '[100] seal'],
  ['a key may be a text', ['ab'], (f) => f.key((x) => x), "['ab'] seal"],
  ['a key may be a bigint', [1], (f) => f.key(() => 2n ** 63n), '[9223372036854775808n] seal'],
  [
    'forks keep their own keys',
    [1],
    (f) => f.key(() => 'a').union([f.key(() => 'b'), f]),
    "['a' 'b' 1] seal",
  ],
  [
    'tasks.key re-keys as well',
    [1, 2],
    (f, app) => f.task(app.tasks.key((x) => -x)),
    '[-1 -2] seal',
  ],
];

for (const [title, events, build, keys] of KEYS) {
  test(title, () => {
    check((app) => workflow(app, events, (flow) => build(flow, app)), {
      keys: { 'workflows/w': keys },
    });
  });
}

/** A handler with its state, the atoms it handles, what it emits and what is kept. */
const STATES: readonly (readonly [
  title: string,
  atoms: Value[],
  handler: (PortalsJS: PortalsJS) => (ctx: Context) => (x: Value) => Value,
  output: string,
  state: string[],
])[] = [
  [
    'PerKeyState is kept for each key, across atoms',
    [['a', 'b'], ['a']],
    (P) => (ctx) => (x) => {
      const count = P.PerKeyState('count', 0, ctx);
      count.set(count.get() + 1);
      ctx.emit(x + count.get());
    },
    "['a1' 'b1'] ['a2'] seal",
    ['workflows/w/t count[97] = 2', 'workflows/w/t count[98] = 1'],
  ],
  [
    'PerTaskState is kept for the task, whatever the key',
    [['a', 'b'], ['a']],
    (P) => (ctx) => (x) => {
      const count = P.PerTaskState('count', 0, ctx);
      count.set(count.get() + 1);
      ctx.emit(x + count.get());
    },
    "['a1' 'b2'] ['a3'] seal",
    ['workflows/w/t count = 3'],
  ],
  [
    'del goes back to the initial value',
    [1, 1, 1],
    (P) => (ctx) => () => {
      const count = P.PerKeyState('count', 5, ctx);
      ctx.emit(count.get());
      if (count.get() === 6) count.del();
      else count.set(count.get() + 1);
    },
    '[5 6 5] seal',
    ['workflows/w/t count[1] = 6'],
  ],
  [
    'reading alone keeps nothing',
    [1],
    (P) => (ctx) => () => ctx.emit(P.PerKeyState('s', [0], ctx).get()),
    '[[0]] seal',
    [],
  ],
  [
    'two states of one name in one task are the same state',
    [1],
    (P) => (ctx) => () => {
      P.PerKeyState('s', 1, ctx).set(7);
      ctx.emit(P.PerKeyState('s', 2, ctx).get());
    },
    '[7] seal',
    ['workflows/w/t s[1] = 7'],
  ],
  [
    'a state per key and one per task of the same name are two',
    [1],
    (P) => (ctx) => () => {
      P.PerKeyState('s', 0, ctx).set('key');
      P.PerTaskState('s', 0, ctx).set('task');
    },
    '[] seal',
    ["workflows/w/t s[1] = 'key'", "workflows/w/t s = 'task'"],
  ],
  [
    'ctx.state is kept per key',
    ['a', 'b', 'a'],
    () => (ctx) => (x) => {
      ctx.emit(ctx.state.get('seen'));
      if (ctx.state.get('seen') === undefined) ctx.state.set('seen', x);
      else ctx.state.del('seen');
    },
    "[undefined undefined 'a'] seal",
    ["workflows/w/t seen[98] = 'b'"],
  ],
  [
    'undefined and null are values, too',
    [[1], [1]],
    (P) => (ctx) => () => {
      const state = P.PerKeyState('s', 'initial', ctx);
      ctx.emit(state.get());
      state.set(undefined);
      P.PerKeyState('n', 'initial', ctx).set(null);
    },
    "['initial'] [undefined] seal",
    ['workflows/w/t n[1] = null', 'workflows/w/t s[1] = undefined'],
  ],
  [
    'an object may be changed in place; the change is kept',
    [[1, 1], [1]],
    (P) => (ctx) => (x) => {
      const list = P.PerKeyState('list', [], ctx).get();
      list.push(x);
      ctx.emit(list.length);
    },
    '[1 2] [3] seal',
    ['workflows/w/t list[1] = (3) [1, 1, 1]'],
  ],
  [
    'an object may be taken out after it was read',
    [[1], [1], [1]],
    (P) => (ctx) => () => {
      const list = P.PerKeyState('list', [], ctx);
      ctx.emit(list.get().length);
      if (list.get().length > 0) list.del();
      else list.set(['x']);
    },
    '[0] [1] [0] seal',
    ["workflows/w/t list[1] = ['x']"],
  ],
  [
    'a part of an object may be changed in place, and after set',
    [[1], [1]],
    (P) => (ctx) => () => {
      const state = P.PerTaskState('tree', { leaf: { n: 0 } }, ctx);
      const tree = state.get();
      tree.leaf.n += 1;
      state.set(tree);
      tree.leaf.n += 1;
      ctx.emit(state.get().leaf.n);
    },
    '[2] [4] seal',
    ['workflows/w/t tree = {leaf: {n: 4}}'],
  ],
  [
    'the initial value is not shared between keys',
    [1, 2],
    (P) => {
      const initial: Value[] = [];
      return (ctx) => (x) => P.PerKeyState('list', initial, ctx).get().push(x);
    },
    '[] seal',
    ['workflows/w/t list[1] = [1]', 'workflows/w/t list[2] = [2]'],
  ],
  [
    'a task may have states of any number of names',
    [1],
    (P) => (ctx) => (x) => {
      for (const name of ['b', 'a', 'c']) P.PerKeyState(name, 0, ctx).set(x);
    },
    '[] seal',
    ['workflows/w/t a[1] = 1', 'workflows/w/t b[1] = 1', 'workflows/w/t c[1] = 1'],
  ],
];

for (const [title, atoms, handler, output, state] of STATES) {
  test(title, () => {
    check(
      (app, { PortalsJS }) =>
        workflow(app, atoms, (flow) => flow.processor(handler(PortalsJS)).withName('t')),
      { streams: { 'workflows/w': output }, state },
    );
  });
}

test('tasks do not share state', () => {
  const counting = (PortalsJS: PortalsJS) => (ctx: Context) => (x: Value) => {
    const count = PortalsJS.PerTaskState('count', 0, ctx);
    count.set(count.get() + x);
    return x;
  };
  check(
    (app, { PortalsJS }) =>
      workflow(app, [1, 2], (flow) =>
        flow.map(counting(PortalsJS)).withName('a').map(counting(PortalsJS)).withName('b'),
      ),
    { state: ['workflows/w/a count = 3', 'workflows/w/b count = 3'] },
  );
});

/** Keys that a state must distinguish, or must not. */
const STATE_KEYS: readonly (readonly [title: string, keys: Value[], entries: string[]])[] = [
  ['a bigint is not the number', [1, 1n, 1], ['1] = 2', '1n] = 1']],
  ['a text is not the number', [1, '1', 1], ['1] = 2', "'1'] = 1"]],
  ['NaN is one key', [NaN, NaN], ['NaN] = 2']],
  ['zero has one sign', [0, -0], ['0] = 2']],
  ['null and undefined are keys', [null, undefined, null], ['null] = 2', 'undefined] = 1']],
];

for (const [title, keys, entries] of STATE_KEYS) {
  test(`as a key of state, ${title}`, () => {
    check(
      (app, { PortalsJS }) =>
        workflow(app, [keys.map((_, at) => at)], (flow) =>
          flow
            .key((at) => keys[at])
            .processor((ctx) => () => {
              const count = PortalsJS.PerKeyState('n', 0, ctx);
              count.set(count.get() + 1);
            })
            .withName('t'),
        ),
      { state: entries.map((entry) => `workflows/w/t n[${entry}`) },
    );
  });
}

test('objects with equal contents are one key, in whatever order they were written', () => {
  check(
    (app, { PortalsJS }) => {
      const made = [
        { a: 1, b: [2] },
        { b: [2], a: 1 },
        { a: 1, b: [3] },
      ];
      const counting = (flow: Flow) =>
        flow.processor((ctx) => () => {
          const count = PortalsJS.PerKeyState('n', 0, ctx);
          count.set(count.get() + 1);
          ctx.emit(count.get());
        });
      // As the key of a generated event, as a key that is given, and as one that a task gives.
      workflow(app, [made], counting, 'hashed');
      const keyed = app.generators.fromArray([1, 2, 3], made);
      counting(app.workflowsWithName('given').source(keyed.stream)).sink().freeze();
      workflow(app, [made], (flow) => counting(flow.key((x) => ({ ...x }))), 'rekeyed');
    },
    {
      streams: {
        'workflows/hashed': '[1 2 1] seal',
        'workflows/given': '[1 2 1] seal',
        'workflows/rekeyed': '[1 2 1] seal',
      },
    },
  );
});
