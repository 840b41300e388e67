import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context } from '../authors-api.ts';
import { run, workflow } from '../run-program.ts';
import { runScript } from '../run-script.ts';

/** Handlers that do what they may not, with the code and message of the error; `▸` marks where. */
const MISUSES: readonly (readonly [handler: string, code: string, says: RegExp])[] = [
  [`() => x => { throw ▸new Error('own') }`, 'PORTALS_HANDLER_THREW', /^Error: own$/],
  [`() => x => x.▸missing()`, 'PORTALS_HANDLER_THREW', /^TypeError: x\.missing is not a function/],
  [`() => x => { throw 'text' }`, 'PORTALS_HANDLER_THREW', /^threw text$/],
  [`() => x => { throw { why: 5 } }`, 'PORTALS_HANDLER_THREW', /^threw \{why: 5\}$/],
  [`() => async x => x`, 'PORTALS_HANDLER_ASYNC', /\/app\/workflows\/w\/t .*promise.*ctx\.await/],
  [
    `ctx => x => ctx.▸ask(other, x)`,
    'PORTALS_PORTAL_NOT_CONNECTED',
    /t asks \/app\/portals\/other/,
  ],
  [
    `ctx => x => ctx.▸ask('p', x)`,
    'PORTALS_WRONG_KIND',
    /ctx\.ask expects a portal but got a string/,
  ],
  [`ctx => x => ctx.▸await(5, () => {})`, 'PORTALS_WRONG_KIND', /expects a future/],
  [`ctx => x => ctx.▸await(ctx.ask(p, x), 5)`, 'PORTALS_WRONG_KIND', /expects a function ctx => …/],
  [`ctx => x => ctx.▸awaitAll([5], () => {})`, 'PORTALS_WRONG_KIND', /expects a future/],
  [`ctx => x => ctx.▸reply(x)`, 'PORTALS_NOT_ANSWERING', /handles no request/],
  [`ctx => x => ctx.ask(p, x).▸value(ctx)`, 'PORTALS_NO_VALUE_YET', /before it has come/],
  [
    `ctx => x => PortalsJS.▸PerKeyState('s', 0)`,
    'PORTALS_WRONG_KIND',
    /PerKeyState\(name, initial, ctx\)/,
  ],
  [
    `ctx => x => PortalsJS.▸PerTaskState('s', 0, {})`,
    'PORTALS_WRONG_KIND',
    /PerTaskState\(name, initial, ctx\)/,
  ],
];

for (const [handler, code, says] of MISUSES) {
  test(`a handler that does ${handler.replace('▸', '')}`, async () => {
    const { wrong, marked } = await runScript(`
const p = app.portal('p'), other = app.portal('other')
const g = app.generators.signal(1)
const reply = [() => () => {}, ctx => x => ctx.reply(x)]
app.workflows.source(g.stream).replier([p, other], ...reply).sink().freeze()
app.workflowsWithName('w').source(g.stream)
  .asker(p, ${handler}).withName('t')
  .sink().freeze()`);
    assert.deepEqual(
      wrong.map(({ code, path }) => [code, path]),
      [[code, '/app/workflows/w/t']],
    );
    assert.match(wrong[0]?.message ?? '', says);
    if (marked !== undefined) assert.equal(wrong[0]?.at, marked);
  });
}

/** Handlers with a function too few or too many; the error names the builder call, `▸`. */
const MISSHAPEN: readonly (readonly [call: string, says: RegExp])[] = [
  ['▸map(x => x + 1)', /take the context first.*: ctx => value => …/],
  ['▸map(async ctx => x => x)', /take the context first, and are not async/],
  ['▸processor(x => {})', /take the context first/],
  ['▸flatMap(x => [x])', /take the context first/],
  ['▸flatMap(ctx => x => 5)', /flatMap expects the handler to return an array/],
  ['▸map(() => x => x).withWrapper(ctx => x => x)', /a function, which is not called/],
  ['▸vsm(app.tasks.processor(x => {}))', /take the context first/],
  ['▸processor(ctx => x => y => {})', /a function, which is not called.*ctx => value => …/],
  ['▸filter(ctx => x => x > 0)', /a function, which is not called.*value => true or false/],
  ['▸key(ctx => x => x)', /a function, which is not called.*value => key/],
  ['▸identity().withOnAtomComplete(ctx => x => x)', /a function, which is not called.*ctx => …/],
  ['▸identity().withOnComplete(ctx => x => x)', /a function, which is not called.*ctx => …/],
  [
    '▸asker(p, ctx => x => ctx.await(ctx.ask(p, x), ctx => y => y))',
    /a function, which is not called.*ctx => …/,
  ],
];

for (const [call, says] of MISSHAPEN) {
  for (const detail of ['steps', 'events'] as const) {
    test(`a handler of the wrong form: ${call.replace('▸', '')}, observing ${detail}`, async () => {
      const { wrong, marked } = await runScript(
        `
const p = app.portal('p')
app.workflows.source(app.generators.empty().stream)
  .replier(p, () => () => {}, ctx => x => ctx.reply(x)).sink()
app.workflowsWithName('w').source(app.generators.fromArray([1, 2]).stream)
  .${call}.withName('t')
  .logger().sink()`,
        { detail },
      );
      assert.deepEqual(
        wrong.map(({ code, path, at }) => [code, path, at]),
        [['PORTALS_WRONG_KIND', '/app/workflows/w/t', marked]],
      );
      assert.match(wrong[0]?.message ?? '', says);
    });
  }
}

/** Handlers that return a promise where the result, not a `processor`'s, is made use of. */
const ASYNC: readonly (readonly [what: string, script: string])[] = [
  ['map', 'flow.map(() => async x => x)'],
  ['flatMap', 'flow.flatMap(() => async x => [x])'],
  ['filter', 'flow.filter(async x => true)'],
  ['key', 'flow.key(async x => x)'],
  ['a marker', 'flow.identity().withOnAtomComplete(async ctx => {})'],
  ['a wrapper', 'flow.identity().withWrapper(ctx => wrapped => async x => {})'],
  ['a wrapped map', 'flow.map(() => async x => x).withWrapper(ctx => wrapped => wrapped(ctx))'],
  ['a chained map', 'flow.identity().withAndThen(app.tasks.map(() => async x => x))'],
  ['a step', 'flow.map(() => async x => x).withStep(app.tasks.identity())'],
  ['a vsm', 'flow.vsm(app.tasks.processor(() => async x => {}))'],
  ['init', 'flow.init(() => app.tasks.map(() => async x => x))'],
];

for (const [what, script] of ASYNC) {
  for (const detail of ['steps', 'events'] as const) {
    test(`a promise is refused: ${what}, observing ${detail}`, () => {
      const { errors } = run(
        (app) => {
          workflow(app, [1], (flow) => new Function('flow', 'app', `return ${script}`)(flow, app));
        },
        { detail },
      );
      assert.match(errors[0] ?? '', /^PORTALS_HANDLER_ASYNC .*promise/);
    });
  }
}

test('a promise is refused: a predicate of a split, with its position', () => {
  const { errors } = run((app) => {
    const splitter = app.splittersWithName('sp').empty(app.generators.signal(1).stream);
    app.splits.split(splitter, async () => true);
  });
  assert.match(errors[0] ?? '', /^PORTALS_HANDLER_ASYNC .*\/app\/splitters\/sp/);
});

test('a promise is refused: the key function of a portal', () => {
  const { errors } = run((app) => {
    const portal = app.portal('p', async (x) => x);
    workflow(
      app,
      [],
      (flow) =>
        flow.replier(
          portal,
          () => () => {},
          () => () => {},
        ),
      'r',
    );
    workflow(app, [1], (flow) => flow.asker(portal, (ctx) => (x) => void ctx.ask(portal, x)));
  });
  assert.match(errors[0] ?? '', /^PORTALS_HANDLER_ASYNC .*\/app\/portals\/p/);
});

test('a future is awaited where it was asked for', () => {
  const { errors } = run((app) => {
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
      'r',
    );
    workflow(app, [1], (flow) =>
      flow
        .asker(portal, (ctx) => (x) => ctx.emit(ctx.ask(portal, x)))
        .processor((ctx) => (future) => ctx.await(future, () => {})),
    );
  });
  assert.match(
    errors[0] ?? '',
    /^PORTALS_WRONG_KIND .*awaits a future of the task .*await it there/,
  );
});

/** What may not be done with the context of a task that handles nothing. */
const OUTSIDE: readonly (readonly [what: string, use: (ctx: Context) => void])[] = [
  ['emit', (ctx) => ctx.emit(1)],
  ['log', (ctx) => ctx.log.info(1)],
  ['state.set', (ctx) => ctx.state.set('s', 1)],
  ['state.get', (ctx) => ctx.state.get('s')],
  ['reply', (ctx) => ctx.reply(1)],
];

for (const [what, use] of OUTSIDE) {
  test(`a context is of use only inside its handler: ${what}`, () => {
    let leaked: Context | undefined;
    const { errors, log, state } = run((app) =>
      workflow(app, [1], (flow) =>
        flow
          .map((ctx) => (x) => {
            leaked = ctx;
            return x;
          })
          .map(() => (x) => {
            if (leaked !== undefined) use(leaked);
            return x;
          }),
      ),
    );
    assert.match(errors[0] ?? '', /^PORTALS_CONTEXT_OUTSIDE_HANDLER .*only inside the task/);
    assert.deepEqual([log, state], [[], []]);
  });
}
