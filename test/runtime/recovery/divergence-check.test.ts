import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notice } from '../../../runtime/index.ts';
import { crash, type Program, run, type Settings, workflow } from '../run-program.ts';

const FLOW = 'workflows/w';

/** What is reported of steps that did something else when they were processed again. */
function divergences(program: Program, settings: Settings): string[] {
  const { notices, crashes } = run(program, settings);
  assert.equal(crashes, settings.faults?.length);
  return notices.flatMap((notice) => (notice.kind === 'diverged' ? [textOf(notice)] : []));
}

function textOf({ step, unit, error }: Extract<Notice, { kind: 'diverged' }>): string {
  const [, difference = error.message] = /again: (.*?)\. It/.exec(error.message) ?? [];
  return `${step} ${unit}: ${difference}`;
}

/** A task that counts the events of all attempts, where no rollback undoes it. */
function counting(log: boolean): Program {
  let seen = 0;
  return (app) =>
    workflow(app, [[1, 2], [3]], (flow) =>
      flow.map((ctx) => (x) => {
        seen += 1;
        if (log) ctx.log.info(`event ${seen}`);
        return Number(x) * 100 + seen;
      }),
    );
}

test('a variable of the program makes a step differ from its attempt before', () => {
  const faults = [crash(FLOW, 'vote', 1)];
  const difference = 'event 1 of /app/workflows/w/stream was 101 and is now 103';
  assert.deepEqual(divergences(counting(false), { faults }), [`1 /app/workflows/w: ${difference}`]);
});

test('what an attempt has done until it was aborted is compared as well', () => {
  const faults = [crash(FLOW, 'process', 2)];
  const difference = "the log of /app/workflows/w/t was 'event 1' and is now 'event 3'";
  const found = divergences(counting(true), { faults });
  assert.deepEqual(
    found.map((line) => line.replace(/w\/\$\d+/, 'w/t')),
    [`1 /app/workflows/w: ${difference}`],
  );
});

test('where an attempt was aborted makes no difference between its writes and the next ones', () => {
  const program: Program = (app, { PortalsJS }) =>
    workflow(app, [[1, 2, 1, 3]], (flow) =>
      flow.map((ctx) => (x) => {
        const [sum, count] = ['sum', 'count'].map((name) => PortalsJS.PerTaskState(name, 0, ctx));
        const last = PortalsJS.PerKeyState('last', 0, ctx);
        for (const state of [last, sum, count]) state?.set(Number(state.get()) + Number(x));
        return x;
      }),
    );
  for (const occurrence of [1, 2, 3, 4]) {
    assert.deepEqual(divergences(program, { faults: [crash(FLOW, 'process', occurrence)] }), []);
  }
});

test('all steps of an epoch are compared', () => {
  const faults = [crash(FLOW, 'vote', 1)];
  const found = divergences(counting(false), { faults, snapshotEvery: 8 });
  assert.deepEqual(
    found.map((line) => line.slice(0, 1)),
    ['1', '3'],
  );
});

test('state of the model, time and random numbers are the same again', () => {
  const program: Program = (app, { PortalsJS, environment }) =>
    workflow(app, [[1, 2], [3]], (flow) =>
      flow.map((ctx) => (x) => {
        const sum = PortalsJS.PerTaskState('sum', 0, ctx);
        sum.set(Number(sum.get()) + Number(x));
        ctx.log.info([sum.get(), environment.drawUnit(), environment.readClock()]);
        return sum.get();
      }),
    );
  for (const point of ['process', 'vote', 'read'] as const) {
    assert.deepEqual(divergences(program, { faults: [crash(FLOW, point, 2)] }), []);
  }
});

test('what was edited meanwhile may be different', () => {
  const program: Program = (app, { PortalsJS, simulator }) => {
    workflow(app, [[1], [2], [3]], (flow) =>
      flow
        .map((ctx) => (x) => {
          const sum = PortalsJS.PerTaskState('sum', 0, ctx);
          sum.set(Number(sum.get()) + Number(x));
          return sum.get();
        })
        .withName('sums'),
    );
    const system = PortalsJS.System();
    system.launch(app.build());
    for (let steps = 0; steps < 4; steps++) system.step();
    const target = { task: '/app/workflows/w/sums', name: 'sum' } as never;
    simulator.receive({ kind: 'edit', target, expression: '7' });
    system.stepUntilComplete();
  };
  const evaluate = (text: string) => Number(text);
  const settings = { faults: [crash(FLOW, 'process', 3)], snapshotEvery: 20, evaluate };
  assert.deepEqual(divergences(program, settings), []);
});
