import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Builder, PortalsJS } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { run, workflow } from '../run-program.ts';

/** Launches `/late`, built by `build`, and runs everything to the end. */
function launchLate(
  { PortalsJS, system }: { PortalsJS: PortalsJS; system: ReturnType<PortalsJS['System']> },
  build: (late: Builder) => void,
  name = 'late',
): void {
  const late = PortalsJS.ApplicationBuilder(name);
  build(late);
  system.launch(late.build());
  system.stepUntilComplete();
}

test('a consumer attached to a running stream starts at its current end', () => {
  check(
    (app, { PortalsJS }) => {
      const system = PortalsJS.System();
      app.generatorsWithName('g').fromArrayOfArrays([[1], [2], [3]]);
      system.launch(app.build());
      system.step();
      launchLate({ PortalsJS, system }, (late) => {
        const stream = late.registry.streams.get('/app/generators/g/stream');
        late.workflowsWithName('copy').source(stream).sink();
      });
    },
    { streams: { '/late/workflows/copy': '[2] [3] seal' } },
  );
});

test('a consumer attached to a sealed stream gets the seal, and nothing of what was before', () => {
  check(
    (app, { PortalsJS }) => {
      const system = PortalsJS.System();
      workflow(app, [1], (flow) => flow.identity().withOnComplete((ctx) => ctx.emit('last')));
      system.launch(app.build());
      system.stepUntilComplete();
      launchLate({ PortalsJS, system }, (late) => {
        const stream = late.registry.streams.get('/app/workflows/w/stream');
        const flow = late.workflowsWithName('copy').source(stream).identity();
        flow.withOnComplete((ctx) => ctx.log.info('complete')).sink();
      });
    },
    {
      streams: { 'workflows/w': "[1] ['last'] seal", '/late/workflows/copy': 'seal' },
      messages: ['complete'],
    },
  );
});

test('a consumer attached to a stream that ended with an error gets the error', () => {
  const { messages, streams } = run((app, { PortalsJS }) => {
    const system = PortalsJS.System();
    workflow(app, [1, 2], (flow) => flow.map(failingAt(2)));
    system.launch(app.build());
    system.stepUntilComplete();
    launchLate({ PortalsJS, system }, (late) => {
      const stream = late.registry.streams.get('/app/workflows/w/stream');
      const flow = late.workflowsWithName('copy').source(stream).identity();
      flow.withOnError((ctx) => (error) => ctx.log.info(error.message)).sink();
    });
  });
  assert.deepEqual(messages, ['no 2']);
  assert.match(streams['/late/workflows/copy'] ?? '', /^error\(.*no 2\) seal$/);
});

test('a split added to a splitter that is through gets the seal', () => {
  check(
    (app, { PortalsJS }) => {
      const system = PortalsJS.System();
      const splitter = app.splittersWithName('sp').empty(app.generators.signal(1).stream);
      app.splitsWithName('early').split(splitter, () => true);
      system.launch(app.build());
      system.stepUntilComplete();
      for (const name of ['late', 'later']) {
        const build = (late: Builder) => {
          const theirs = late.registry.splitters.get('/app/splitters/sp');
          late.splitsWithName('s').split(theirs, () => true);
        };
        launchLate({ PortalsJS, system }, build, name);
      }
    },
    {
      streams: {
        'splitters/sp/early': '[1] seal',
        '/late/splitters/sp/s': 'seal',
        '/later/splitters/sp/s': 'seal',
      },
    },
  );
});

test('a split added to a splitter whose predicate has thrown gets the error', () => {
  const { streams } = run((app, { PortalsJS }) => {
    const system = PortalsJS.System();
    const splitter = app.splittersWithName('sp').empty(app.generators.signal(1).stream);
    app.splitsWithName('early').split(splitter, failingAt(1)());
    system.launch(app.build());
    system.stepUntilComplete();
    launchLate({ PortalsJS, system }, (late) => {
      const theirs = late.registry.splitters.get('/app/splitters/sp');
      late.splitsWithName('s').split(theirs, () => true);
    });
  });
  assert.match(streams['/late/splitters/sp/s'] ?? '', /^error\(.*no 1\) seal$/);
});

/** A handler that passes on every value but this one. */
function failingAt(bad: number): () => (value: number) => number {
  return () => (value) => {
    if (value === bad) throw new Error(`no ${bad}`);
    return value;
  };
}
