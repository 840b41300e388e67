import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Value } from '../authors-api.ts';
import { type Program, run, workflow } from '../run-program.ts';

const OPERATIONS: Record<string, (handle: Value) => void> = {
  get: (handle) => handle.get(),
  set: (handle) => handle.set(1),
  del: (handle) => handle.del(),
};

for (const scope of ['PerKeyState', 'PerTaskState'] as const) {
  for (const [operation, use] of Object.entries(OPERATIONS)) {
    test(`${operation}() of a ${scope} is refused in another task's handler`, () => {
      const program: Program = (app, { PortalsJS }) => {
        let handle: Value;
        workflow(app, [1], (flow) =>
          flow
            .map((ctx) => (x) => {
              handle = PortalsJS[scope]('n', 0, ctx);
              return x;
            })
            .map(() => (x) => {
              use(handle);
              return x;
            }),
        );
      };
      const { errors } = run(program);
      assert.match(errors[0] ?? '', /^PORTALS_CONTEXT_OUTSIDE_HANDLER state\..*none of its/);
      assert.deepEqual(errors, run(program, { detail: 'events' }).errors);
    });

    test(`${operation}() of a ${scope} is refused between steps`, () => {
      const thrown: string[] = [];
      run((app, { PortalsJS }) => {
        let handle: Value;
        workflow(app, [1], (flow) =>
          flow.map((ctx) => (x) => {
            handle = PortalsJS[scope]('n', 0, ctx);
            return x;
          }),
        );
        const system = PortalsJS.System();
        system.launch(app.build());
        while (system.step()) {
          if (handle === undefined) continue;
          try {
            use(handle);
          } catch (error) {
            thrown.push((error as { code: string }).code);
          }
        }
      });
      assert.ok(thrown.length > 0);
      assert.deepEqual([...new Set(thrown)], ['PORTALS_CONTEXT_OUTSIDE_HANDLER']);
    });
  }
}

test('a state handle made once serves all later handlers of its task', () => {
  const { streams } = run((app, { PortalsJS }) => {
    workflow(app, [[1, 2], [3]], (flow) =>
      flow.init((ctx) => {
        const sum = PortalsJS.PerTaskState('sum', 0, ctx);
        return app.tasks.map(() => (x) => {
          sum.set(sum.get() + x);
          return sum.get();
        });
      }),
    );
  });
  assert.equal(streams['workflows/w'], '[1 3] [6] seal');
});
