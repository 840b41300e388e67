import { test } from 'node:test';
import type { Builder, Flow, Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { workflow } from '../run-program.ts';

const plus = (n: number) => () => (x: Value) => x + n;

/** A flow over atoms of numbers, and the output stream of its workflow. */
const FLOWS: readonly (readonly [
  title: string,
  atoms: Value[],
  build: (flow: Flow, app: Builder) => Flow,
  output: string,
])[] = [
  [
    'a flow kept in a variable may be continued twice; union joins the forks, one after the other',
    [1, 2],
    (flow) => flow.map(plus(10)).union([flow.map(plus(100))]),
    '[11 12 101 102] seal',
  ],
  [
    'union takes one flow, or a list',
    [1],
    (flow) =>
      flow
        .map(plus(10))
        .union(flow.map(plus(100)))
        .union([flow.map(plus(5)), flow]),
    '[11 101 6 1] seal',
  ],
  [
    'what is joined twice comes twice',
    [1, 2],
    (flow) => {
      const one = flow.map(plus(10));
      const both = one.union([flow]);
      return both.union([both, one]);
    },
    '[11 12 1 2 11 12 1 2 11 12] seal',
  ],
  [
    'several paths may lead to the sink',
    [1, 2],
    (flow) => {
      flow.map(plus(10)).sink();
      flow.map(plus(20)).sink();
      return flow.map(plus(30));
    },
    '[11 12 21 22 31 32] seal',
  ],
  [
    'a diamond joins in front of a task',
    [1],
    (flow) => {
      const first = flow.map(plus(1));
      return first
        .map(plus(10))
        .union([first.map(plus(20))])
        .map(plus(100));
    },
    '[112 122] seal',
  ],
  [
    'a fork may be left open',
    [1],
    (flow) => {
      flow.map(plus(7));
      return flow.map(plus(1));
    },
    '[2] seal',
  ],
  [
    'each atom passes every path before the next atom starts',
    [[1], [2]],
    (flow) => flow.map(plus(10)).union([flow.map(plus(20))]),
    '[11 21] [12 22] seal',
  ],
];

for (const [title, atoms, build, output] of FLOWS) {
  test(title, () => {
    check((app) => workflow(app, atoms, (flow) => build(flow, app)), {
      streams: { 'workflows/w': output },
    });
  });
}

test('withName names the task that the flow stands at', () => {
  check(
    (app) =>
      workflow(app, [1], (flow) => {
        const first = flow.logger().withName('first');
        const left = first.logger().withName('left');
        return first.logger().withName('right').union([left]).logger().withName('last');
      }),
    {
      log: [
        'workflows/w/first - 1',
        'workflows/w/left - 1',
        'workflows/w/right - 1',
        'workflows/w/last - 1',
        'workflows/w/last - 1',
      ],
    },
  );
});

test('the stream of a workflow may have several consumers', () => {
  check(
    (app) => {
      const first = workflow(app, [[1], [2]]);
      for (const name of ['a', 'b'])
        app.workflowsWithName(name).source(first.stream).sink().freeze();
    },
    { streams: { 'workflows/a': '[1] [2] seal', 'workflows/b': '[1] [2] seal' } },
  );
});

test('freeze on the builder ends the workflow begun there', () => {
  check(
    (app) => {
      const workflows = app.workflowsWithName('w');
      workflows.source(app.generators.signal(1).stream).map(plus(1)).sink();
      app.workflowsWithName('next').source(workflows.freeze().stream).map(plus(1)).sink().freeze();
    },
    { streams: { 'workflows/next': '[3] seal' } },
  );
});

test('build freezes a workflow that is complete', () => {
  check(
    (app) => app.workflowsWithName('w').source(app.generators.signal(1).stream).map(plus(1)).sink(),
    { streams: { 'workflows/w': '[2] seal' } },
  );
});
