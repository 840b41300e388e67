import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Environment, type Fault, type Notice, PROTOCOL_POINTS } from '../../../runtime/index.ts';
import type { Builder } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { history } from '../crash-sweep.ts';
import { crash, type Program, run, type Settings, workflow } from '../run-program.ts';

const twoAtoms: Program = (app) => {
  workflow(app, [[1, 2], [3]], (flow) =>
    flow
      .map((ctx) => (x) => {
        ctx.state.set('seen', x);
        ctx.log.info(`handles ${x}`);
        return x * 10;
      })
      .withName('t'),
  );
};

/** What is reported of the unit, without its events' sites. */
function noticesOf(program: Program, settings: Settings, unit = '/app/workflows/w'): string[] {
  const { notices } = run(program, { ...settings, detail: 'events' });
  return notices.flatMap((notice) => {
    const line = describe(notice);
    return line === undefined || !('unit' in notice ? notice.unit === unit : true) ? [] : [line];
  });
}

function describe(notice: Notice): string | undefined {
  switch (notice.kind) {
    case 'point':
      return `${notice.step} ${notice.point}`;
    case 'after-event':
      return notice.site.unit === '/app/workflows/w'
        ? `${notice.site.step} process ${String(notice.site.value)}`
        : undefined;
    case 'crashed':
      return `${notice.step} crashed, ${notice.outcome}`;
    case 'aborted':
      return `${notice.step} aborted to ${notice.toStep}`;
    case 'recovered':
      return `${notice.step} recovered, ${notice.outcome}`;
    case 'committed':
      return `${notice.step} committed`;
    default:
      return undefined;
  }
}

const POINTS_OF_ONE_ATOM = [
  '1 read',
  '1 process 1',
  '1 process 2',
  '1 aligned',
  '1 pre-commit(output)',
  '1 pre-commit(state)',
  '1 vote',
  '1 decide',
  '1 publish',
  '1 acknowledge',
  '1 committed',
];

test('an atom passes the points of the protocol in order, and then is committed', () => {
  assert.deepEqual(noticesOf(twoAtoms, { maxSteps: 2 }), POINTS_OF_ONE_ATOM);
});

for (const [at, point] of PROTOCOL_POINTS.entries()) {
  const forward = at >= PROTOCOL_POINTS.indexOf('decide');
  test(`a crash at ${point} rolls ${forward ? 'forward' : 'back'}`, () => {
    const faults = [crash('workflows/w', point)];
    const passed = POINTS_OF_ONE_ATOM.findIndex((line) => line.startsWith(`1 ${point}`)) + 1;
    const recovery = forward
      ? ['1 crashed, forward', '1 recovered, forward']
      : ['1 crashed, back', '1 aborted to 1', '1 recovered, back'];
    assert.deepEqual(noticesOf(twoAtoms, { maxSteps: 2, faults }), [
      ...POINTS_OF_ONE_ATOM.slice(0, passed),
      ...recovery,
      // Going forward the point is passed again, for recovery itself may crash there.
      ...POINTS_OF_ONE_ATOM.slice(forward ? passed - 1 : 0),
    ]);
  });
}

test('what an aborted attempt did is reported, and rolled back', () => {
  const { notices, messages, streams, state } = run(twoAtoms, {
    detail: 'events',
    faults: [crash('workflows/w', 'process', 2)],
  });
  const lines = notices.flatMap((notice) =>
    notice.kind === 'log' ? [`${notice.message}, attempt ${notice.attempt}`] : [],
  );
  assert.deepEqual(lines.slice(0, 4), [
    'handles 1, attempt 1',
    'handles 2, attempt 1',
    'handles 1, attempt 2',
    'handles 2, attempt 2',
  ]);
  assert.deepEqual(messages, ['handles 1', 'handles 2', 'handles 3']);
  assert.equal(streams['workflows/w'], '[10 20] [30] seal');
  assert.deepEqual(
    state,
    [1, 2, 3].map((x) => `workflows/w/t seen[${x}] = ${x}`),
  );
});

/** Faults, and how many of them trigger. */
const TRIGGERED: readonly (readonly [title: string, faults: Fault[], crashes: number])[] = [
  ['a task may be crashed', [crash('workflows/w/t', 'process', 3)], 1],
  ['a generator may be crashed', [crash('generators/w', 'vote')], 1],
  ['recovery may crash', [1, 2, 3].map((n) => crash('workflows/w', 'aligned', n)), 3],
  ['going forward may crash', [1, 2].map((n) => crash('workflows/w', 'publish', n)), 2],
  [
    'several units may crash',
    [crash('generators/w', 'read'), crash('workflows/w', 'decide'), crash('workflows/w', 'vote')],
    3,
  ],
  ['a point that is never passed never crashes', [crash('workflows/w', 'read', 99)], 0],
  ['an unknown target never crashes', [crash('workflows/other', 'read')], 0],
];

for (const [title, faults, crashes] of TRIGGERED) {
  for (const snapshotEvery of [1, 2, 7]) {
    test(`${title}; epochs of ${snapshotEvery}`, () => {
      const baseline = run(twoAtoms, { detail: 'events' });
      const crashed = run(twoAtoms, { detail: 'events', faults, snapshotEvery });
      assert.equal(crashed.crashes, crashes);
      assert.deepEqual(history(crashed), history(baseline));
    });
  }
}

test('an injected fault counts passings from now on', () => {
  const { notices, streams } = run((app, { simulator }) => {
    twoAtoms(app, { simulator } as never);
    simulator.launch(app.build());
    simulator.step();
    simulator.step();
    simulator.receive({ kind: 'inject', fault: crash('workflows/w', 'read', 1) });
    simulator.stepUntilComplete();
  });
  const crashed = notices.filter((notice) => notice.kind === 'crashed');
  assert.deepEqual(
    crashed.map(({ step }) => step),
    [3],
  );
  assert.equal(streams['workflows/w'], '[10 20] [30] seal');
});

test('an epoch of several atoms is committed at its end, not before', () => {
  run(
    (app, { simulator }) => {
      workflow(app, [[1], [2], [3]]);
      simulator.launch(app.build());
      const committed: (number | undefined)[][] = [];
      while (simulator.step()) {
        const { streams } = simulator.inspect.status();
        committed.push([streams['/app/generators/w/stream'], streams['/app/workflows/w/stream']]);
      }
      assert.deepEqual(committed, [
        [0, 0],
        [0, 0],
        [2, 1],
        [2, 1],
        [2, 1],
        [3, 3],
        [3, 3],
        [3, 3],
      ]);
      const { streams } = simulator.inspect.status();
      assert.equal(streams['/app/workflows/w/stream'], 4, 'the last epoch ends with the run');
    },
    { snapshotEvery: 3 },
  );
});

test('a crash undoes the whole epoch, which is then replayed with the same choices', () => {
  const faults = [crash('workflows/w', 'process', 3)];
  const { notices } = run(twoAtoms, { detail: 'events', snapshotEvery: 4, faults });
  const steps = notices.flatMap((notice) => {
    if (notice.kind === 'started') return [`${notice.step} attempt ${notice.attempt}`];
    if (notice.kind === 'aborted') return [`aborted ${notice.step} to ${notice.toStep}`];
    return notice.kind === 'committed' ? [`${notice.step} committed`] : [];
  });
  assert.deepEqual(steps, [
    '0 attempt 1',
    '1 attempt 1',
    '2 attempt 1',
    '3 attempt 1',
    'aborted 3 to 0',
    '0 attempt 2',
    '1 attempt 2',
    '2 attempt 2',
    '3 attempt 2',
    '0 committed',
    '1 committed',
    '2 committed',
    '3 committed',
    '4 attempt 1',
    '5 attempt 1',
    '4 committed',
    '5 committed',
  ]);
});

test('a crash keeps what was committed before it', () => {
  const { notices } = run(twoAtoms, { faults: [crash('workflows/w', 'vote', 2)] });
  const committed = notices.flatMap((notice) => (notice.kind === 'committed' ? [notice.step] : []));
  assert.deepEqual(committed, [0, 1, 2, 3, 4, 5]);
});

test('a unit whose name starts like another is not confused with it', () => {
  const program = (app: Builder) => {
    workflow(app, [1], undefined, 'ab');
    workflow(app, [1], undefined, 'a');
  };
  for (const point of ['vote', 'publish'] as const) {
    const faults = [crash('workflows/ab', point)];
    const { notices } = run(program, { faults, snapshotEvery: 9 });
    const units = notices.flatMap((notice) => (notice.kind === 'crashed' ? [notice.unit] : []));
    assert.deepEqual(units, ['/app/workflows/ab']);
  }
});

test('draws and times of an aborted attempt are drawn again', () => {
  const draw = (environment: Environment) => Math.floor(environment.drawUnit() * 1000);
  const alike = new Environment({ seed: 0 });
  const expected = { output: [] as string[], messages: [] as string[] };
  for (let atom = 0; atom < 3; atom++) {
    expected.output.push(`generates ${alike.readClock()}`);
    expected.messages.push([draw(alike), draw(alike), alike.readClock()].join());
  }
  check((app, { environment }) => {
    function* draws() {
      for (let count = 0; count < 3; count++) {
        environment.print(`generates ${environment.readClock()}`, 'stdout');
        yield [draw(environment)];
      }
    }
    const source = app.generatorsWithName('g').fromIteratorOfIterators(draws());
    const drawing = () => (x: number) => [x, draw(environment), environment.readClock()];
    app.workflowsWithName('w').source(source.stream).map(drawing).logger().sink();
  }, expected);
});
