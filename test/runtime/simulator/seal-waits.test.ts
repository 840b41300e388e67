import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Builder, Context, Flow, MarkerHandler } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { type Program, run, workflow } from '../run-program.ts';

function replier(app: Builder): unknown {
  const portal = app.portal('p');
  workflow(
    app,
    [],
    (flow) =>
      flow.replier(
        portal,
        () => () => {},
        (ctx) => (x) => ctx.reply(x * 10),
      ),
    'replier',
  );
  return portal;
}

/** Asks, and emits the reply in the continuation, `depth` times. */
function asking(ctx: Context, portal: unknown, request: number, depth = 1): void {
  const future = ctx.ask(portal, request);
  ctx.await(future, (later) => {
    later.emit(future.value(later));
    if (depth > 1) asking(later, portal, request + 1, depth - 1);
  });
}

const PROGRAMS: Record<string, { build: (app: Builder) => void; stream: string }> = {
  'asked in onComplete': {
    build: (app) => {
      const portal = replier(app);
      workflow(app, [1], (flow) =>
        flow
          .asker(portal, (ctx) => (x) => ctx.emit(x))
          .withOnComplete((ctx: Context) => asking(ctx, portal, 7)),
      );
    },
    stream: '[1] [] [70] seal',
  },
  'asked in onComplete, and again in each continuation': {
    build: (app) => {
      const portal = replier(app);
      workflow(app, [1], (flow) =>
        flow
          .asker(portal, (ctx) => (x) => ctx.emit(x))
          .withOnComplete((ctx: Context) => asking(ctx, portal, 7, 3)),
      );
    },
    stream: '[1] [] [70] [80] [90] seal',
  },
  'asked by two tasks at the seal, which a task downstream sees': {
    build: (app) => {
      const portal = replier(app);
      const ask: MarkerHandler = (ctx) => asking(ctx, portal, 1);
      workflow(app, [1], (flow: Flow) => {
        const one = flow.asker(portal, () => () => {}).withOnComplete(ask);
        const two = flow.asker(portal, () => () => {}).withOnComplete(ask);
        return one.union(two).map(() => (x) => x + 1);
      });
    },
    stream: '[] [] [11 11] seal',
  },
};

for (const [name, { build, stream }] of Object.entries(PROGRAMS)) {
  test(`what a continuation emits is delivered before the seal: ${name}`, () => {
    check(build, { streams: { 'workflows/w': stream }, errors: [], pending: [] });
  });

  for (const schedule of ['random', 'pct'] as const) {
    test(`... under ${schedule}: ${name}`, () => {
      for (let seed = 1; seed <= 10; seed++) {
        const { streams, errors } = run(build, { schedule, seed });
        const values = (text = '') => text.match(/\d+/g)?.sort();
        assert.deepEqual(values(streams['workflows/w']), values(stream));
        assert.match(streams['workflows/w'] ?? '', / seal$/);
        assert.deepEqual(errors, []);
      }
    });
  }
}

test('a request at the seal that is never answered does not keep the stream open', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      workflow(
        app,
        [],
        (flow) =>
          flow.replier(
            portal,
            () => () => {},
            () => () => {},
          ),
        'replier',
      );
      workflow(app, [1], (flow) =>
        flow
          .asker(portal, (ctx) => (x) => ctx.emit(x))
          .withOnComplete((ctx: Context) => asking(ctx, portal, 7)),
      );
    },
    {
      streams: { 'workflows/w': '[1] [] seal' },
      pending: ['workflows/w/$2[0] asks portals/p: 7'],
    },
  );
});

test('events emitted after the seal are reported', () => {
  const program: Program = (app) => {
    const portal = app.portal('p');
    workflow(
      app,
      [],
      (flow) =>
        flow.replier(
          portal,
          () => () => {},
          (ctx) => (x) => ctx.emit(x),
        ),
      'replier',
    );
    workflow(app, [1], (flow) =>
      flow
        .asker(portal, () => () => {})
        .withOnComplete((ctx: Context) => {
          ctx.ask(portal, 7);
        }),
    );
  };
  const { streams, errors, log } = run(program);
  const delivered = streams['workflows/replier']?.includes('7');
  const reported = errors.some((error) => error.startsWith('PORTALS_EMITTED_AFTER_SEAL'));
  assert.equal(delivered !== reported, true, JSON.stringify({ streams, errors, log }));
});

test('a seal waits for replies to earlier requests, under every schedule', () => {
  const program: Program = (app) => {
    const portal = app.portal('p');
    workflow(
      app,
      [],
      (flow) =>
        flow.replier(
          portal,
          () => () => {},
          (ctx) => (x) => ctx.reply(x),
        ),
      'replier',
    );
    workflow(app, [[1], [2]], (flow) =>
      flow.asker(portal, (ctx) => (x) => {
        const future = ctx.ask(portal, x);
        ctx.await(future, (ctx) => ctx.emit(future.value(ctx)));
      }),
    );
  };
  for (let seed = 0; seed < 40; seed++) {
    const { streams, errors } = run(program, { schedule: 'random', seed });
    assert.deepEqual(errors, [], `seed ${seed}`);
    assert.match(streams['workflows/w'] ?? '', /1.*2.* seal$/, `seed ${seed}`);
  }
});
