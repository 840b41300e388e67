import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Builder, Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { run, workflow } from '../run-program.ts';

/** Emits its events, and throws at 0. */
const failAtZero = () => (x: Value) => {
  if (x === 0) throw new Error('zero');
  return x;
};

test('propagate: the atom ends with the error, and the stream seals', () => {
  check((app) => workflow(app, [[1], [2, 0, 3], [4]], (flow) => flow.map(failAtZero)), {
    streams: { 'workflows/w': '[1] [2] error(Error: zero) seal' },
    errors: ['PORTALS_HANDLER_THREW Error: zero'],
  });
});

test('propagate: withOnError handlers downstream run, other markers do not', () => {
  check(
    (app) =>
      workflow(app, [[1, 0]], (flow) =>
        flow
          .map(failAtZero)
          .withName('throws')
          .withOnError((ctx) => () => ctx.log.info('not for its own error'))
          .identity()
          .withName('next')
          .withOnAtomComplete((ctx) => ctx.log.info('no'))
          .withOnComplete((ctx) => ctx.log.info('no'))
          .withOnError((ctx) => (error) => {
            ctx.log.info(error.message);
            ctx.emit('instead');
          }),
      ),
    {
      log: ['workflows/w/next - zero'],
      streams: { 'workflows/w': "[1 'instead'] error(Error: zero) seal" },
    },
  );
});

test('propagate: the error passes on to the workflows downstream', () => {
  check(
    (app) => {
      const failing = workflow(app, [[1], [0], [2]], (flow) => flow.map(failAtZero));
      app
        .workflowsWithName('next')
        .source(failing.stream)
        .identity()
        .withOnError((ctx) => (error) => ctx.log.info(error.message))
        .sink()
        .freeze();
    },
    { messages: ['zero'], streams: { 'workflows/next': '[1] error(Error: zero) seal' } },
  );
});

test('propagate: a sequencer continues with its other inputs', () => {
  check(
    (app) => {
      const merged = app.sequencersWithName('s').random();
      app.connections.connect(
        workflow(app, [[1, 0]], (flow) => flow.map(failAtZero)).stream,
        merged,
      );
      app.connections.connect(workflow(app, [[5]], undefined, 'fine').stream, merged);
      app
        .workflowsWithName('sum')
        .source(merged.stream)
        .map(() => (x) => x * 10)
        .sink();
    },
    { streams: { 'workflows/sum': '[10] [50]', 'sequencers/s': '[1] [5]' } },
  );
});

test('propagate: what the handler changed before it threw belongs to the atom', () => {
  check(
    (app) =>
      workflow(app, [['a', 'b', 'c']], (flow) =>
        flow
          .processor((ctx) => (x) => {
            ctx.state.set('seen', x);
            if (x === 'b') throw new Error('b');
            ctx.emit(x);
          })
          .withName('t'),
      ),
    {
      streams: { 'workflows/w': "['a'] error(Error: b) seal" },
      state: ["workflows/w/t seen[97] = 'a'", "workflows/w/t seen[98] = 'b'"],
    },
  );
});

test('propagate: an error in a request leaves the ask without a reply', () => {
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
            (ctx) => (x) => ctx.reply(failAtZero()(x)),
          ),
        'replier',
      );
      workflow(app, [1, 0, 2], (flow) =>
        flow
          .asker(portal, (ctx) => (x) => {
            const future = ctx.ask(portal, x);
            ctx.await(future, (ctx) => ctx.emit(future.value(ctx)));
          })
          .withName('asker'),
      );
    },
    {
      streams: { 'workflows/w': '[] [1] seal', 'workflows/replier': 'error(Error: zero) seal' },
      pending: ['workflows/w/asker[0] asks portals/p: 0', 'workflows/w/asker[2] asks portals/p: 2'],
    },
  );
});

test('propagate: an error in a continuation ends its atom', () => {
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
            (ctx) => (x) => ctx.reply(x),
          ),
        'replier',
      );
      workflow(app, [1, 0], (flow) =>
        flow.asker(portal, (ctx) => (x) => {
          const future = ctx.ask(portal, x);
          ctx.await(future, (ctx) => ctx.emit(failAtZero()(future.value(ctx))));
        }),
      );
    },
    { streams: { 'workflows/w': '[] [1] error(Error: zero) seal' }, pending: [] },
  );
});

/** Throws `times` times at 0, as only a handler with state outside the model can. */
function flaky(times: number): () => (x: Value) => Value {
  let left = times;
  return () => (x) => {
    if (x === 0 && left-- > 0) throw new Error('flaky');
    return x;
  };
}

for (const snapshotEvery of [1, 4]) {
  test(`retry: an atom is aborted and processed again, in epochs of ${snapshotEvery}`, () => {
    const { streams, errors, state, messages } = run(
      (app) => {
        const attempt = flaky(2);
        workflow(app, [[1], [0, 2], [3]], (flow) =>
          flow
            .map((ctx) => (x) => {
              ctx.state.set('tries', (ctx.state.get('tries') ?? 0) + 1);
              ctx.log.info(x);
              return attempt()(x);
            })
            .withName('t'),
        );
      },
      { onHandlerError: { kind: 'retry', attempts: 2 }, snapshotEvery },
    );
    assert.equal(streams['workflows/w'], '[1] [0 2] [3] seal');
    assert.deepEqual(errors, []);
    assert.deepEqual(messages, ['1', '0', '2', '3']);
    assert.deepEqual(
      state,
      [1, 0, 2, 3].map((x) => `workflows/w/t tries[${x}] = 1`),
    );
  });

  test(`retry: after the last attempt the workflow fails, in epochs of ${snapshotEvery}`, () => {
    const { streams, errors } = run(
      (app) => workflow(app, [[1], [0, 2], [3]], (flow) => flow.map(flaky(3))),
      { onHandlerError: { kind: 'retry', attempts: 2 }, snapshotEvery },
    );
    assert.equal(streams['workflows/w'], '[1]');
    assert.deepEqual(errors, ['PORTALS_HANDLER_THREW Error: flaky']);
  });

  test(`fail: the atom leaves no trace, the workflow stops, in epochs of ${snapshotEvery}`, () => {
    const program = (app: Builder) => {
      const failing = workflow(app, [[1], [2, 0], [3]], (flow) =>
        flow
          .map((ctx) => (x) => {
            ctx.state.set('seen', x);
            ctx.log.info(x);
            return failAtZero()(x);
          })
          .withName('t'),
      );
      app.workflowsWithName('next').source(failing.stream).sink().freeze();
      workflow(app, [[7], [8]], undefined, 'other');
    };
    check(
      program,
      {
        streams: {
          'workflows/w': '[1]',
          'workflows/next': '[1]',
          'workflows/other': '[7] [8] seal',
          'generators/w': '[1] [2 0] [3] seal',
        },
        messages: ['1'],
        state: ['workflows/w/t seen[1] = 1'],
        errors: ['PORTALS_HANDLER_THREW Error: zero'],
      },
      { onHandlerError: { kind: 'fail' }, snapshotEvery },
    );
  });
}

for (const policy of ['propagate', 'retry', 'fail'] as const) {
  test(`${policy}: a generator's iterator that throws ends its stream with the error`, () => {
    function* broken() {
      yield [1];
      throw new Error('broken');
    }
    const { streams, errors } = run(
      (app) => void app.generatorsWithName('g').fromIteratorOfIterators(broken()),
      { onHandlerError: policy === 'retry' ? { kind: policy, attempts: 2 } : { kind: policy } },
    );
    const sealed = policy === 'propagate' ? ' error(Error: broken) seal' : '';
    assert.equal(streams['generators/g'], `[1]${sealed}`);
    assert.deepEqual(errors, ['PORTALS_HANDLER_THREW Error: broken']);
  });
}

test("propagate: a splitter's predicate that throws ends the splits with the error", () => {
  check(
    (app) => {
      const source = app.generators.fromArrayOfArrays([[1], [2, 0, 3], [4]]);
      const splitter = app.splittersWithName('sp').empty(source.stream);
      app.splitsWithName('odd').split(splitter, (x) => failAtZero()(x) % 2 === 1);
      app.splitsWithName('even').split(splitter, () => true);
    },
    {
      streams: {
        'splitters/sp/odd': '[1] error(Error: zero) seal',
        'splitters/sp/even': '[2] error(Error: zero) seal',
      },
    },
  );
});

test('an error handler may throw, too', () => {
  check(
    (app) =>
      workflow(app, [0], (flow) =>
        flow
          .map(failAtZero)
          .identity()
          .withOnError(() => () => {
            throw new Error('again');
          }),
      ),
    { streams: { 'workflows/w': 'error(Error: again) seal' } },
  );
});

test('anything may be thrown', () => {
  for (const thrown of [undefined, null, 5, 'text', Object.create(null), Symbol('s'), () => {}]) {
    const { streams } = run((app) =>
      workflow(app, [1], (flow) =>
        flow.map(() => () => {
          throw thrown;
        }),
      ),
    );
    assert.match(streams['workflows/w'] ?? '', /^error\(.*\) seal$/s);
  }
});
