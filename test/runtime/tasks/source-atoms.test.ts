import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_OPTIONS } from '../../../runtime/index.ts';
import type { Builder, Context, Flow } from '../authors-api.ts';
import { type Program, run, workflow } from '../run-program.ts';
import { runScript } from '../run-script.ts';

function replier(app: Builder): unknown {
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
  return portal;
}

const ATOMS = [[0], [1], [2], [3], [4], [5]];

/** Logs which behaviour handles which event, and asks, so that batches of replies interleave. */
const PROGRAMS: Record<
  string,
  { build: (flow: Flow, portal: unknown, app: Builder) => Flow; order: string }
> = {
  withStep: {
    build: (flow, portal, app) =>
      flow
        .asker(portal, handler('A', portal))
        .withStep(app.tasks.asker(portal, handler('B', portal))),
    order: 'A0 B1 A2 B3 A4 B5',
  },
  withLoop: {
    build: (flow, portal, app) =>
      flow
        .asker(portal, handler('A', portal))
        .withLoop(2, app.tasks.processor(handler('B', portal))),
    order: 'A0 B1 B2 A3 B4 B5',
  },
  'withStep of a wrapped asker': {
    build: (flow, portal, app) =>
      flow
        .asker(portal, handler('A', portal))
        .withWrapper((ctx) => (wrapped) => (x) => wrapped(ctx)(x))
        .withStep(app.tasks.processor(handler('B', portal))),
    order: 'A0 B1 A2 B3 A4 B5',
  },
  'nested withStep': {
    build: (flow, portal, app) =>
      flow
        .asker(portal, handler('A', portal))
        .withStep(
          app.tasks
            .processor(handler('B', portal))
            .withStep(app.tasks.processor(handler('C', portal))),
        ),
    order: 'A0 B1 A2 C3 A4 B5',
  },
};

function handler(name: string, portal: unknown) {
  return (ctx: Context) => (x: number) => {
    ctx.log.info(name + x);
    const future = ctx.ask(portal, x);
    ctx.await(future, (later) => later.emit(future.value(later)));
  };
}

for (const [name, { build, order }] of Object.entries(PROGRAMS)) {
  for (const schedule of ['drain', 'random', 'pct'] as const) {
    test(`behaviours alternate by source atoms under ${schedule}: ${name}`, () => {
      for (let seed = 1; seed <= 8; seed++) {
        const program: Program = (app) => {
          const portal = replier(app);
          workflow(app, ATOMS, (flow) => build(flow, portal, app));
        };
        assert.equal(run(program, { schedule, seed }).messages.join(' '), order, `seed ${seed}`);
      }
    });
  }
}

const LIVELOCKS: Record<string, string> = {
  'an asker whose onAtomComplete asks': `
    const p = app.portal('p')
    app.workflowsWithName('r').source(app.generators.empty().stream)
      .replier(p, ctx => x => {}, ctx => x => ctx.reply(x)).sink()
    app.workflowsWithName('w').source(app.generators.signal(1).stream)
      .asker(p, ctx => x => {}).withName('t')
      .withOnAtomComplete(ctx => {
        const f = ▸ctx.ask(p, 1)
        ctx.await(f, ctx => {})
      }).sink()`,
  'two workflows that ask each other in onAtomComplete': `
    const p = app.portal('p'), q = app.portal('q')
    app.workflowsWithName('r').source(app.generators.empty().stream)
      .askerreplier(q, p, ctx => x => {}, ctx => x => {}).withName('t')
      .withOnAtomComplete(ctx => { ctx.ask(q, 1) }).sink()
    app.workflowsWithName('w').source(app.generators.signal(1).stream)
      .askerreplier(p, q, ctx => x => {}, ctx => x => {}).withName('t')
      .withOnAtomComplete(ctx => { ctx.ask(p, 1) }).sink()`,
};

for (const [name, script] of Object.entries(LIVELOCKS)) {
  test(`a run that would never end is reported as a livelock: ${name}`, async () => {
    const { maxSteps: _, ...options } = DEFAULT_OPTIONS;
    const { wrong, marked } = await runScript(script, { ...options, detail: 'steps' });
    assert.equal(wrong[0]?.code, 'PORTALS_LIVELOCK');
    assert.match(wrong[0]?.path ?? '', /^\/app\/workflows\/[rw]\/t$/);
    assert.match(wrong[0]?.message ?? '', /\/t of \/app\/workflows\/[rw] asks .*onAtomComplete/);
    if (marked !== undefined) assert.equal(wrong[0]?.at?.split(':')[0], marked.split(':')[0]);
  });
}

test('an onAtomComplete that asks a few times ends as it does', () => {
  const { errors, messages } = run((app, { PortalsJS }) => {
    const portal = replier(app);
    workflow(app, [1], (flow) =>
      flow
        .asker(portal, () => () => {})
        .withOnAtomComplete((ctx: Context) => {
          const count = PortalsJS.PerTaskState('count', 0, ctx);
          count.set(count.get() + 1);
          if (count.get() > 5) return;
          const future = ctx.ask(portal, count.get());
          ctx.await(future, (later) => later.log.info(future.value(later)));
        }),
    );
  });
  assert.deepEqual(errors, []);
  assert.deepEqual(messages, ['1', '2', '3', '4', '5']);
});
