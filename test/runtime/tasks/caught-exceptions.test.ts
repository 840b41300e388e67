import { test } from 'node:test';
import type { Context, Handler, Wrapper } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { workflow } from '../run-program.ts';

/** Catches what the wrapped handler throws, and then continues by `after`. */
const catching =
  (after: (ctx: Context, value: unknown) => void): Wrapper =>
  (ctx) =>
  (wrapped) =>
  (value) => {
    try {
      wrapped(ctx)(value);
    } catch {
      after(ctx, value);
    }
  };

const failing: Handler = () => () => {
  throw new Error('refused');
};

test('after a caught exception the handler continues under its own key', () => {
  check(
    (app) => {
      const { processor, key } = app.tasks;
      workflow(app, [1, 2], (flow) =>
        flow
          .task(key((x) => x + 100).withAndThen(processor(failing)))
          .withWrapper(catching((ctx, value) => ctx.emit(value))),
      );
    },
    { streams: { 'workflows/w': '[1 2] seal' }, keys: { 'workflows/w': '[1 2] seal' } },
  );
});

test('after a caught exception emissions are not piped any more', () => {
  check(
    (app) => {
      const { processor, map } = app.tasks;
      workflow(app, [1, 2], (flow) =>
        flow
          .task(processor(failing).withAndThen(map(() => (x) => x * 10)))
          .withWrapper(catching((ctx, value) => ctx.emit(value))),
      );
    },
    { streams: { 'workflows/w': '[1 2] seal' } },
  );
});

test('what was emitted before a caught exception reaches the second of two chained tasks', () => {
  check(
    (app) => {
      const { processor, map } = app.tasks;
      const first = processor((ctx) => (x) => {
        ctx.emit(x);
        throw new Error('refused');
      });
      workflow(app, [1, 2], (flow) =>
        flow
          .task(first.withAndThen(map(() => (x) => x * 10)))
          .withWrapper(catching((ctx) => ctx.emit('caught'))),
      );
    },
    { streams: { 'workflows/w': "[10 'caught' 20 'caught'] seal" } },
  );
});

test('what is unstashed after a caught exception is handled at once', () => {
  check(
    (app, { PortalsJS }) => {
      const { processor } = app.tasks;
      const stashing = processor((ctx) => (x) => {
        const stash = PortalsJS.Stash(ctx);
        if (x === 1) stash.stash('kept');
        if (x === 2) throw new Error('refused');
        if (x === 3) stash.unstashAll();
        ctx.emit(x);
      });
      workflow(app, [1, 2, 3], (flow) =>
        flow
          .key(() => 'one')
          .task(stashing.withAndThen(app.tasks.identity()))
          .withWrapper(catching((ctx) => ctx.emit('caught'))),
      );
    },
    { streams: { 'workflows/w': "[1 'caught' 3 'kept'] seal" }, state: [] },
  );
});

test('an exception caught around unstashAll leaves the events after it stashed', () => {
  check(
    (app) => {
      workflow(app, [1, 2, 3, 'all', 'all'], (flow) =>
        flow
          .key(() => 'one')
          .stash((stash) => (ctx) => (x) => {
            if (x !== 'all') {
              if (!ctx.state.get('unstashing')) return stash.stash(x);
              if (x === 2) throw new Error('refused');
              return ctx.emit(x);
            }
            ctx.state.set('unstashing', true);
            try {
              stash.unstashAll();
            } catch {
              ctx.emit(`${stash.size()} left`);
            }
          }),
      );
    },
    { streams: { 'workflows/w': "[1 '1 left' 3] seal" } },
  );
});

test('a request can be answered after an exception caught around unstashAll', () => {
  check(
    (app, { PortalsJS }) => {
      const portal = app.portal('p', () => 'one');
      const onEvent: Handler = (ctx) => (x) => {
        if (ctx.state.get('unstashing')) throw new Error(`refused ${x}`);
        PortalsJS.Stash(ctx).stash(x);
      };
      const onRequest: Handler = (ctx) => (request) => {
        ctx.state.set('unstashing', true);
        try {
          PortalsJS.Stash(ctx).unstashAll();
        } catch {
          ctx.reply(request);
        }
      };
      workflow(app, [1], (flow) => flow.key(() => 'one').replier(portal, onEvent, onRequest), 'a');
      workflow(app, [7], (flow) =>
        flow.asker(portal, (ctx) => (x) => {
          const future = ctx.ask(portal, x);
          ctx.await(future, (later) => later.emit(future.value(later)));
        }),
      );
    },
    { streams: { 'workflows/w': '[] [7] seal' }, errors: [] },
  );
});

test('what a vsm unstashes before a caught exception is handled, in the behaviour in force', () => {
  check(
    (app, { PortalsJS }) => {
      const behaviour = app.tasks.processor((ctx) => (x) => {
        const stash = PortalsJS.Stash(ctx);
        if (x === 1) return stash.stash('kept');
        if (x === 'kept') return ctx.emit('handled');
        stash.unstashAll();
        throw new Error('refused');
      });
      workflow(app, [1, 2, 3], (flow) =>
        flow
          .key(() => 'one')
          .vsm(behaviour)
          .withWrapper(catching((ctx, value) => ctx.emit(value))),
      );
    },
    { streams: { 'workflows/w': "['handled' 2 3] seal" } },
  );
});
