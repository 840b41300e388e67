import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Path } from '../../../runtime/index.ts';
import type { Transition } from '../../../runtime/simulator/processors/transition.ts';
import { createScheduler } from '../../../runtime/simulator/scheduler.ts';
import type { Builder } from '../authors-api.ts';
import { type Program, run, type Settings, workflow } from '../run-program.ts';

/** A generator, a splitter, a sequencer, and workflows that ask a portal. */
const everything: Program = (app) => {
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
  const source = app.generatorsWithName('g').fromArrayOfArrays([[1, 2], [3]]);
  const splitter = app.splittersWithName('sp').empty(source.stream);
  const all = app.splitsWithName('all').split(splitter, () => true);
  const merged = app.sequencersWithName('s').random();
  app.connections.connect(all, merged);
  app
    .workflowsWithName('asker')
    .source(merged.stream)
    .asker(portal, (ctx) => (x) => {
      const future = ctx.ask(portal, x);
      ctx.await(future, (ctx) => ctx.emit(future.value(ctx)));
    })
    .sink();
};

/** Many independent workflows, so that there is much to choose from. */
const wide: Program = (app) => {
  for (const name of 'abcdef') workflow(app, [[1], [2]], undefined, name);
};

function choicesOf(program: Program, settings: Settings): string[] {
  return run(program, settings).choices.map((label) => label.replaceAll('/app/', ''));
}

test('drain prefers portals, then workflows, sequencers, splitters and generators', () => {
  assert.deepEqual(choicesOf(everything, { schedule: 'drain' }).slice(0, 10), [
    'generators/replier generates its next atom',
    // The replier's seal waits, because it may still be asked.
    'generators/g generates its next atom',
    'splitters/sp splits an atom of generators/g/stream',
    'sequencers/s takes an atom of splitters/sp/all/stream',
    'workflows/asker takes an atom of sequencers/s/stream',
    'workflows/replier takes requests of portals/p',
    'workflows/asker takes replies of portals/p',
    'generators/g generates its next atom',
    'splitters/sp splits an atom of generators/g/stream',
    'sequencers/s takes an atom of splitters/sp/all/stream',
  ]);
});

test('drain takes the messages of a portal that arrived first', () => {
  const messages = (unit: string, arrival: number, ready = true): Transition => ({
    unit: unit as Path,
    priority: 'portal',
    input: '/app/portals/p' as Path,
    ready: () => ready,
    deferred: () => false,
    arrivalOrder: () => arrival,
    run: () => [],
    describe: () => ({ action: 'replies', unit: unit as Path, label: unit }),
  });
  const scheduler = createScheduler('drain', 0);
  scheduler.add([messages('a', 3), messages('b', 2), messages('c', 1, false), messages('d', 4)]);
  assert.equal(scheduler.next()?.unit, 'b');
});

test('drain takes elements of a kind in the order of their launch', () => {
  assert.deepEqual(choicesOf(wide, { schedule: 'drain' }).slice(0, 4), [
    'generators/a generates its next atom',
    'workflows/a takes an atom of generators/a/stream',
    'generators/a generates its next atom',
    'workflows/a takes an atom of generators/a/stream',
  ]);
});

test('manual chooses as drain does, unless the host chooses', () => {
  assert.deepEqual(
    choicesOf(everything, { schedule: 'manual' }),
    choicesOf(everything, { schedule: 'drain' }),
  );
  const choices = choicesOf(
    (app: Builder, { simulator }) => {
      wide(app, {} as never);
      simulator.launch(app.build());
      simulator.receive({ kind: 'choose', label: '/app/generators/c generates its next atom' });
      simulator.step();
      simulator.receive({
        kind: 'choose',
        label: '/app/workflows/c takes an atom of /app/generators/c/stream',
      });
      simulator.step();
      simulator.step();
    },
    { schedule: 'manual' },
  );
  assert.deepEqual(choices, [
    'generators/c generates its next atom',
    'workflows/c takes an atom of generators/c/stream',
    'generators/a generates its next atom',
  ]);
});

test('a choice that is not enabled is refused, with those that are', () => {
  run((app, { simulator }) => {
    wide(app, {} as never);
    simulator.launch(app.build());
    assert.throws(() => simulator.receive({ kind: 'choose', label: 'anything' }), {
      code: 'PORTALS_UNKNOWN_CHOICE',
      message: /no enabled step is called 'anything'; .*generators\/a generates its next atom; /,
    });
  });
});

test('the enabled choices have labels of their own, and any of them can be chosen', () => {
  run((app, { simulator }) => {
    everything(app, {} as never);
    simulator.launch(app.build());
    for (let step = 0; ; step++) {
      const enabled = simulator.inspect.enabled();
      const last = enabled.at(-1);
      if (last === undefined) break;
      assert.equal(new Set(enabled.map(({ label }) => label)).size, enabled.length);
      simulator.receive({ kind: 'choose', label: last.label });
      simulator.step();
      assert.equal(simulator.inspect.history(step, 1).items[0]?.choice.label, last.label);
    }
  });
});

test('a stream that is connected twice is two choices, and one edge of the topology', () => {
  run((app, { simulator }) => {
    const source = app.generatorsWithName('g').signal(1);
    const sequencer = app.sequencersWithName('s').random();
    app.connectionsWithName('one').connect(source.stream, sequencer);
    app.connectionsWithName('two').connect(source.stream, sequencer);
    const flow = app.workflowsWithName('w').source(sequencer.stream).identity();
    flow.union([flow]).sink();
    simulator.launch(app.build());
    simulator.step();
    const takes = '/app/sequencers/s takes an atom of /app/generators/g/stream';
    const labels = simulator.inspect.enabled().map(({ label }) => label);
    assert.deepEqual(labels.slice(0, 2), [takes, `${takes} over /app/connections/two`]);
    const ids = simulator.inspect.topology().edges.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});

for (const schedule of ['random', 'pct'] as const) {
  test(`${schedule}: the seed gives the order`, () => {
    const orders = [0, 1, 2, 3].map((seed) => choicesOf(wide, { schedule, seed }).join('\n'));
    assert.equal(new Set(orders).size, 4, 'each seed gives another order');
    assert.equal(choicesOf(wide, { schedule, seed: 2 }).join('\n'), orders[2]);
  });

  test(`${schedule}: all is done whatever the order`, () => {
    const streams = run(wide, { schedule: 'drain' }).streams;
    for (let seed = 0; seed < 20; seed++) {
      assert.deepEqual(sorted(run(wide, { schedule, seed }).streams), sorted(streams));
    }
  });
}

function sorted(record: Record<string, string>): [string, string][] {
  return Object.entries(record).sort();
}

test('maxSteps stops the run, and may be reached again by continuing', () => {
  const { choices, notices } = run(wide, { maxSteps: 3 });
  assert.equal(choices.length, 3);
  const rested = notices.filter((notice) => notice.kind === 'rested');
  assert.deepEqual(
    rested.map(({ step, reason }) => [step, reason]),
    [[3, 'max-steps']],
  );
});

test('the program draws from another sequence than the scheduler', () => {
  const drawing: Program = (app, { environment }) => {
    for (const name of 'abc') {
      workflow(app, [[1], [2]], (flow) => flow.map(() => () => environment.drawUnit()), name);
    }
  };
  const still: Program = (app) => {
    for (const name of 'abc') workflow(app, [[1], [2]], (flow) => flow.map(() => () => 0), name);
  };
  const settings = { schedule: 'random', seed: 7 } as const;
  assert.deepEqual(choicesOf(drawing, settings), choicesOf(still, settings));
});
