import { test } from 'node:test';
import type { Builder, Context, Flow, PortalsJS, Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { workflow } from '../run-program.ts';

/** What an asking handler does with a portal that doubles, and what its workflow emits. */
const ASKING: readonly (readonly [
  title: string,
  events: Value[],
  handler: (portal: Value, PortalsJS: PortalsJS) => (ctx: Context) => (x: Value) => Value,
  output: string,
])[] = [
  [
    'a continuation keeps what it captured',
    [1, 2],
    (portal) => (ctx) => (x) => {
      const future = ctx.ask(portal, x);
      ctx.await(future, (ctx) => ctx.emit(`${x} → ${future.value(ctx)}`));
    },
    "[] ['1 → 2' '2 → 4'] seal",
  ],
  [
    'a continuation may ask and await again, to any depth',
    [1],
    (portal) => (ctx) => (x) => {
      const first = ctx.ask(portal, x);
      ctx.await(first, (ctx) => {
        const second = ctx.ask(portal, first.value(ctx));
        ctx.await(second, (ctx) => {
          const third = ctx.ask(portal, second.value(ctx));
          ctx.await(third, (ctx) =>
            ctx.emit([first.value(ctx), second.value(ctx), third.value(ctx)]),
          );
        });
      });
    },
    '[] [] [] [(3) [2, 4, 8]] seal',
  ],
  [
    'two asks of one event each have their continuation',
    [1],
    (portal) => (ctx) => (x) => {
      for (const factor of [10, 1]) {
        const future = ctx.ask(portal, x * factor);
        ctx.await(future, (ctx) => ctx.emit(future.value(ctx)));
      }
    },
    '[] [20 2] seal',
  ],
  [
    'two awaits of one future both run, in their order',
    [1],
    (portal) => (ctx) => (x) => {
      const future = ctx.ask(portal, x);
      ctx.await(future, (ctx) => ctx.emit(['first', future.value(ctx)]));
      ctx.await(future, (ctx) => ctx.emit(['second', future.value(ctx)]));
    },
    "[] [(2) ['first', 2] (2) ['second', 2]] seal",
  ],
  [
    'replies come one after the other: a continuation may await one that comes later',
    [1],
    (portal) => (ctx) => (x) => {
      const one = ctx.ask(portal, x);
      const two = ctx.ask(portal, x + 1);
      ctx.await(one, (ctx) => {
        ctx.await(two, (ctx) => ctx.emit(one.value(ctx) + two.value(ctx)));
      });
    },
    '[] [6] seal',
  ],
  [
    'awaitAll runs when all replies have come',
    [1],
    (portal) => (ctx) => (x) => {
      const futures = [1, 2, 3].map((factor) => ctx.ask(portal, x * factor));
      ctx.awaitAll(futures, (ctx) => ctx.emit(futures.map((future) => future.value(ctx))));
    },
    '[] [(3) [2, 4, 6]] seal',
  ],
  [
    'awaitAll may await one future twice, or with others that are awaited too',
    [1],
    (portal) => (ctx) => (x) => {
      const one = ctx.ask(portal, x);
      const two = ctx.ask(portal, x + 1);
      ctx.awaitAll([one, one, two], (ctx) => ctx.emit(['all', one.value(ctx), two.value(ctx)]));
      ctx.await(one, (ctx) => ctx.emit(['one', one.value(ctx)]));
    },
    "[] [(2) ['one', 2] (3) ['all', 2, 4]] seal",
  ],
  [
    'awaitAll of nothing runs at once',
    [1],
    (_portal) => (ctx) => () => ctx.awaitAll([], (ctx) => ctx.emit('nothing')),
    "['nothing'] seal",
  ],
  [
    'a continuation may await what has been answered already',
    [1],
    (portal) => (ctx) => (x) => {
      const one = ctx.ask(portal, x);
      ctx.await(one, (ctx) => {
        const two = ctx.ask(portal, one.value(ctx));
        ctx.awaitAll([one, two], (ctx) => ctx.emit([one.value(ctx), two.value(ctx)]));
      });
    },
    '[] [] [(2) [2, 4]] seal',
  ],
  [
    "a continuation runs under the key of the asking event, among the task's other events",
    ['a', 'b'],
    (portal, PortalsJS) => (ctx) => (x) => {
      const future = ctx.ask(portal, 1);
      PortalsJS.PerKeyState('asked', '', ctx).set(x);
      ctx.await(future, (ctx) => ctx.emit(PortalsJS.PerKeyState('asked', '', ctx).get()));
    },
    "[] ['a' 'b'] seal",
  ],
  [
    "a future kept in state is awaited under the asker's key",
    ['asks', 'awaits'],
    (portal, PortalsJS) => (ctx) => (x) => {
      const kept = PortalsJS.PerTaskState('future', undefined, ctx);
      PortalsJS.PerKeyState('me', '', ctx).set(x);
      if (x === 'asks') return kept.set(ctx.ask(portal, 1));
      const future = kept.get();
      ctx.await(future, (ctx) =>
        ctx.emit([PortalsJS.PerKeyState('me', '', ctx).get(), future.value(ctx)]),
      );
    },
    "[] [(2) ['asks', 2]] seal",
  ],
  [
    'an ask without an await sends its request; the reply is dropped',
    [1],
    (portal) => (ctx) => (x) => void ctx.ask(portal, x),
    '[] seal',
  ],
];

for (const [title, events, handler, output] of ASKING) {
  test(title, () => {
    check(
      (app, { PortalsJS }) => {
        const portal = app.portal('p');
        answering(app, portal, (ctx: Context) => (x: Value) => ctx.reply(x * 2));
        workflow(app, events, (flow) => flow.asker(portal, handler(portal, PortalsJS)));
      },
      { streams: { 'workflows/w': output }, pending: [] },
    );
  });
}

function answering(app: Builder, portal: Value, onRequest: Value, ask?: Value): void {
  const nothing = () => () => {};
  const build = (flow: Flow) =>
    ask === undefined
      ? flow.replier(portal, nothing, onRequest)
      : flow.askerreplier(ask, portal, nothing, onRequest);
  workflow(app, [], (flow) => build(flow).withName('replier'), portal.path.replace(/.*\//, ''));
}

/** A workflow that emits the replies to 1 and 2. */
function asking(app: Builder, portal: Value): void {
  workflow(app, [1, 2], (flow) =>
    flow
      .asker(portal, (ctx) => (x) => {
        const future = ctx.ask(portal, x);
        ctx.await(future, (ctx) => ctx.emit(future.value(ctx)));
      })
      .withName('asker'),
  );
}

test('reply within a continuation answers the original request, however deep it is', () => {
  check(
    (app) => {
      const [front, back] = [app.portal('front'), app.portal('back')];
      answering(app, back, (ctx: Context) => (x: Value) => ctx.reply(x * 10));
      answering(
        app,
        front,
        (ctx: Context) => (x: Value) => {
          const one = ctx.ask(back, x);
          ctx.await(one, (ctx) => {
            const two = ctx.ask(back, one.value(ctx));
            ctx.await(two, (ctx) => ctx.reply([x, one.value(ctx), two.value(ctx)]));
          });
        },
        back,
      );
      asking(app, front);
    },
    { streams: { 'workflows/w': '[] [(3) [1, 10, 100] (3) [2, 20, 200]] seal' }, pending: [] },
  );
});

test('a request may be answered later, in the continuation of another event', () => {
  check(
    (app, { PortalsJS }) => {
      const [front, back] = [app.portal('front'), app.portal('back')];
      answering(app, back, (ctx: Context) => (x: Value) => ctx.reply(x));
      answering(
        app,
        front,
        (ctx: Context) => (x: Value) => {
          // The first request is answered at once, the second after a detour.
          const count = PortalsJS.PerTaskState('count', 0, ctx);
          count.set(count.get() + 1);
          if (count.get() === 1) return ctx.reply(`at once ${x}`);
          const future = ctx.ask(back, x);
          ctx.await(future, (ctx) => ctx.reply(`later ${future.value(ctx)}`));
        },
        back,
      );
      asking(app, front);
    },
    { streams: { 'workflows/w': "[] ['at once 1'] ['later 2'] seal" }, pending: [] },
  );
});

test('of several replies to one request the first counts', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      answering(app, portal, (ctx: Context) => (x: Value) => {
        ctx.reply(x);
        ctx.reply(-x);
      });
      asking(app, portal);
    },
    { streams: { 'workflows/w': '[] [1 2] seal' } },
  );
});

test('what is never answered stays pending, for the user to see', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      answering(app, portal, (ctx: Context) => (x: Value) => {
        if (x === 1) ctx.reply(x);
      });
      asking(app, portal);
    },
    {
      streams: { 'workflows/w': '[] [1] seal' },
      pending: ['workflows/w/asker[2] asks portals/p: 2'],
    },
  );
});

test('a continuation is removed once it has run', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      answering(app, portal, (ctx: Context) => (x: Value) => ctx.reply(x));
      asking(app, portal);
    },
    { pending: [], streams: { 'workflows/w': '[] [1 2] seal' } },
  );
});

test('continuations run in order of the replies, and what they emit flows on as an atom', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      answering(app, portal, (ctx: Context) => (x: Value) => ctx.reply(x));
      workflow(app, [3, 1, 2], (flow) =>
        flow
          .asker(portal, (ctx) => (x) => {
            const future = ctx.ask(portal, x);
            ctx.await(future, (ctx) => ctx.emit(future.value(ctx)));
          })
          .map(() => (x) => x * 10)
          .withOnAtomComplete((ctx) => ctx.emit('|')),
      );
    },
    { streams: { 'workflows/w': "['|'] [30 10 20 '|'] seal" } },
  );
});

test('replies of two portals in one atom resume only what waits for them', () => {
  check(
    (app) => {
      const [p, q] = [app.portal('p'), app.portal('q')];
      answering(app, p, (ctx: Context) => (x: Value) => ctx.reply(`p${x}`));
      answering(app, q, (ctx: Context) => (x: Value) => ctx.reply(`q${x}`));
      workflow(app, [1], (flow) =>
        flow.asker([p, q], (ctx) => (x) => {
          const [one, two] = [ctx.ask(p, x), ctx.ask(q, x)];
          ctx.awaitAll([one, two], (ctx) => ctx.emit(one.value(ctx) + two.value(ctx)));
          ctx.await(two, (ctx) => ctx.emit(two.value(ctx)));
        }),
      );
    },
    { streams: { 'workflows/w': "[] [] ['p1q1' 'q1'] seal" }, pending: [] },
  );
});
