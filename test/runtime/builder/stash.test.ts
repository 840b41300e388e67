import { test } from 'node:test';
import type { Builder, Context, Flow, PortalsJS, Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { workflow } from '../run-program.ts';

/** A handler that puts numbers aside until it gets 'open', and emits how many are aside. */
const untilOpen = (stash: Value) => (ctx: Context) => (x: Value) => {
  if (ctx.state.get('open') === true) {
    ctx.emit(x);
  } else if (x === 'open') {
    ctx.state.set('open', true);
    stash.unstashAll();
    ctx.emit(`then ${stash.size()}`);
  } else {
    stash.stash(x);
    ctx.emit(`${stash.size()} kept`);
  }
};

const CASES: readonly (readonly [
  title: string,
  atoms: Value[],
  build: (flow: Flow, app: Builder, api: PortalsJS) => Flow,
  output: string,
])[] = [
  [
    'events put aside are handled again in order',
    [[1, 2], [3], ['open', 4]],
    (f) => f.key(() => 0).stash(untilOpen),
    "['1 kept' '2 kept'] ['3 kept'] [1 2 3 'then 0' 4] seal",
  ],
  [
    'each key has events aside of its own',
    [[{ k: 1 }, { k: 2 }], [{ k: 1, x: 'open' }]],
    (f) =>
      f
        .key(({ k }) => k)
        .map(
          () =>
            ({ k, x }) =>
              x ?? k,
        )
        .stash(untilOpen),
    "['1 kept' '1 kept'] [1 'then 0'] seal",
  ],
  [
    'an event may be put aside again',
    [
      [1, 2],
      ['all', 'all'],
    ],
    (f, app) =>
      f
        .key(() => 0)
        .task(
          app.tasks.stash((stash: Value) => (ctx: Context) => (x: Value) => {
            if (x === 'all') stash.unstashAll();
            else stash.stash(x);
            ctx.emit(`${x}: ${stash.size()}`);
          }),
        ),
    "['1: 1' '2: 2'] ['1: 1' '2: 2' 'all: 2' '1: 1' '2: 2' 'all: 2'] seal",
  ],
  [
    'in a virtual state machine the next behaviour handles what was put aside',
    [[1, 'open', 2]],
    (f, app, { Stash }) => {
      const open = app.tasks.map(() => (x) => `open ${x}`);
      const closed = app.tasks.processor((ctx) => (x) => {
        if (x !== 'open') return Stash(ctx).stash(x);
        Stash(ctx).unstashAll();
        return open;
      });
      return f.key(() => 0).vsm(closed);
    },
    "['open 1' 'open 2'] seal",
  ],
  [
    'what is handled again goes through all of a chained task once',
    [[1, 'open']],
    (f, app) =>
      f
        .key(() => 0)
        .stash(untilOpen)
        .withAndThen(app.tasks.map(() => (x) => `<${x}>`)),
    "['<1 kept>' '<then 0>' '<1>'] seal",
  ],
];

for (const [title, atoms, build, output] of CASES) {
  test(title, () => {
    check(
      (app, { PortalsJS }) => {
        workflow(app, atoms, (flow) => build(flow, app, PortalsJS));
      },
      { streams: { 'workflows/w': output } },
    );
  });
}

test('an asker puts events aside while it waits, and takes them up in the continuation', () => {
  check(
    (app, { PortalsJS: { Stash, PerKeyState } }) => {
      const portal = app.portal('p');
      const replying = (f: Flow) =>
        f.replier(
          portal,
          () => () => {},
          (ctx) => (x) => ctx.reply(x * 10),
        );
      workflow(app, [], replying, 'replier');
      const asking = (f: Flow) =>
        f
          .key(() => 0)
          .asker(portal, (ctx) => (x) => {
            const waiting = PerKeyState('waiting', false, ctx);
            if (waiting.get()) return Stash(ctx).stash(x);
            waiting.set(true);
            const reply = ctx.ask(portal, x);
            ctx.await(reply, (ctx) => {
              ctx.emit(reply.value(ctx));
              waiting.set(false);
              Stash(ctx).unstashAll();
            });
          });
      workflow(app, [[1, 2, 3]], asking);
    },
    {
      streams: { 'workflows/w': '[] [10] [20] [30] seal' },
      pending: [],
      state: ['workflows/w/$3 waiting[0] = false'],
    },
  );
});
