import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crash, run, type Settings, workflow } from '../run-program.ts';

/** Emits once for every hundredth call, until the stack overflows. */
function runDeep(settings: Settings) {
  return run((app) => {
    workflow(app, [[1], [2]], (flow) =>
      flow
        .flatMap(() => (x) => [x])
        .processor((ctx) => (x) => {
          let calls = 0;
          const again = (): void => {
            calls += 1;
            if (calls % 100 === 0) ctx.emit(calls);
            again();
          };
          ctx.emit(x);
          console.log(x);
          if (x === 2) again();
        }),
    );
  }, settings);
}

const SETTINGS: Record<string, Settings> = {
  plain: {},
  observed: { detail: 'events' },
  armed: { faults: [crash('workflows/w', 'process', 50)] },
  'with long epochs': { snapshotEvery: 4 },
  'with retries': { onHandlerError: { kind: 'retry', attempts: 2 } },
};

for (const [name, settings] of Object.entries(SETTINGS)) {
  test(`nothing of an atom whose handler overflows the stack takes effect: ${name}`, () => {
    const { streams, notices } = runDeep(settings);
    assert.equal(streams['workflows/w'], '[1]');
    const failed = notices.flatMap((notice) => (notice.kind === 'failed' ? [notice.error] : []));
    assert.deepEqual(
      failed.map(({ code }) => code),
      ['PORTALS_STACK_OVERFLOW'],
    );
    assert.match(failed[0]?.message ?? '', /^RangeError: Maximum call stack.*End the recursion/);
  });
}

test('other range errors are those of handlers', () => {
  const { errors } = run((app) => {
    workflow(app, [[1]], (flow) =>
      flow.map(() => () => {
        throw new RangeError('too far');
      }),
    );
  });
  assert.deepEqual(errors, ['PORTALS_HANDLER_THREW RangeError: too far']);
});
