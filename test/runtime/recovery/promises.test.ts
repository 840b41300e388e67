import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notice } from '../../../runtime/index.ts';
import { history } from '../crash-sweep.ts';
import { crash, type Program, run, type Settings, workflow } from '../run-program.ts';

const FLOW = 'workflows/w';

/** What is reported of steps that did something else when they were processed again. */
function divergences(program: Program, settings: Settings): string[] {
  const { notices } = run(program, settings);
  return notices.flatMap((notice) => {
    if (notice.kind !== 'diverged') return [];
    return [/(?:again|stays): (.*?)\. It/.exec(notice.error.message)?.[1] ?? notice.error.message];
  });
}

/** Replies to each request with its value. */
function echo(app: Parameters<Program>[0], portal: unknown): void {
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
}

test('emissions of an attempt that crashes while it processes events are compared', () => {
  let seen = 0;
  const program: Program = (app) =>
    workflow(app, [[1, 2]], (flow) => flow.map(() => () => ++seen).filter(() => false));
  const [found] = divergences(program, { faults: [crash(FLOW, 'process', 2)] });
  assert.match(found ?? '', /^event 1 emitted by .* was 1 and is now 3$/);
});

test('emissions of an attempt that crashes when it is aligned are compared', () => {
  let seen = 0;
  const program: Program = (app) => workflow(app, [[1, 2]], (flow) => flow.map(() => () => ++seen));
  const [found] = divergences(program, { faults: [crash(FLOW, 'aligned', 1)] });
  assert.match(found ?? '', /^event 1 of .*stream was 1 and is now 3$/);
});

test('state writes are compared, also those that nothing else shows', () => {
  let seen = 0;
  const program: Program = (app, { PortalsJS }) =>
    workflow(app, [[1, 2]], (flow) =>
      flow.processor((ctx) => () => PortalsJS.PerTaskState('count', 0, ctx).set(++seen)),
    );
  const [found] = divergences(program, { faults: [crash(FLOW, 'vote', 1)] });
  assert.match(found ?? '', /^the state count of .* was 2 and is now 4$/);
});

test('the keys of requests are compared', () => {
  let seen = 0;
  const program: Program = (app) => {
    const portal = app.portal('p', () => ++seen);
    echo(app, portal);
    workflow(app, [[5]], (flow) => flow.asker(portal, (ctx) => (x) => void ctx.ask(portal, x)));
  };
  const [found] = divergences(program, { faults: [crash(FLOW, 'vote', 1)] });
  assert.match(found ?? '', /^the key of the request to .* was 1 and is now 2$/);
});

test('which continuation was registered is compared', () => {
  let seen = 0;
  const program: Program = (app) => {
    const portal = app.portal('p');
    echo(app, portal);
    workflow(app, [[5]], (flow) =>
      flow.asker(portal, (ctx) => (x) => {
        const future = ctx.ask(portal, x);
        if (seen++ === 0) ctx.await(future, (ctx) => ctx.emit('paid'));
        else ctx.await(future, (ctx) => ctx.emit('refunded'));
      }),
    );
  };
  const [found] = divergences(program, { faults: [crash(FLOW, 'vote', 1)] });
  assert.match(found ?? '', /^the continuation of .*paid.* and is now .*refunded/);
});

test('a re-execution that diverges keeps the recorded continuation, and is reported', () => {
  const program = (): Program => {
    let seen = 0;
    return (app) => {
      const portal = app.portal('p');
      echo(app, portal);
      workflow(app, [[5]], (flow) =>
        flow.asker(portal, (ctx) => (x) => {
          const [one, two] = [ctx.ask(portal, x), ctx.ask(portal, x)];
          ctx.await(one, () => {
            const again = ctx.ask(portal, x);
            ctx.await(again, () => {});
          });
          const later = ctx.ask(portal, x);
          if (seen++ === 0) ctx.awaitAll([two, later], (ctx) => ctx.emit('paid'));
          else ctx.awaitAll([two, later], (ctx) => ctx.emit('refunded'));
        }),
      );
    };
  };
  const plain = run(program(), {});
  // The second crash point of the asker lies in the batch of replies.
  const settings = { faults: [crash(FLOW, 'vote', 2)] };
  const crashed = run(program(), settings);
  assert.equal(crashed.streams[FLOW], plain.streams[FLOW]);
  assert.match(crashed.streams[FLOW] ?? '', /paid/);
  const [found] = divergences(program(), settings);
  assert.match(found ?? '', /the continuation was .*paid.* and is now .*refunded/s);
});

test('draws between steps are the same after a crash in an epoch of several steps', () => {
  const draws: number[][] = [];
  const program: Program = (app, { PortalsJS, environment }) => {
    const own: number[] = [];
    draws.push(own);
    workflow(app, [[1], [2], [3], [4]], (flow) => flow.map(() => () => environment.drawUint32()));
    const system = PortalsJS.System();
    system.launch(app.build());
    while (system.step()) own.push(environment.drawUint32());
  };
  const plain = run(program, { snapshotEvery: 4 });
  for (const point of ['read', 'process', 'vote'] as const) {
    const faults = [crash(FLOW, point, 2)];
    const crashed = run(program, { snapshotEvery: 4, faults });
    assert.deepEqual(history(crashed), history(plain), point);
    assert.deepEqual(draws.at(-1), draws[0], point);
    assert.deepEqual(divergences(program, { snapshotEvery: 4, faults }), [], point);
  }
});

test('a failure is reported once the steps before it have been replayed', () => {
  const program: Program = (app) => {
    workflow(app, [[1], [2], [0]], (flow) =>
      flow.map(() => (x) => {
        if (x === 0) throw new Error('zero');
        return x;
      }),
    );
  };
  const { notices } = run(program, { onHandlerError: { kind: 'fail' }, snapshotEvery: 20 });
  const failed = notices.findIndex(({ kind }) => kind === 'failed');
  assert.ok(failed > 0);
  const stepOf = (notice: Notice) => (notice.kind === 'started' ? [notice.step] : []);
  const { step } = notices[failed] as Extract<Notice, { kind: 'failed' }>;
  const after = notices.slice(failed).flatMap(stepOf);
  assert.ok(
    after.every((each) => each >= step),
    `no step before ${step} starts after its failure: ${after.join(' ')}`,
  );
});

test('runs whose streams have other contents have other hashes', () => {
  const hashOf = (values: unknown[]) => run((app) => void workflow(app, [values])).hash;
  assert.notEqual(hashOf([1, 2]), hashOf([2, 1]));
  assert.equal(hashOf([1, 2]), hashOf([1, 2]));
});

test('the hash of a pending continuation is that of its code', () => {
  const hashOf = (callback: () => unknown) =>
    run((app) => {
      const portal = app.portal('p');
      workflow(
        app,
        [],
        (flow) =>
          flow.replier(
            portal,
            () => () => {},
            () => () => {},
          ),
        'replier',
      );
      workflow(app, [[1]], (flow) =>
        flow.asker(portal, (ctx) => (x) => ctx.await(ctx.ask(portal, x), callback)),
      );
    }).hash;
  assert.notEqual(
    hashOf(() => String(1)),
    hashOf(() => String(2)),
  );
});
