import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execute } from '../../exploration/execution.ts';
import { bundle, loadRuntimeCode } from '../../program/index.ts';
import { DEFAULT_OPTIONS, type Schedule } from '../../runtime/index.ts';
import { type Program, run, workflow } from '../runtime/run-program.ts';

/**
 * A history up to steps that commute: for each unit, the order in which it took its inputs.
 * `content` is what the run committed.
 */
interface History {
  readonly order: string;
  readonly content: string;
}

const SEEDS = 400;

/** How many different histories and contents the seeds of a schedule give. */
function explored(runWith: (schedule: Schedule, seed: number) => History, schedule: Schedule) {
  const histories = Array.from({ length: SEEDS }, (_, seed) => runWith(schedule, seed));
  return {
    orders: new Set(histories.map(({ order }) => order)).size,
    contents: new Set(histories.map(({ content }) => content)).size,
  };
}

function orderPerUnit(decisions: readonly string[]): string {
  const units = new Map<string, string[]>();
  for (const decision of decisions) {
    const [unit = ''] = decision.split(' ');
    units.set(unit, [...(units.get(unit) ?? []), decision]);
  }
  return JSON.stringify([...units].sort());
}

function assertExploresAsMuch(runWith: (schedule: Schedule, seed: number) => History): void {
  const [random, pct] = [explored(runWith, 'random'), explored(runWith, 'pct')];
  const counts = `random ${JSON.stringify(random)}, pct ${JSON.stringify(pct)}`;
  assert.ok(pct.orders >= random.orders, counts);
  assert.ok(pct.contents >= random.contents, counts);
}

test('pct explores at least as much as random: the shopping cart', async () => {
  const [cart, code] = [await bundle('examples/shopping-cart.js'), await loadRuntimeCode()];
  assertExploresAsMuch((schedule, seed) => {
    const { decisions, state, observations } = execute(cart, code, {
      ...DEFAULT_OPTIONS,
      schedule,
      seed,
    });
    const content = JSON.stringify([[...state].sort(), [...observations].sort()]);
    return { order: orderPerUnit(decisions), content };
  });
});

/** Three askers of one portal, merged by a sequencer. */
const askers: Program = (app) => {
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
  const merged = app.sequencersWithName('s').random();
  for (const name of 'abc') {
    const asker = workflow(
      app,
      [[1], [2]],
      (flow) =>
        flow.asker(portal, (ctx) => (x) => {
          const future = ctx.ask(portal, name + x);
          ctx.await(future, (ctx) => ctx.emit(future.value(ctx)));
        }),
      name,
    );
    app.connections.connect(asker.stream, merged);
  }
  app
    .workflowsWithName('end')
    .source(merged.stream)
    .map((_) => (x) => x)
    .sink();
};

test('pct explores at least as much as random: askers of one portal', () => {
  assertExploresAsMuch((schedule, seed) => {
    const { choices, streams } = run(askers, { schedule, seed });
    return {
      order: orderPerUnit(choices),
      content: JSON.stringify(Object.entries(streams).sort()),
    };
  });
});
