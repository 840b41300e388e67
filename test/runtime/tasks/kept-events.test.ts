import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Flow, Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { type Program, run, workflow } from '../run-program.ts';

/** Changes the event that it was called with before, which has left the task. */
function changingTheLast(): (value: Value) => Value {
  let last: Value;
  return (value) => {
    if (last !== undefined) last.n = 99;
    last = value;
    return value;
  };
}

/** Each operator with a handler that keeps an event, and changes it when the next one comes. */
const OPERATORS: Record<string, (flow: Flow) => Flow> = {
  filter: (flow) => {
    const keep = changingTheLast();
    return flow.filter((x) => keep(x) !== undefined);
  },
  'filter of keyed events': (flow) => {
    const keep = changingTheLast();
    return flow.key((x) => x.n).filter((x) => keep(x) !== undefined);
  },
  'filter with a marker handler': (flow) => {
    const keep = changingTheLast();
    return flow.filter((x) => keep(x) !== undefined).withOnAtomComplete(() => {});
  },
  key: (flow) => {
    const keep = changingTheLast();
    return flow.key((x) => keep(x).n);
  },
  map: (flow) => {
    const keep = changingTheLast();
    return flow.map(() => (x) => keep(x));
  },
  flatMap: (flow) => {
    const keep = changingTheLast();
    return flow.flatMap(() => (x) => [keep(x)]);
  },
  processor: (flow) => {
    const keep = changingTheLast();
    return flow.processor((ctx) => (x) => ctx.emit(keep(x)));
  },
  'logger after a wrapper': (flow) => {
    const keep = changingTheLast();
    return flow.logger().withWrapper((ctx) => (wrapped) => (x) => wrapped(ctx)(keep(x)));
  },
};

for (const [name, add] of Object.entries(OPERATORS)) {
  test(`an event that left the task does not change with what a handler kept: ${name}`, () => {
    // Every run gets handlers of its own: what they keep is outside the model, but unseen.
    const program: Program = (app) => {
      workflow(app, [{ n: 1 }, { n: 2 }, { n: 3 }], (flow) => add(flow).map(() => (x) => x.n));
    };
    check(program, { streams: { 'workflows/w': '[1 2 3] seal' } });
  });
}

test('a filter or key that emits by a context it kept emits on both paths', () => {
  const program: Program = (app) => {
    let kept: Value;
    workflow(app, [[0], [1, 2]], (flow) =>
      flow
        .filter((x) => {
          kept?.emit(x * 10);
          return true;
        })
        .withOnAtomComplete((ctx) => {
          kept = ctx;
        })
        .key((x) => x),
    );
  };
  for (const detail of ['steps', 'events'] as const) {
    assert.equal(run(program, { detail }).streams['workflows/w'], '[0] [10 1 20 2] seal', detail);
  }
});
