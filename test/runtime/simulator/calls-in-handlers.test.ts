import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Builder, Flow, PortalsJS, Value } from '../authors-api.ts';
import { crash, type Program, run, workflow } from '../run-program.ts';

interface Surroundings {
  readonly api: PortalsJS;
  readonly app: Builder;
  readonly flow: Flow;
  readonly system: Value;
  readonly other: Value;
}

/** Every builder and system call that has an effect outside the atom. */
const CALLS: Record<string, (at: Surroundings) => void> = {
  'ApplicationBuilder(name)': ({ api }) => api.ApplicationBuilder('new'),
  'System()': ({ api }) => api.System(),
  'launch(application)': ({ system, other }) => system.launch(other),
  'step()': ({ system }) => system.step(),
  'stepUntilComplete()': ({ system }) => system.stepUntilComplete(),
  'shutdown()': ({ system }) => system.shutdown(),
  'build()': ({ app }) => app.build(),
  'generators.signal(v)': ({ app }) => app.generators.signal(1),
  'sequencers.random()': ({ app }) => app.sequencers.random(),
  'splitters.empty(stream)': ({ app }) =>
    app.splitters.empty(app.registry.streams.get('/app/generators/w/stream')),
  'portal(name)': ({ app }) => app.portal('late'),
  'flow.map(f)': ({ flow }) => flow.map(() => (x) => x),
  'flow.sink()': ({ flow }) => flow.sink(),
  'flow.freeze()': ({ flow }) => flow.freeze(),
  'flow.withName(n)': ({ flow }) => flow.withName('late'),
};

function calling(call: (at: Surroundings) => void, within: 'handler' | 'generator'): Program {
  return (app, { PortalsJS: api }) => {
    const other = api.ApplicationBuilder('other').build();
    const system = api.System();
    const at = () => call({ api, app, flow: flow as Flow, system, other });
    let flow: Flow | undefined;
    function* values() {
      if (within === 'generator') at();
      yield 1;
    }
    const source = app.generatorsWithName('w').fromIterator(values());
    flow = app
      .workflowsWithName('w')
      .source(source.stream)
      .map(() => (x) => {
        if (within === 'handler') at();
        return x;
      });
    flow.sink();
    system.launch(app.build());
    system.stepUntilComplete();
  };
}

for (const [name, call] of Object.entries(CALLS)) {
  for (const within of ['handler', 'generator'] as const) {
    test(`${name} within a ${within} is refused`, () => {
      const { errors } = run(calling(call, within));
      assert.equal(errors.length, 1);
      assert.match(errors[0] ?? '', /^PORTALS_HANDLER_REENTERED a handler (calls|drives)/);
      const crashed = run(calling(call, within), { faults: [crash('workflows/w', 'vote')] });
      assert.deepEqual(crashed.errors, errors);
    });
  }
}

test('tasks can be made, and references looked up, within a handler', () => {
  const { errors, streams } = run((app) => {
    workflow(app, [1], (flow) =>
      flow.init(() => {
        const { path } = app.registry.streams.get('/app/generators/w/stream');
        return app.tasks.map(() => () => path);
      }),
    );
  });
  assert.deepEqual(errors, []);
  assert.equal(streams['workflows/w'], "['/app/generators/w/stream'] seal");
});
