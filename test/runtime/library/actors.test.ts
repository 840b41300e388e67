import { test } from 'node:test';
import type { Builder, PortalsJS, Value } from '../authors-api.ts';
import { check } from '../check-program.ts';
import type { Program, Run, Settings } from '../run-program.ts';

/** Makes the behaviour of the first actor of `/app/workflows/actors` by the library's functions. */
type Root = (actors: Value, app: Builder, api: PortalsJS) => Value;

/** A program of one actor workflow. */
function actors(root: Root): Program {
  return (app, { PortalsJS }) => {
    const { Actors } = PortalsJS;
    Actors.ActorWorkflow('actors', root(Actors, app, PortalsJS), app);
  };
}

const CASES: readonly (readonly [
  title: string,
  root: Root,
  expected: Partial<Run>,
  settings?: Settings,
])[] = [
  [
    'init runs once, when the actor is created',
    ({ init, receive, stopped }) =>
      init((ctx: Value) => {
        ctx.log.info(`${ctx.self} begins`);
        ctx.send(ctx.self, 'hello');
        return receive((ctx: Value) => (message: Value) => {
          ctx.log.info(`${ctx.self} got ${message}`);
          return stopped;
        });
      }),
    { messages: ['root begins', 'root got hello'] },
  ],
  [
    'messages of one actor to another arrive in the order of sending',
    ({ init, receive, same, stopped }) =>
      init((ctx: Value) => {
        const other = ctx.create(
          receive((ctx: Value) => (n: Value) => {
            ctx.log.info(`${ctx.self} got ${n}`);
            return same;
          }),
        );
        for (const n of [1, 2, 3]) ctx.send(other, n);
        return stopped;
      }),
    { messages: ['$1 got 1', '$1 got 2', '$1 got 3'] },
  ],
  [
    'a handler that returns nothing keeps its behaviour; another behaviour replaces it',
    ({ init, receive }) => {
      const even = receive((ctx: Value) => (n: Value) => {
        ctx.log.info(`even ${n}`);
        return odd;
      });
      const odd = receive((ctx: Value) => (n: Value) => {
        ctx.log.info(`odd ${n}`);
        return n === 3 ? undefined : even;
      });
      return init((ctx: Value) => {
        for (const n of [0, 1, 2, 3, 4]) ctx.send(ctx.self, n);
        return even;
      });
    },
    { messages: ['even 0', 'odd 1', 'even 2', 'odd 3', 'odd 4'] },
  ],
  [
    'messages to an actor not yet created are kept for it',
    ({ init, receive, ref }) =>
      init((ctx: Value) => {
        ctx.send(ref('late'), 1);
        ctx.send(ref('late'), 2);
        ctx.send(ctx.self, 'now');
        return receive((ctx: Value) => () => {
          ctx.send(ref('late'), 3);
          ctx.create(
            receive((ctx: Value) => (n: Value) => ctx.log.info(`${ctx.self} got ${n}`)),
            ref('late'),
          );
        });
      }),
    { messages: ['late got 1', 'late got 2', 'late got 3'] },
  ],
  [
    'a stopped actor has no state, gets no message, and can be created again',
    ({ init, receive, ref, stopped, ValueState }) => {
      const once = receive((ctx: Value) => (n: Value) => {
        const seen = ValueState('seen', 'nothing', ctx);
        ctx.log.info(`${n} after ${seen.get()}`);
        seen.set(n);
        return stopped;
      });
      return init((ctx: Value) => {
        const actor = ref(7);
        ctx.create(once, actor);
        ctx.send(actor, 'first');
        ctx.send(actor, 'dropped');
        ctx.create(once, actor);
        ctx.send(actor, 'second');
        return stopped;
      });
    },
    {
      messages: ['first after nothing', 'second after nothing'],
      state: [
        "workflows/actors/actors $behaviour['root'] = ActorBehaviour {kind: 'stopped'}",
        "workflows/actors/actors $behaviour[7] = ActorBehaviour {kind: 'stopped'}",
      ],
    },
  ],
  [
    'each actor has values and maps of its own',
    ({ init, receive, stopped, ValueState, MapState }, _app, { PerKeyState }) => {
      const counter = receive((ctx: Value) => (word: Value) => {
        const words = MapState('words', ctx);
        words.set(word, (words.get(word) ?? 0) + 1);
        ValueState('total', 0, ctx).set(ValueState('total', 0, ctx).get() + 1);
        const has = `${words.has('a')} ${words.has('z')} ${words.size()}`;
        const all = words.entries().map(([word, count]: Value) => `${word}${count}`);
        ctx.log.info(`${ctx.self} ${has} ${all} of ${PerKeyState('total', 0, ctx).get()}`);
        if (words.get(word) === 2) words.del(word);
      });
      return init((ctx: Value) => {
        const [one, two] = [ctx.create(counter), ctx.create(counter)];
        for (const word of ['a', 'b', 'a', 'b']) ctx.send(one, word);
        ctx.send(two, 'a');
        return stopped;
      });
    },
    {
      messages: [
        '$1 true false 1 a1 of 1',
        '$1 true false 2 a1,b1 of 2',
        '$1 true false 2 a2,b1 of 3',
        '$1 false false 1 b2 of 4',
        '$2 true false 1 a1 of 1',
      ],
    },
  ],
  [
    'a context kept by a behaviour acts for the actor that handles',
    ({ init, receive, stopped }) =>
      init((kept: Value) => {
        const logging = receive(() => (n: Value) => kept.log.info(`${kept.self} got ${n}`));
        for (const n of [1, 2]) kept.send(kept.create(logging), n);
        return stopped;
      }),
    { messages: ['$1 got 1', '$2 got 2'] },
  ],
  [
    'creating an actor twice is an error',
    ({ init, receive, ref, stopped }) =>
      init((ctx: Value) => {
        const idle = receive(() => () => {});
        ctx.create(idle, ref('a'));
        ctx.create(idle, ref('a'));
        return stopped;
      }),
    {
      errors: [
        'PORTALS_ACTOR_EXISTS the actor a of /app/workflows/actors exists already; create each ' +
          'actor once, or leave out the second argument of ctx.create to get a fresh one',
      ],
    },
  ],
  [
    'an actor begins with a behaviour',
    ({ init, same }) => init(() => same),
    {
      errors: [
        'PORTALS_WRONG_KIND the behaviour of root is Actors.same, but the actor has no behaviour yet; ' +
          'begin with Actors.receive(…)',
      ],
    },
  ],
  [
    'what a handler returns is a behaviour',
    ({ init, receive }) =>
      init((ctx: Value) => {
        ctx.send(ctx.self, 1);
        return receive(() => () => 'same');
      }),
    {
      errors: [
        'PORTALS_WRONG_KIND the handler of root must return a behaviour: ' +
          'Actors.receive(ctx => message => …), Actors.init(…), Actors.same or Actors.stopped',
      ],
    },
  ],
  [
    'a handler is synchronous',
    ({ init, receive }) =>
      init((ctx: Value) => {
        ctx.send(ctx.self, 1);
        return receive(() => async () => {});
      }),
    {
      errors: [
        'PORTALS_HANDLER_ASYNC the handler of root returned a promise, but actors are ' +
          'synchronous; send a message, and continue when its answer is received, instead of ' +
          'using async',
      ],
    },
  ],
  [
    'factories that give factories without end are an error',
    ({ init }) => {
      const endless = init(() => endless);
      return endless;
    },
    {
      errors: [
        'PORTALS_WRONG_KIND the behaviour of root gives Actors.init again and again; ' +
          'let a factory return Actors.receive(…)',
      ],
    },
  ],
  [
    'a message goes to an actor',
    ({ init }) => init((ctx: Value) => ctx.send('root', 1)),
    {
      errors: [
        'PORTALS_WRONG_KIND ctx.send expects an actor; pass ctx.self, what ctx.create returned, ' +
          'or Actors.ref(key)',
      ],
    },
  ],
];

for (const [title, root, expected, settings] of CASES) {
  test(title, () => check(actors(root), expected, settings));
}

test('actors take messages from a stream, and emit to one', () => {
  check(
    (app, { PortalsJS }) => {
      const { ActorWorkflow, message, receive, ref, ValueState } = PortalsJS.Actors;
      const summing = receive((ctx: Value) => (n: Value) => {
        const sum = ValueState('sum', 0, ctx);
        sum.set(sum.get() + n);
        ctx.emit(sum.get());
      });
      const sums = ActorWorkflow('sums', summing, app);
      const numbers = app.generatorsWithName('numbers').fromArrayOfArrays([[1, 2], [3]]);
      const sent = app
        .workflowsWithName('sent')
        .source(numbers.stream)
        .map(() => (n) => message(n === 3 ? ref('root') : sums.root, n))
        .sink()
        .freeze();
      app.connections.connect(sent.stream, sums.sequencer);
      app
        .workflowsWithName('w')
        .source(sums.stream)
        .map(() => (sum) => `sum ${sum}`)
        .sink()
        .freeze();
    },
    {
      streams: { 'workflows/w': "[] ['sum 1' 'sum 3'] [] ['sum 6'] []" },
      keys: { 'workflows/w': "[] ['root' 'root'] [] ['root'] []" },
    },
  );
});

test('an event that is no message is an error', () => {
  check(
    (app, { PortalsJS }) => {
      const { ActorWorkflow, receive } = PortalsJS.Actors;
      const idle = ActorWorkflow(
        'idle',
        receive(() => () => {}),
        app,
      );
      app.connections.connect(app.generators.signal(1).stream, idle.sequencer);
    },
    {
      errors: [
        'PORTALS_WRONG_KIND /app/workflows/idle got an event that is no message to an actor; ' +
          'map the events of streams connected to it to Actors.message(ref, message)',
      ],
    },
  );
});

test('a fresh reference means nothing to another workflow', () => {
  check(
    (app, { PortalsJS }) => {
      const { ActorWorkflow, message, receive, init, stopped } = PortalsJS.Actors;
      const idle = receive(() => () => {});
      const one = ActorWorkflow(
        'one',
        init((ctx: Value) => {
          ctx.emit(ctx.create(idle));
          return stopped;
        }),
        app,
      );
      const strays = app.workflows.source(one.stream).map(() => (actor) => message(actor, 'hello'));
      const two = ActorWorkflow('two', idle, app);
      app.connections.connect(strays.sink().freeze().stream, two.sequencer);
    },
    {
      errors: [
        'PORTALS_WRONG_KIND a message got the actor $1 of /app/workflows/one, which ' +
          '/app/workflows/two does not know; emit Actors.message(ref, message) on a stream ' +
          'connected to that workflow instead',
      ],
    },
  );
});
