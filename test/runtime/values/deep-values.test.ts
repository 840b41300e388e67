import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preview, toJson } from '../../../runtime/index.ts';
import { equalValues } from '../../../runtime/values/equal.ts';
import { Fingerprint } from '../../../runtime/values/fingerprint.ts';
import { hashValue } from '../../../runtime/values/hash.ts';
import { isolate } from '../../../runtime/values/isolate.ts';
import { keyFrom } from '../../../runtime/values/key.ts';
import type { Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { crash, type Program, run, workflow } from '../run-program.ts';

const DEPTH = 100_000;

class Link {
  readonly next: unknown;
  constructor(next: unknown) {
    this.next = next;
  }
}

/** A value that is nested `DEPTH` levels deep by `wrap`. */
function nested(wrap: (inner: unknown) => unknown, innermost: unknown = 1): Value {
  let value = innermost;
  for (let level = 0; level < DEPTH; level++) value = wrap(value);
  return value;
}

const WRAPS: Readonly<Record<string, (inner: unknown) => unknown>> = {
  objects: (inner) => ({ inner }),
  arrays: (inner) => [inner],
  'values of maps': (inner) => new Map([['a', inner]]),
  'keys of maps': (inner) => new Map([[inner, 1]]),
  sets: (inner) => new Set([inner]),
  instances: (inner) => new Link(inner),
  'frozen objects': (inner) => Object.freeze({ inner }),
  'hidden properties': (inner) => Object.defineProperty({}, 'inner', { value: inner }),
  symbols: (inner) => ({ [Symbol.for('inner')]: inner }),
};

for (const [what, wrap] of Object.entries(WRAPS)) {
  test(`values are copied, compared, hashed and shown at any depth: ${what}`, () => {
    const value = nested(wrap);
    const copy = isolate(value);
    assert.ok(equalValues(copy, value));
    assert.ok(!equalValues(copy, nested(wrap, 2)));
    assert.equal(fingerprint(copy), fingerprint(value));
    assert.notEqual(fingerprint(copy), fingerprint(nested(wrap, 2)));
    assert.equal(hashValue(copy), hashValue(value));
    assert.ok(preview(value).length <= 200);
    assert.ok(JSON.stringify(toJson(value)).length < 10_000);
    assert.throws(() => keyFrom(value), { code: 'PORTALS_VALUE_TOO_DEEP' });
  });
}

test('what cannot be copied is found at any depth, with the names that lead to it', () => {
  let value: object = { promise: Promise.resolve() };
  for (let level = 0; level < 1000; level++) value = { a: value };
  assert.throws(() => isolate(value), /Promise in the field (a\.){1000}promise cannot be copied/);
});

function fingerprint(value: unknown): string {
  return new Fingerprint().add(value).text();
}

const deep = () => nested((inner) => ({ inner }), { end: true });

function depthOf(value: Value): number {
  let depth = 0;
  for (let at = value; at.inner !== undefined; at = at.inner) depth += 1;
  return depth;
}

test('a deep value is an event, a state, a request, a reply and a logged value', () => {
  const program: Program = (app) => {
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
    workflow(app, [[1]], (flow) =>
      flow
        .map(() => () => deep())
        .asker(portal, (ctx) => (x) => {
          const future = ctx.ask(portal, x);
          ctx.await(future, (ctx) => {
            ctx.state.set('s', future.value(ctx));
            ctx.log.info(ctx.state.get('s'));
            ctx.emit(depthOf(ctx.state.get('s')));
          });
        }),
    );
  };
  for (const faults of [[], [crash('workflows/w', 'vote', 2)]]) {
    const { streams, errors, crashes } = run(program, { faults });
    assert.equal(crashes, faults.length);
    assert.equal(streams['workflows/w'], `[] [${DEPTH}] seal`);
    assert.deepEqual(errors, []);
  }
});

test('a state grows deeper with each event', () => {
  const { streams } = run((app) => {
    workflow(app, [[1], [2], [3]], (flow) =>
      flow
        .key(() => 0)
        .map((ctx) => () => {
          let value: Value = ctx.state.get('s') ?? { end: true };
          for (let level = 0; level < 5000; level++) value = { inner: value };
          ctx.state.set('s', value);
          return depthOf(value);
        }),
    );
  });
  assert.equal(streams['workflows/w'], '[5000] [10000] [15000] seal');
});

test('a deep key is refused with its task', () => {
  const { errors } = run((app) => {
    workflow(app, [[1]], (flow) => flow.key(() => deep()));
  });
  assert.equal(errors.length, 1);
  assert.match(errors[0] ?? '', /^PORTALS_VALUE_TOO_DEEP a key is nested more than 200 levels/);
});

test('state that cannot be copied is refused where it is set, and the key keeps its value', () => {
  check(
    (app) => {
      workflow(app, [[1], [2], [3]], (flow) =>
        flow
          .key(() => 0)
          .map((ctx) => (x) => {
            const before = ctx.state.get('s');
            if (x === 1) ctx.state.set('s', { n: 1 });
            if (x > 1) assert.throws(() => ctx.state.set('s', [Promise.resolve()]), REFUSED);
            return before;
          }),
      );
    },
    { streams: { 'workflows/w': '[undefined] [{n: 1}] [{n: 1}] seal' }, errors: [] },
  );
});

const REFUSED = { code: 'PORTALS_NOT_COPYABLE' };

test('state that a handler makes impossible to copy keeps its value, and is reported', () => {
  const { errors, state } = run((app) => {
    workflow(app, [[1]], (flow) =>
      flow.map((ctx) => (x) => {
        ctx.state.set('kept', { n: 1 });
        const value: Value = {};
        ctx.state.set('refused', value);
        value.later = Promise.resolve();
        return x;
      }),
    );
  });
  assert.match(errors.join(), /PORTALS_NOT_COPYABLE.* a Promise in the field later/);
  assert.deepEqual(state, ['workflows/w/$1 kept[1] = {n: 1}']);
});
