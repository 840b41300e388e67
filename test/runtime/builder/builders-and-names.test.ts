import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../check-program.ts';
import { run } from '../run-program.ts';

test('unnamed elements are numbered in order of creation, by one counter', () => {
  check(
    (app) => {
      const numbers = app.generators.fromArray([1]); // $1
      const merged = app.sequencers.random(); // $2
      app.connections.connect(numbers.stream, merged); // $3
      app.workflows.source(merged.stream).logger().sink().freeze(); // $4, its task $5
    },
    {
      log: ['workflows/$4/$5 - 1'],
      streams: { 'generators/$1': '[1] seal', 'sequencers/$2': '[1]' },
    },
  );
});

test('named elements take no number', () => {
  check(
    (app) => {
      const numbers = app.generatorsWithName('numbers').fromArray([1]);
      app
        .workflowsWithName('copy')
        .source(numbers.stream)
        .logger() // $1
        .sink()
        .freeze();
      app.workflows.source(numbers.stream).sink().freeze(); // $2
    },
    {
      log: ['workflows/copy/$1 - 1'],
      streams: {
        'generators/numbers': '[1] seal',
        'workflows/copy': '[1] seal',
        'workflows/$2': '[1] seal',
      },
    },
  );
});

test('a path names every kind of element', () => {
  run((app, { simulator }) => {
    const numbers = app.generatorsWithName('numbers').fromArray([1]);
    const parity = app.splittersWithName('parity').empty(numbers.stream);
    const odd = app.splitsWithName('odd').split(parity, (x) => x % 2 === 1);
    const merged = app.sequencersWithName('merged').random();
    app.connectionsWithName('odds').connect(odd, merged);
    const portal = app.portal('answers');
    app
      .workflowsWithName('answer')
      .source(merged.stream)
      .replier(
        portal,
        () => () => {},
        (ctx) => (x) => ctx.reply(x),
      )
      .withName('replier')
      .sink()
      .freeze();
    simulator.launch(app.build());
    const { nodes } = simulator.inspect.topology();
    assert.deepEqual(
      nodes.map(({ kind, path, stream }) => [kind, path, stream]),
      [
        ['generator', '/app/generators/numbers', '/app/generators/numbers/stream'],
        ['workflow', '/app/workflows/answer', '/app/workflows/answer/stream'],
        ['task', '/app/workflows/answer/replier', undefined],
        ['sequencer', '/app/sequencers/merged', '/app/sequencers/merged/stream'],
        ['splitter', '/app/splitters/parity', undefined],
        ['split', '/app/splitters/parity/odd', '/app/splitters/parity/odd/stream'],
        ['portal', '/app/portals/answers', undefined],
      ],
    );
    simulator.stepUntilComplete();
  });
});
