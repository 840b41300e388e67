import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Builder, Producer, Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { run } from '../run-program.ts';

/** `/app/sequencers/s` of the atoms of `/app/generators/a`, `b` and so on. */
function merge(app: Builder, ...inputs: Value[][][]): Producer {
  const sequencer = app.sequencersWithName('s').random();
  inputs.forEach((atoms, at) => {
    const source = app.generatorsWithName('abc'[at] ?? '').fromArrayOfArrays(atoms);
    app.connections.connect(source.stream, sequencer);
  });
  return sequencer;
}

test('a sequencer forwards atoms whole, and drops empty ones and seals', () => {
  check((app) => merge(app, [[1, 2], [], [3]]), { streams: { 'sequencers/s': '[1 2] [3]' } });
});

test('a sequencer keeps the order of each input', () => {
  const orders = new Set<string | undefined>();
  for (let seed = 0; seed < 40; seed++) {
    const { streams } = run((app) => merge(app, [[1], [2]], [[-1], [-2]]), {
      seed,
      schedule: 'random',
    });
    orders.add(streams['sequencers/s']);
  }
  assert.deepEqual([...orders].sort(), [
    '[-1] [-2] [1] [2]',
    '[-1] [1] [-2] [2]',
    '[-1] [1] [2] [-2]',
    '[1] [-1] [-2] [2]',
    '[1] [-1] [2] [-2]',
    '[1] [2] [-1] [-2]',
  ]);
});

test('all consumers of a sequencer see the order it chose', () => {
  for (let seed = 0; seed < 10; seed++) {
    const { streams } = run(
      (app) => {
        const merged = merge(app, [[1], [2]], [[-1], [-2]]);
        for (const name of ['x', 'y']) app.workflowsWithName(name).source(merged.stream).sink();
      },
      { schedule: 'random', seed },
    );
    assert.equal(streams['workflows/x'], streams['sequencers/s']);
    assert.equal(streams['workflows/y'], streams['sequencers/s']);
  }
});

test('a sequencer keeps the keys', () => {
  check(
    (app) => {
      const sequencer = app.sequencersWithName('s').random();
      app.connections.connect(app.generators.fromArray([1, 2], [7, 8]).stream, sequencer);
    },
    { keys: { 'sequencers/s': '[7 8]' } },
  );
});

test('a connection may close a cycle', () => {
  check(
    (app) => {
      const sequencer = app.sequencersWithName('s').random();
      const countdown = app
        .workflowsWithName('countdown')
        .source(sequencer.stream)
        .filter((x) => x > 0)
        .map(() => (x) => x - 1)
        .sink()
        .freeze();
      app.connections.connect(app.generators.fromArray([3, 1]).stream, sequencer);
      app.connections.connect(countdown.stream, sequencer);
    },
    {
      streams: {
        'sequencers/s': '[3 1] [2 0] [1] [0]',
        'workflows/countdown': '[2 0] [1] [0] []',
      },
    },
  );
});

test('a sequencer without an input rests', () => {
  check((app) => merge(app), { choices: [], streams: {} });
});

/** `/app/splitters/parity` with the splits `/odd` and `/large`. */
function split(app: Builder, atoms: Value[][]): void {
  const source = app.generators.fromArrayOfArrays(atoms);
  const splitter = app.splittersWithName('sp').empty(source.stream);
  app.splitsWithName('odd').split(splitter, (x) => x % 2 === 1);
  app.splitsWithName('large').split(splitter, (x) => x > 10);
}

test('an event goes to the first split that accepts it; none: it is dropped', () => {
  check((app) => split(app, [[1, 2, 11, 12, 3]]), {
    streams: { 'splitters/sp/odd': '[1 11 3] seal', 'splitters/sp/large': '[12] seal' },
  });
});

test('a split gets the part of an atom that is not empty, and the seal', () => {
  check((app) => split(app, [[1, 3], [12], [2], [], [5, 14]]), {
    streams: { 'splitters/sp/odd': '[1 3] [5] seal', 'splitters/sp/large': '[12] [14] seal' },
  });
});

test('a split keeps the keys', () => {
  check(
    (app) => {
      const source = app.generators.fromArray([1, 2, 3], ['a', 'b', 'c']);
      const splitter = app.splittersWithName('sp').empty(source.stream);
      app.splitsWithName('odd').split(splitter, (x) => x % 2 === 1);
    },
    { keys: { 'splitters/sp/odd': "['a' 'c'] seal" } },
  );
});

test('a split is a stream like any other', () => {
  check(
    (app) => {
      const parity = app.splitters.empty(app.generators.fromArray([1, 2, 3, 4]).stream);
      const even = app.splits.split(parity, (x) => x % 2 === 0);
      const merged = app.sequencersWithName('s').random();
      app.connections.connect(even, merged);
      app.workflowsWithName('w').source(even).sink();
      const again = app.splitters.empty(even);
      app
        .workflowsWithName('four')
        .source(app.splits.split(again, (x) => x === 4))
        .sink();
    },
    {
      streams: {
        'sequencers/s': '[2 4]',
        'workflows/w': '[2 4] seal',
        'workflows/four': '[4] seal',
      },
    },
  );
});

test('a splitter without a split drops everything', () => {
  check((app) => app.splittersWithName('sp').empty(app.generatorsWithName('g').signal(1).stream), {
    streams: { 'generators/g': '[1] seal' },
  });
});

test('the seal reaches a split without events in the step that takes it', () => {
  const { choices, streams } = run((app) => {
    const splitter = app.splittersWithName('sp').empty(app.generators.fromArray([1, 3]).stream);
    for (const rest of [0, 1]) {
      const split = app.splits.split(splitter, (x) => x % 2 === rest);
      app.workflowsWithName(`rest${rest}`).source(split).sink();
    }
  });
  assert.equal(streams['workflows/rest0'], 'seal');
  const steps = choices.filter((label) => label.includes('splitters/sp splits'));
  const generated = choices.filter((label) => label.includes('generates'));
  assert.equal(steps.length, generated.length);
});
