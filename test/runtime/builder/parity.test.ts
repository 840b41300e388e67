import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../../scripts/project.mjs';
import type { Builder, Flow, Handler, Tasks, Value } from '../authors-api.ts';
import { history } from '../crash-sweep.ts';
import { run, workflow } from '../run-program.ts';

const emitting: Handler = (ctx) => (x) => ctx.emit(x);
const asking =
  (portal: Value): Handler =>
  (ctx) =>
  (x) => {
    const future = ctx.ask(portal, x);
    ctx.await(future, (later) => later.emit(future.value(later)));
  };
const replying: Handler = (ctx) => (x) => ctx.reply(x * 10);

/** Arguments of each operation that adds a task; a flow and `builder.tasks` have them alike. */
const OPERATIONS: {
  [Name in keyof Tasks]: (app: Builder, portal: Value, other: Value) => Value[];
} = {
  processor: () => [emitting],
  map: () => [() => (x: Value) => x + 1],
  flatMap: () => [() => (x: Value) => [x, x]],
  filter: () => [(x: Value) => x > 1],
  key: () => [(x: Value) => x % 2],
  identity: () => [],
  logger: () => ['event '],
  stash: () => [
    (stash: Value) => (ctx: Value) => (x: Value) => {
      stash.stash(x);
      ctx.emit(stash.size());
    },
  ],
  consume: () => [(ctx: Value) => (x: Value) => ctx.log.info(x)],
  sample: () => [2],
  nothing: () => [],
  empty: () => [],
  init: ({ tasks }) => [() => tasks.map(() => (x) => x + 1)],
  vsm: ({ tasks }) => [
    tasks.processor((ctx) => (x) => {
      ctx.emit(x);
      return tasks.map(() => (later) => -later);
    }),
  ],
  asker: (_app, portal) => [portal, asking(portal)],
  replier: (_app, _portal, other) => [other, emitting, replying],
  askerreplier: (_app, portal, other) => [portal, other, asking(portal), replying],
};

for (const [name, argumentsOf] of Object.entries(OPERATIONS)) {
  test(`flow.task(builder.tasks.${name}(…)) is flow.${name}(…)`, () => {
    const runWith = (add: (flow: Flow, app: Builder, args: Value[]) => Flow) =>
      run((app) => {
        const [portal, other] = [app.portal('p'), app.portal('q')];
        const args = argumentsOf(app, portal, other);
        workflow(app, [], (flow) => flow.replier(portal, emitting, replying), 'p');
        if (!name.endsWith('replier')) {
          workflow(app, [], (flow) => flow.replier(other, emitting, replying), 'q');
        }
        workflow(app, [5], (flow) => flow.asker(other, asking(other)), 'asks');
        workflow(app, [[1, 2], [3]], (flow) => add(flow, app, args));
      });
    const byFlow = runWith((flow, _app, args) => (flow as Value)[name](...args));
    const byTask = runWith((flow, app, args) => flow.task((app.tasks as Value)[name](...args)));
    assert.deepEqual(byFlow.errors, []);
    assert.deepEqual(history(byTask), history(byFlow));
  });
}

test('the portals of composed tasks are connected', () => {
  const compositions: Record<string, (app: Builder, portal: Value) => Value> = {
    withStep: ({ tasks }, portal) => tasks.identity().withStep(tasks.asker(portal, asking(portal))),
    withLoop: ({ tasks }, portal) =>
      tasks.asker(portal, asking(portal)).withLoop(1, tasks.identity()),
    withAndThen: ({ tasks }, portal) =>
      tasks.identity().withAndThen(tasks.asker(portal, asking(portal))),
    withWrapper: ({ tasks }, portal) =>
      tasks
        .asker(portal, asking(portal))
        .withWrapper((ctx: Value) => (wrapped: Value) => (x: Value) => wrapped(ctx)(x)),
    vsm: ({ tasks }, portal) => tasks.vsm(tasks.asker(portal, asking(portal))),
  };
  for (const [name, compose] of Object.entries(compositions)) {
    const { errors, streams } = run((app) => {
      const portal = app.portal('p');
      workflow(app, [], (flow) => flow.replier(portal, emitting, replying), 'p');
      workflow(app, [[1], [2]], (flow) => flow.task(compose(app, portal)));
    });
    assert.deepEqual(errors, [], name);
    assert.match(streams['workflows/w'] ?? '', /\[[12]0\]/, name);
  }
});

test('every operation that the types declare on tasks and flows is one of the table or tested', () => {
  const declared = (file: string, name: string) => {
    const text = readFileSync(join(root, 'types', file), 'utf8');
    const from = text.indexOf(`export interface ${name}`);
    const body = text.slice(from, text.indexOf('\n  }', from));
    return new Set([...body.matchAll(/^ {4}(\w+)[<(]/gm)].map(([, operation = '']) => operation));
  };
  const inTasks = declared('tasks.d.ts', 'Tasks');
  assert.deepEqual([...inTasks].sort(), Object.keys(OPERATIONS).sort());
  const onlyOfFlows = [
    'task',
    'union',
    'sink',
    'freeze',
    'allWithOnAtomComplete',
    'allWithWrapper',
  ];
  const inFlows = declared('flow.d.ts', 'Flow<Event>');
  assert.deepEqual([...inFlows].sort(), [...inTasks, ...onlyOfFlows].sort());
});
