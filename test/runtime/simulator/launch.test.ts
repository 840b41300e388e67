import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Builder, PortalsJS } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { run, workflow } from '../run-program.ts';

/** An application of that name, built by `build`. */
function application(
  PortalsJS: PortalsJS,
  name: string,
  build: (app: Builder) => void,
): ReturnType<Builder['build']> {
  const app = PortalsJS.ApplicationBuilder(name);
  build(app);
  return app.build();
}

test('an application reads a stream of another through the registry', () => {
  check(
    (app, { PortalsJS }) => {
      const system = PortalsJS.System();
      workflow(app, [[1], [2]]);
      system.launch(app.build());
      system.launch(
        application(PortalsJS, 'other', (other) => {
          const stream = other.registry.streams.get('/app/workflows/w/stream');
          other.workflowsWithName('copy').source(stream).sink().freeze();
        }),
      );
      system.stepUntilComplete();
    },
    { streams: { '/other/workflows/copy': '[1] [2] seal' } },
  );
});

test('an application connects to a sequencer of another', () => {
  check(
    (app, { PortalsJS }) => {
      const system = PortalsJS.System();
      const merged = app.sequencersWithName('s').random();
      app.connections.connect(app.generators.signal('own').stream, merged);
      system.launch(app.build());
      system.stepUntilComplete();
      system.launch(
        application(PortalsJS, 'other', (other) => {
          const sequencer = other.registry.sequencers.get('/app/sequencers/s');
          other.connections.connect(other.generators.signal('theirs').stream, sequencer);
          other.workflowsWithName('copy').source(sequencer.stream).sink().freeze();
        }),
      );
      system.stepUntilComplete();
    },
    { streams: { 'sequencers/s': "['own'] ['theirs']", '/other/workflows/copy': "['theirs']" } },
  );
});

test('an application adds a split to a splitter of another', () => {
  check(
    (app, { PortalsJS }) => {
      const system = PortalsJS.System();
      const source = app.generators.fromArrayOfArrays([
        [1, 2],
        [3, 4],
      ]);
      const splitter = app.splittersWithName('sp').empty(source.stream);
      app.splitsWithName('odd').split(splitter, (x) => x % 2 === 1);
      system.launch(app.build());
      system.launch(
        application(PortalsJS, 'other', (other) => {
          const theirs = other.registry.splitters.get('/app/splitters/sp');
          const rest = other.splitsWithName('rest').split(theirs, () => true);
          other.workflowsWithName('copy').source(rest).sink().freeze();
        }),
      );
      system.stepUntilComplete();
    },
    {
      streams: {
        'splitters/sp/odd': '[1] [3] seal',
        '/other/workflows/copy': '[2] [4] seal',
      },
    },
  );
});

test('an application asks a portal of another', () => {
  check(
    (app, { PortalsJS }) => {
      const system = PortalsJS.System();
      const portal = app.portal('p');
      workflow(app, [], (flow) =>
        flow.replier(
          portal,
          () => () => {},
          (ctx) => (x) => ctx.reply(x * 2),
        ),
      );
      system.launch(app.build());
      system.stepUntilComplete();
      // The replier's source has ended; it answers all the same.
      system.launch(
        application(PortalsJS, 'other', (other) => {
          const theirs = other.registry.portals.get('/app/portals/p');
          workflow(other, [4], (flow) =>
            flow.asker(theirs, (ctx) => (x) => {
              const future = ctx.ask(theirs, x);
              ctx.await(future, (ctx) => ctx.log.info(future.value(ctx)));
            }),
          );
        }),
      );
      system.stepUntilComplete();
    },
    { messages: ['8'], pending: [] },
  );
});

test('step processes one atom by one unit', () => {
  const steps: string[][] = [];
  run((app, { PortalsJS, simulator }) => {
    const system = PortalsJS.System();
    workflow(app, [[1], [2]]);
    system.launch(app.build());
    for (let step = 0; step < 4; step++) {
      system.step();
      steps.push(simulator.inspect.history(step, 10).items.map(({ choice }) => choice.label));
    }
  });
  assert.deepEqual(steps, [
    ['/app/generators/w generates its next atom'],
    ['/app/workflows/w takes an atom of /app/generators/w/stream'],
    ['/app/generators/w generates its next atom'],
    ['/app/workflows/w takes an atom of /app/generators/w/stream'],
  ]);
});

test('step does nothing when nothing is enabled, and says so', () => {
  run((app, { PortalsJS }) => {
    const system = PortalsJS.System();
    assert.equal(system.step(), false);
    system.launch(app.build());
    assert.equal(system.step(), false);
    system.launch(application(PortalsJS, 'other', (other) => other.generators.signal(1)));
    assert.equal(system.step(), true);
    assert.equal(system.step(), true, 'the seal');
    assert.equal(system.step(), false);
  });
});

test('a system runs what was launched on it, and nothing else', () => {
  check(
    (app, { PortalsJS }) => {
      const [one, two] = [PortalsJS.System(), PortalsJS.System()];
      workflow(app, [[1], [2]], (flow) => flow.logger().withName('log'));
      one.launch(app.build());
      two.launch(
        application(PortalsJS, 'other', (other) => {
          const signal = other.generators.signal('other');
          other.workflowsWithName('w').source(signal.stream).logger().withName('log').sink();
        }),
      );
      two.stepUntilComplete();
      one.step();
      two.shutdown();
      one.stepUntilComplete();
    },
    { messages: ['other', '1', '2'] },
  );
});

test('a system that nothing was launched on stands for all', () => {
  const { streams } = run((app, { PortalsJS }) => {
    workflow(app, [[1], [2]]);
    PortalsJS.System().launch(app.build());
    PortalsJS.System().step();
    PortalsJS.System().step();
    PortalsJS.System().shutdown();
    PortalsJS.System().stepUntilComplete();
  });
  assert.equal(streams['workflows/w'], '[1]');
});

test('a host drives all systems that a program has launched on', () => {
  check(
    (app, { PortalsJS, simulator }) => {
      workflow(app, [1]);
      PortalsJS.System().launch(app.build());
      PortalsJS.System().launch(
        application(PortalsJS, 'other', (other) => other.generatorsWithName('g').signal(2)),
      );
      simulator.stepUntilComplete();
    },
    { streams: { 'workflows/w': '[1] seal', '/other/generators/g': '[2] seal' } },
  );
});

test('after shutdown nothing is enabled', () => {
  const { streams } = run((app, { PortalsJS }) => {
    const system = PortalsJS.System();
    workflow(app, [[1], [2]]);
    system.launch(app.build());
    system.step();
    system.shutdown();
    system.stepUntilComplete();
  });
  assert.deepEqual(streams, { 'generators/w': '[1]' });
});

test('handlers do not drive the system they run in', () => {
  const { errors } = run((app, { PortalsJS }) => {
    workflow(app, [1], (flow) => flow.map(() => () => PortalsJS.System().step()));
  });
  assert.match(errors[0] ?? '', /^PORTALS_HANDLER_REENTERED /);
});

test('a probe does not drive the run that it observes', () => {
  const refusals: string[] = [];
  let step = () => {};
  const { streams } = run(
    (app, { PortalsJS }) => {
      workflow(app, [[1], [2]]);
      const system = PortalsJS.System();
      system.launch(app.build());
      step = () => system.step();
      system.stepUntilComplete();
    },
    {
      probe() {
        try {
          step();
        } catch (error) {
          refusals.push((error as { code: string }).code);
        }
      },
    },
  );
  assert.deepEqual([...new Set(refusals)], ['PORTALS_HANDLER_REENTERED']);
  assert.equal(streams['workflows/w'], '[1] [2] seal');
});
