import { test } from 'node:test';
import type { Context, PortalsJS, Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { type Surroundings, workflow } from '../run-program.ts';

type Asker = (
  portal: Value,
  surroundings: Surroundings & { readonly PortalsJS: PortalsJS },
) => (ctx: Context) => (x: Value) => Value;

/**
 * Askers whose continuations change what they have captured, and what their workflow emits. Each
 * is run with a crash at every point, in epochs of any length: were a change of an aborted attempt
 * still there in the next one, it would be emitted.
 */
const ASKERS: readonly (readonly [title: string, events: Value[], asker: Asker, output: string])[] =
  [
    [
      'an array that the handler made',
      [1, 2],
      (portal) => (ctx) => (x) => {
        const seen = [x];
        const future = ctx.ask(portal, x);
        ctx.await(future, (ctx) => {
          seen.push(future.value(ctx));
          ctx.emit(seen);
        });
      },
      '[] [(2) [1, 2] (2) [2, 4]] seal',
    ],
    [
      'a variable',
      [1, 2],
      (portal) => (ctx) => (x) => {
        let count = 0;
        for (const factor of [1, 10]) {
          const future = ctx.ask(portal, x * factor);
          ctx.await(future, (ctx) => {
            count += future.value(ctx);
            ctx.emit(count);
          });
        }
      },
      '[] [2 22 4 44] seal',
    ],
    [
      'the event',
      [{ n: 1 }, { n: 2 }],
      (portal) => (ctx) => (x) => {
        const future = ctx.ask(portal, x.n);
        ctx.await(future, (ctx) => {
          x.n += future.value(ctx);
          ctx.emit(x);
        });
        x.n += 10;
      },
      '[] [{n: 13} {n: 16}] seal',
    ],
    [
      'what nested continuations share, to any depth',
      [1, 2],
      (portal) => (ctx) => (x) => {
        const seen: Value[] = [x];
        const again = (ctx: Context) => {
          const future = ctx.ask(portal, seen.at(-1));
          ctx.await(future, (ctx) => {
            seen.push(future.value(ctx));
            if (seen.length < 4) again(ctx);
            else ctx.emit(seen);
          });
        };
        again(ctx);
      },
      '[] [] [] [(4) [1, 2, 4, 8] (4) [2, 4, 8, 16]] seal',
    ],
    [
      'what two continuations share that run in different atoms',
      [1],
      (portal) => (ctx) => (x) => {
        const seen = [x];
        const [one, two] = [ctx.ask(portal, x), ctx.ask(portal, 2)];
        ctx.await(one, (ctx) => {
          seen.push('one');
          const three = ctx.ask(portal, 3);
          ctx.await(three, (ctx) => {
            seen.push('three');
            ctx.emit(seen);
          });
        });
        ctx.await(two, (ctx) => {
          seen.push('two');
          ctx.emit(seen);
        });
      },
      "[] [(3) [1, 'one', 'two']] [(4) [1, 'one', 'two', 'three']] seal",
    ],
    [
      'what the continuations of several events share, by way of the state',
      [1, 2, 3],
      (portal) => (ctx) => (x) => {
        const seen = ctx.state.get('seen') ?? [];
        ctx.state.set('seen', seen);
        seen.push(x);
        const future = ctx.ask(portal, x);
        ctx.await(future, (ctx) => {
          seen.push(-x);
          ctx.emit([seen.length, ctx.state.get('seen').length]);
        });
      },
      '[] [(2) [2, 1] (2) [2, 1] (2) [2, 1]] seal',
    ],
    [
      'what awaitAll has waited for',
      [1],
      (portal) => (ctx) => (x) => {
        const sums = new Map([['all', 0]]);
        const futures = [1, 2, 3].map((factor) => ctx.ask(portal, x * factor));
        for (const future of futures) {
          ctx.await(future, (ctx) => sums.set('all', sums.get('all') + future.value(ctx)));
        }
        ctx.awaitAll(futures, (ctx) => {
          sums.set('all', -(sums.get('all') ?? 0));
          ctx.emit(sums);
        });
      },
      "[] [Map(1) {'all' => -12}] seal",
    ],
    [
      'draws, and readings of the clock',
      [1, 2],
      (portal, { environment }) =>
        (ctx) =>
        (x) => {
          const drawn = [environment.drawUint32() % 10, environment.readClock() % 1000];
          const future = ctx.ask(portal, x);
          ctx.await(future, (ctx) => {
            drawn.push(environment.drawUint32() % 10, environment.readClock() % 1000);
            ctx.emit(drawn);
          });
        },
      '[] [(4) [5, 1, 3, 3] (4) [0, 2, 1, 4]] seal',
    ],
    [
      'a state that has changed since',
      [1, 1],
      (portal, { PortalsJS }) =>
        (ctx) =>
        (x) => {
          const total = PortalsJS.PerTaskState('total', { n: 0 }, ctx);
          const own = { before: total.get().n };
          total.get().n += 1;
          const future = ctx.ask(portal, x);
          ctx.await(future, (ctx) => {
            own.before += total.get().n * 10;
            total.get().n += 1;
            const again = ctx.ask(portal, x);
            ctx.await(again, (ctx) => {
              own.before += total.get().n * 100;
              ctx.emit(own);
            });
          });
        },
      '[] [] [{before: 420} {before: 431}] seal',
    ],
  ];

for (const [title, events, asker, output] of ASKERS) {
  for (const snapshotEvery of [1, 2, 7]) {
    test(`what a continuation captured is changed once: ${title} (${snapshotEvery})`, () => {
      check(
        (app, surroundings) => {
          const portal = app.portal('p');
          doubling(app, portal);
          workflow(app, events, (flow) => flow.asker(portal, asker(portal, surroundings)));
        },
        { streams: { 'workflows/w': output }, pending: [] },
        { snapshotEvery },
      );
    });
  }
}

/** Answers requests by twice their value. */
function doubling(app: Value, portal: Value): void {
  workflow(
    app,
    [],
    (flow) =>
      flow.replier(
        portal,
        () => () => {},
        (ctx) => (x) => ctx.reply(x * 2),
      ),
    'replier',
  );
}
