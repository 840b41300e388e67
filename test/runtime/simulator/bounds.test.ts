import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Path } from '../../../runtime/index.ts';
import { AtomicStream } from '../../../runtime/simulator/processors/atomic-stream.ts';
import { MessageQueue } from '../../../runtime/simulator/processors/portal-mailbox.ts';
import { Epoch } from '../../../runtime/tasks/epoch.ts';
import { EMPTY_BATCH } from '../../../runtime/values/batch.ts';
import { check } from '../check-program.ts';
import { type Program, run, workflow } from '../run-program.ts';

const ATOM = { batch: EMPTY_BATCH, seal: false, failure: undefined };

test('a stream drops the atoms that all readers have consumed', () => {
  const epoch = new Epoch();
  const stream = new AtomicStream('/app/generators/g/stream' as Path, epoch, 0);
  const reader = stream.subscribe('/app/workflows/w' as Path);
  for (let atom = 0; atom < 1000; atom++) {
    stream.append(ATOM);
    reader.advance();
    epoch.commit();
  }
  assert.equal(stream.length, 1000);
  assert.ok(stream.first > 900, `the first atom kept is ${stream.first}`);
});

test('a queue hands its batches over in order, also after a rollback', () => {
  const epoch = new Epoch();
  const queue = new MessageQueue(epoch);
  const put = (arrival: number) =>
    queue.put({ kind: 'requests', asker: '/app/workflows/w' as Path, arrival, requests: [] });
  for (const arrival of [1, 2, 3]) put(arrival);
  epoch.commit();
  assert.equal(queue.take()?.arrival, 1);
  put(4);
  epoch.rollback();
  assert.ok(queue.isCommitted);
  assert.deepEqual(
    [...queue.batches()].map(({ arrival }) => arrival),
    [1, 2, 3],
  );
  const taken = [1, 2, 3].map(() => queue.take()?.arrival);
  assert.deepEqual(taken, [1, 2, 3]);
});

test('a queue that is never empty drops the batches that were taken', () => {
  const epoch = new Epoch();
  const queue = new MessageQueue(epoch);
  const put = (arrival: number) =>
    queue.put({ kind: 'requests', asker: '/app/workflows/w' as Path, arrival, requests: [] });
  put(0);
  for (let arrival = 1; arrival < 10_000; arrival++) {
    put(arrival);
    assert.equal(queue.take()?.arrival, arrival - 1);
    epoch.commit();
    assert.ok(queue.kept < 3000, `${queue.kept} batches are kept`);
  }
});

test('pct changes priorities within short runs', () => {
  const program: Program = (app) => {
    for (const name of 'ab') workflow(app, [[1], [2], [3], [4]], undefined, name);
  };
  const switches = (seed: number) => {
    const generated = run(program, { schedule: 'pct', seed }).choices.filter((label) =>
      label.includes('generates'),
    );
    const units = generated.map((label) => label.split(' ')[0]);
    return units.filter((unit, at) => at > 0 && unit !== units[at - 1]).length;
  };
  const counts = Array.from({ length: 20 }, (_, seed) => switches(seed));
  assert.ok(
    counts.some((count) => count > 1),
    `never more than one switch between the generators: ${counts.join(' ')}`,
  );
});

test('the first reply to a request stays, whatever is replied later', () => {
  check(
    (app) => {
      const portal = app.portal('p');
      workflow(
        app,
        [],
        (flow) =>
          flow.replier(
            portal,
            () => () => {},
            (ctx) => (x) => {
              ctx.reply(x);
              ctx.reply(Number(x) * 10);
            },
          ),
        'replier',
      );
      workflow(app, [[1]], (flow) =>
        flow.asker(portal, (ctx) => (x) => {
          const first = ctx.ask(portal, x);
          ctx.await(first, (ctx) => {
            const second = ctx.ask(portal, 7);
            ctx.await(second, (ctx) => ctx.emit([first.value(ctx), second.value(ctx)]));
          });
        }),
      );
    },
    { streams: { 'workflows/w': '[] [] [(2) [1, 7]] seal' }, pending: [] },
  );
});
