import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRuntime, DEFAULT_OPTIONS, type RuntimeOptions } from '../../../runtime/index.ts';
import type { Builder, PortalsJS } from '../authors-api.ts';
import { crash, workflow } from '../run-program.ts';

const STATE = 'sum';

const sums = (app: Builder, { PerKeyState }: PortalsJS) =>
  workflow(app, [[1, 2], [3], [4, 5]], (flow) =>
    flow
      .key(() => 0)
      .processor((ctx) => (x) => {
        const sum = PerKeyState(STATE, 0, ctx);
        sum.set(sum.get() + x);
        ctx.emit(sum.get());
      }),
  );

/** Runs `sums` as fast as it goes, without a probe. */
function silent(options: Partial<RuntimeOptions>) {
  const evaluate = (text: string) => JSON.parse(text) as unknown;
  const { simulator, PortalsJS } = createRuntime({ ...DEFAULT_OPTIONS, evaluate, ...options });
  const api = PortalsJS as PortalsJS;
  const app = api.ApplicationBuilder('app');
  sums(app, api);
  simulator.launch(app.build());
  return simulator;
}

test('a run without a probe keeps a history if it is asked to', () => {
  const simulator = silent({ history: {} });
  simulator.stepUntilComplete();
  const { total, items } = simulator.inspect.history(0, 100);
  assert.equal(total, simulator.inspect.status().step);
  assert.deepEqual(
    items.map(({ step, events }) => [step, events]),
    [0, 1, 2, 3, 4, 5, 6, 7].map((step) => [step, [2, 2, 1, 1, 2, 2, 0, 0][step]]),
  );
  assert.equal(silent({}).inspect.history(0, 1).total, 0);
});

test('the totals do not depend on the length of epochs', () => {
  const totals = [1, 2, 7].map((snapshotEvery) => {
    const simulator = silent({ snapshotEvery });
    simulator.stepUntilComplete();
    return simulator.inspect.status().totals;
  });
  assert.deepEqual(totals, [totals[0], totals[0], totals[0]]);
});

for (const snapshotEvery of [1, 2, 7]) {
  test(`an edited state is kept when a crash undoes the epoch of ${snapshotEvery}`, () => {
    const edited = (faults: RuntimeOptions['faults']) => {
      const simulator = silent({ snapshotEvery, faults });
      for (let step = 0; step < 3; step++) simulator.step();
      const [entry] = simulator.inspect.state({}).items;
      assert.equal(entry?.value, 3);
      const target = { task: entry.task, name: STATE, key: '0' };
      simulator.receive({ kind: 'edit', target, expression: '100' });
      simulator.stepUntilComplete();
      return simulator.inspect.state({}).items.map(({ value }) => value);
    };
    assert.deepEqual(edited([]), [112]);
    assert.deepEqual(edited([crash('workflows/w', 'aligned', 2)]), [112]);
    assert.deepEqual(edited([crash('workflows/w', 'vote', 2)]), [112]);
  });
}

test('a deleted state begins again', () => {
  const simulator = silent({});
  for (let step = 0; step < 3; step++) simulator.step();
  const [entry] = simulator.inspect.state({}).items;
  assert.ok(entry !== undefined);
  simulator.receive({ kind: 'edit', target: { task: entry.task, name: STATE, key: '0' } });
  simulator.stepUntilComplete();
  assert.deepEqual(
    simulator.inspect.state({}).items.map(({ value }) => value),
    [12],
  );
});

test('only a state that is kept can be edited', () => {
  const simulator = silent({});
  const target = { task: '/app/workflows/w/none' as never, name: 'x' };
  assert.throws(() => simulator.receive({ kind: 'edit', target, expression: '1' }), {
    code: 'PORTALS_UNKNOWN_STATE',
    message: /keeps no state 'x' of its own/,
  });
  assert.deepEqual(simulator.inputs, []);
});

test('what a changed program cannot repeat is missed, and the rest continues', () => {
  const inputs = [
    { at: { boundary: 1, notice: 1 }, input: { kind: 'choose', label: 'of another program' } },
    { at: { boundary: 2, notice: 999 }, input: { kind: 'choose', label: 'never reached' } },
  ] as const;
  const simulator = silent({ inputs });
  simulator.stepUntilComplete();
  assert.deepEqual(simulator.missed, inputs);
  assert.equal(simulator.inspect.status().totals.events, silentTotals());
});

function silentTotals(): number {
  const simulator = silent({});
  simulator.stepUntilComplete();
  return simulator.inspect.status().totals.events;
}
