import { test } from 'node:test';
import { check } from '../check-program.ts';
import { workflow } from '../run-program.ts';

test('onAtomComplete runs once per atom, empty ones included; onComplete at the seal', () => {
  check(
    (app) =>
      workflow(app, [[1, 2], [], [3]], (flow) =>
        flow
          .logger()
          .withOnAtomComplete((ctx) => ctx.log.info('atom'))
          .withOnComplete((ctx) => ctx.log.info('complete')),
      ),
    { messages: ['1', '2', 'atom', 'atom', '3', 'atom', 'complete'] },
  );
});

test('what a marker emits belongs to its atom', () => {
  check(
    (app, { PortalsJS }) =>
      workflow(app, [[1, 2], [3]], (flow) =>
        flow
          .processor((ctx) => (x) => {
            const sum = PortalsJS.PerTaskState('sum', 0, ctx);
            sum.set(sum.get() + x);
          })
          .withOnAtomComplete((ctx) => ctx.emit(PortalsJS.PerTaskState('sum', 0, ctx).get()))
          .withOnComplete((ctx) => ctx.emit('end')),
      ),
    { streams: { 'workflows/w': "[3] [6] ['end'] seal" } },
  );
});

test('a task handles what an earlier marker emitted before its own marker', () => {
  check(
    (app) =>
      workflow(app, [1], (flow) =>
        flow
          .logger('a')
          .withOnAtomComplete((ctx) => ctx.emit('marked'))
          .logger('b')
          .withOnAtomComplete((ctx) => ctx.log.info('b complete')),
      ),
    { messages: ['a1', 'b1', 'bmarked', 'b complete'] },
  );
});

test('a task behind a union gets one marker for each atom', () => {
  check(
    (app) =>
      workflow(app, [[1], [2]], (flow) =>
        flow
          .union([flow.identity()])
          .logger()
          .withOnAtomComplete((ctx) => ctx.log.info('atom'))
          .withOnComplete((ctx) => ctx.log.info('complete')),
      ),
    { messages: ['1', '1', 'atom', '2', '2', 'atom', 'complete'] },
  );
});

test('every task of a workflow gets its markers, in topological order', () => {
  check(
    (app) =>
      workflow(app, [1], (flow) =>
        flow
          .identity()
          .withOnAtomComplete((ctx) => ctx.log.info('first'))
          .filter(() => false)
          .withOnAtomComplete((ctx) => ctx.log.info('second'))
          .identity()
          .withOnAtomComplete((ctx) => ctx.log.info('third')),
      ),
    { messages: ['first', 'second', 'third'] },
  );
});

test('allWithOnAtomComplete gives every task so far the marker handler', () => {
  check(
    (app) =>
      workflow(app, [1], (flow) =>
        flow
          .identity()
          .withName('a')
          .identity()
          .withName('b')
          .allWithOnAtomComplete((ctx) => ctx.log.info('atom'))
          .identity()
          .withName('c'),
      ),
    { log: ['workflows/w/a - atom', 'workflows/w/b - atom'] },
  );
});

test('a batch of requests, and one of replies, is an atom with its marker', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      workflow(
        app,
        [],
        (flow) =>
          flow
            .replier(
              portal,
              () => () => {},
              (ctx) => (x) => ctx.reply(x),
            )
            .withName('replier')
            .withOnAtomComplete((ctx) => ctx.log.info('requests done')),
        'replier',
      );
      workflow(
        app,
        [1, 2],
        (flow) =>
          flow
            .asker(portal, (ctx) => (x) => {
              const future = ctx.ask(portal, x);
              ctx.await(future, (ctx) => ctx.log.info(future.value(ctx)));
            })
            .withName('asker')
            .withOnAtomComplete((ctx) => ctx.log.info('atom done')),
        'asker',
      );
    },
    {
      log: [
        'workflows/asker/asker - atom done',
        'workflows/replier/replier - requests done',
        'workflows/asker/asker - 1',
        'workflows/asker/asker - 2',
        'workflows/asker/asker - atom done',
      ],
    },
  );
});
