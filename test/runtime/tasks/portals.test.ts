import { test } from 'node:test';
import { hashValue } from '../../../runtime/values/hash.ts';
import type { Builder, Handler, PortalsJS, Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { workflow } from '../run-program.ts';

/** `/app/workflows/NAME/replier`, which answers `portal` and has no other input. */
function answer(app: Builder, portal: Value, onRequest: Handler, name = 'replier'): void {
  workflow(
    app,
    [],
    (flow) => flow.replier(portal, () => () => {}, onRequest).withName('replier'),
    name,
  );
}

/** `/app/workflows/NAME/asker`, which emits the reply to each of its events. */
function ask(app: Builder, portal: Value, atoms: Value[], name = 'asker'): void {
  workflow(
    app,
    atoms,
    (flow) =>
      flow
        .asker(portal, (ctx) => (x) => {
          const future = ctx.ask(portal, x);
          ctx.await(future, (ctx) => ctx.emit(future.value(ctx)));
        })
        .withName('asker'),
    name,
  );
}

const double: Handler = (ctx) => (x) => ctx.reply(x * 2);

test('an asker gets the reply of the replier', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      answer(app, portal, double);
      ask(app, portal, [1, 2]);
    },
    {
      streams: { 'workflows/asker': '[] [2 4] seal' },
      batches: ['workflows/asker → portals/p: 2', 'portals/p → workflows/asker: 2'],
      pending: [],
    },
  );
});

test('the asks of an atom are one batch, sent when it commits', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      answer(app, portal, double);
      ask(app, portal, [[1, 2], [3], []]);
    },
    {
      batches: [
        'workflows/asker → portals/p: 2',
        'portals/p → workflows/asker: 2',
        'workflows/asker → portals/p: 1',
        'portals/p → workflows/asker: 1',
      ],
      streams: { 'workflows/asker': '[] [2 4] [] [6] [] seal' },
    },
  );
});

test('several workflows may ask one portal, which serves them in order of their asks', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      answer(app, portal, (ctx) => (x) => {
        ctx.log.info(x);
        ctx.reply(x);
      });
      ask(app, portal, ['a1', 'a2'], 'a');
      ask(app, portal, ['b1'], 'b');
    },
    {
      messages: ['a1', 'a2', 'b1'],
      streams: { 'workflows/a': "[] ['a1' 'a2'] seal", 'workflows/b': "[] ['b1'] seal" },
    },
  );
});

test('a workflow may ask several portals, given as a list', () => {
  check(
    (app) => {
      const [p, q] = [app.portal('p'), app.portal('q')];
      answer(app, p, (ctx) => (x) => ctx.reply(`p${x}`), 'one');
      answer(app, q, (ctx) => (x) => ctx.reply(`q${x}`), 'two');
      workflow(app, [1, 2, 3], (flow) =>
        flow.asker([p, q], (ctx) => (x) => {
          const future = ctx.ask(x === 2 ? q : p, x);
          ctx.await(future, (ctx) => ctx.emit(future.value(ctx)));
        }),
      );
    },
    {
      batches: [
        'workflows/w → portals/p: 2',
        'workflows/w → portals/q: 1',
        'portals/p → workflows/w: 2',
        'portals/q → workflows/w: 1',
      ],
      streams: { 'workflows/w': "[] ['p1' 'p3'] ['q2'] seal" },
    },
  );
});

test('a task may answer several portals, given as a list', () => {
  check(
    (app) => {
      const [p, q] = [app.portal('p'), app.portal('q')];
      answer(app, [p, q], double);
      ask(app, p, [1], 'a');
      ask(app, q, [2], 'b');
    },
    { streams: { 'workflows/a': '[] [2] seal', 'workflows/b': '[] [4] seal' } },
  );
});

/** The keys under which a request, its reply's continuation and what it emits are handled. */
const PORTAL_KEYS: readonly (readonly [
  title: string,
  keyOf: ((request: Value) => Value) | undefined,
  requestKeys: string[],
])[] = [
  ["without a key function, a request runs under the asking event's key", undefined, ['1', '2']],
  ['with a key function, a request runs under the key it gives', (x) => x.to, ["'x'", "'y'"]],
  [
    'a key may be an object',
    (x) => ({ to: x.to }),
    [{ to: 'x' }, { to: 'y' }].map((key) => String(hashValue(key))),
  ],
];

for (const [title, keyOf, requestKeys] of PORTAL_KEYS) {
  test(title, () => {
    const seen = (PortalsJS: PortalsJS) => (ctx: Value) =>
      PortalsJS.PerKeyState('seen', true, ctx).set(true);
    check(
      (app, { PortalsJS }) => {
        const portal = app.portal('p', keyOf);
        answer(app, portal, (ctx) => (x) => {
          seen(PortalsJS)(ctx);
          ctx.reply(x.to);
        });
        const source = app.generators.fromArray([{ to: 'x' }, { to: 'y' }], [1, 2]);
        app
          .workflowsWithName('asker')
          .source(source.stream)
          .asker(portal, (ctx) => (x) => {
            const future = ctx.ask(portal, x);
            ctx.await(future, (ctx) => {
              seen(PortalsJS)(ctx);
              ctx.emit(future.value(ctx));
            });
          })
          .withName('asker')
          .sink()
          .freeze();
      },
      {
        state: [
          ...requestKeys.map((key) => `workflows/replier/replier seen[${key}] = true`),
          'workflows/asker/asker seen[1] = true',
          'workflows/asker/asker seen[2] = true',
        ],
        keys: { 'workflows/asker': '[] [1 2] seal' },
      },
    );
  });
}

test('a replier handles its own events, and emits while it answers', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      workflow(
        app,
        ['own'],
        (flow) =>
          flow
            .replier(
              portal,
              (ctx) => (x) => ctx.emit(x),
              (ctx) => (x) => {
                ctx.emit(`asked ${x}`);
                ctx.reply('yes');
              },
            )
            .map(() => (x) => `${x}!`),
        'replier',
      );
      ask(app, portal, [1]);
    },
    {
      streams: {
        'workflows/replier': "['own!'] ['asked 1!'] seal",
        'workflows/asker': "[] ['yes'] seal",
      },
    },
  );
});

test('a batch of requests reaches only what is downstream of the replier', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      workflow(
        app,
        [],
        (flow) =>
          flow
            .identity()
            .withOnAtomComplete((ctx) => ctx.log.info('before'))
            .replier(
              portal,
              () => () => {},
              (ctx) => () => ctx.emit('asked'),
            )
            .logger('after '),
        'replier',
      );
      ask(app, portal, [1]);
    },
    { messages: ['after asked'], pending: ['workflows/asker/asker[1] asks portals/p: 1'] },
  );
});

test('events and requests share the state of the replier', () => {
  check(
    (app, { PortalsJS }) => {
      const portal = app.portal('p');
      workflow(
        app,
        ['a', 'b', 'a'],
        (flow) =>
          flow.replier(
            portal,
            (ctx) => () => {
              const count = PortalsJS.PerKeyState('n', 0, ctx);
              count.set(count.get() + 1);
            },
            (ctx) => () => ctx.reply(PortalsJS.PerKeyState('n', 0, ctx).get()),
          ),
        'counter',
      );
      ask(app, portal, ['a', 'c']);
    },
    { streams: { 'workflows/asker': '[] [2 0] seal' } },
  );
});

test('an asker-replier answers by asking', () => {
  check(
    (app) => {
      const [front, back] = [app.portal('front'), app.portal('back')];
      answer(app, back, double, 'back');
      workflow(
        app,
        [100],
        (flow) =>
          flow.askerreplier(
            back,
            front,
            (ctx) => (x) => {
              const future = ctx.ask(back, x);
              ctx.await(future, (ctx) => ctx.emit(future.value(ctx)));
            },
            (ctx) => (x) => {
              const future = ctx.ask(back, x);
              ctx.await(future, (ctx) => ctx.reply(future.value(ctx) + 1));
            },
          ),
        'middle',
      );
      ask(app, front, [1, 2]);
    },
    {
      streams: { 'workflows/asker': '[] [3 5] seal', 'workflows/middle': '[] [200] [] [] seal' },
      pending: [],
    },
  );
});

test('a workflow may ask a portal that it answers itself', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      workflow(app, [3], (flow) =>
        flow.askerreplier(
          portal,
          portal,
          (ctx) => (x) => {
            const future = ctx.ask(portal, x);
            ctx.await(future, (ctx) => ctx.emit(future.value(ctx)));
          },
          // The sum of the numbers up to n: n and the sum of those up to n - 1.
          (ctx) => (n) => {
            if (n === 0) return ctx.reply(0);
            const rest = ctx.ask(portal, n - 1);
            ctx.await(rest, (ctx) => ctx.reply(n + rest.value(ctx)));
          },
        ),
      );
    },
    { streams: { 'workflows/w': '[] [] [] [] [] [] [] [] [6] seal' }, pending: [] },
  );
});

test('a portal serves workflows that have come to their end', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      answer(app, portal, double);
      const slow = app.generators.fromRange(0, 3, 1);
      const asker = app.workflowsWithName('asker').source(slow.stream);
      asker
        .asker(portal, (ctx) => (x) => {
          const future = ctx.ask(portal, x);
          ctx.await(future, (ctx) => ctx.emit(future.value(ctx)));
        })
        .sink()
        .freeze();
    },
    {
      streams: {
        'workflows/asker': '[] [0] [] [2] [] [4] seal',
        'workflows/replier': '[] [] [] seal',
      },
    },
  );
});
