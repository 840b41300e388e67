import { test } from 'node:test';
import { preview } from '../../../runtime/index.ts';
import type { Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import { workflow } from '../run-program.ts';

class Account {
  balance = 5;
  history = [1];
  deposit(amount: number): number {
    this.balance += amount;
    this.history.push(amount);
    return this.balance;
  }
}

/** What programs send and keep, and what a careless handler does to it. */
const VALUES: readonly (readonly [
  what: string,
  make: () => Value,
  ruin: (value: Value) => void,
])[] = [
  ['an object', () => ({ n: 1 }), (value) => (value.n = 'ruined')],
  ['an object in an object', () => ({ a: { n: 1 } }), (value) => (value.a.n = 'ruined')],
  ['an array', () => [1, [2]], (value) => value[1].push('ruined')],
  ['an instance of a class', () => new Account(), (value) => value.deposit(1)],
  ['a map', () => new Map([['k', [1]]]), (value) => value.get('k').push('ruined')],
  ['a set', () => new Set([1]), (value) => value.clear()],
  ['a date', () => new Date(0), (value) => value.setTime(1)],
  ['a typed array', () => new Uint8Array([1, 2]), (value) => value.fill(9)],
  ['bigints', () => ({ n: 10n }), (value) => (value.n += 1n)],
  ['a cycle', cycle, (value) => (value.me.n = 'ruined')],
  [
    'an own __proto__',
    () => JSON.parse('{"__proto__": [1], "n": [2]}'),
    (value) => value.n.push(3),
  ],
  ['NaN and -0', () => [NaN, -0], (value) => value.reverse()],
  ['frozen parts', () => ({ a: Object.freeze([1]), n: [1] }), (value) => value.n.push('ruined')],
];

function cycle(): Value {
  const value: Value = { n: 1 };
  value.me = value;
  return value;
}

for (const [what, make, ruin] of VALUES) {
  const intact = preview(make());

  test(`${what} that is sent is not shared`, () => {
    check(
      (app) => {
        const ruining = (name: string) => (ctx: Value) => (x: Value) => {
          ctx.log.info(`${name} ${preview(x)}`);
          ctx.emit(x);
          ruin(x);
        };
        const first = workflow(app, [[make()]], (flow) => {
          const fork = flow.processor(ruining('a'));
          return fork
            .processor(ruining('b'))
            .union([fork.processor(ruining('c'))])
            .processor(ruining('d'));
        });
        const splitter = app.splitters.empty(first.stream);
        app.splits.split(splitter, (x) => void ruin(x));
        const rest = app.splits.split(splitter, () => true);
        for (const [name, stream] of [
          ['e', first.stream],
          ['f', rest],
        ] as const) {
          app.workflowsWithName(name).source(stream).processor(ruining(name)).sink();
        }
      },
      {
        messages: ['a', 'b', 'c', 'd', 'd', 'e', 'e', 'f', 'f'].map((name) => `${name} ${intact}`),
        streams: { 'workflows/w': `[${intact} ${intact}] seal` },
      },
    );
  });

  test(`${what} that is kept is changed by its owner only, and for good`, () => {
    const changed = make();
    ruin(changed);
    check(
      (app) =>
        workflow(app, [[make()], ['read'], ['change'], ['read']], (flow) =>
          flow
            .key(() => 0)
            .processor((ctx) => (x) => {
              if (typeof x !== 'string') return ctx.state.set('kept', x);
              ctx.log.info(preview(ctx.state.get('kept')));
              ctx.emit(ctx.state.get('kept'));
              if (x === 'change') ruin(ctx.state.get('kept'));
            })
            .processor(() => (x) => ruin(x)),
        ),
      { messages: [intact, intact, preview(changed)] },
    );
  });

  test(`${what} that is asked and replied is not shared`, () => {
    check(
      (app) => {
        const portal = app.portal('p', (request) => {
          ruin(request);
          return 0;
        });
        const answer = (ctx: Value) => (request: Value) => {
          ctx.log.info(preview(request));
          ctx.reply(request);
          ruin(request);
        };
        workflow(app, [], (flow) => flow.replier(portal, () => () => {}, answer), 'replier');
        workflow(app, [[make()]], (flow) =>
          flow.asker(portal, (ctx) => (x) => {
            const future = ctx.ask(portal, x);
            ruin(x);
            for (let times = 0; times < 2; times++) {
              ctx.await(future, (ctx) => {
                ctx.log.info(preview(future.value(ctx)));
                ruin(future.value(ctx));
              });
            }
          }),
        );
      },
      { messages: [intact, intact, intact], pending: [] },
    );
  });
}
