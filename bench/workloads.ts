/**
 * The workloads of the benchmark: each as a portal app, and as the loop that a programmer would
 * write by hand for the same work on the same data.
 */

/** The author's API; programs here are untyped on purpose, as playground programs are. */
// biome-ignore lint/suspicious/noExplicitAny: the programs are plain JavaScript in spirit.
export type Api = any;

export interface Workload {
  readonly name: string;
  /** How many events (or round trips, or turns of a cycle) one run does. */
  readonly events: number;
  /** The least share of the hand-written loop's speed to reach with history off. */
  readonly goal: number;
  readonly app: (portals: Api) => void;
  /** Returns something that depends on all the work, so that none is optimised away. */
  readonly loop: () => unknown;
}

const MILLION = 1_000_000;

/** Calls through a variable, as an app's handlers are called. */
type Step = (value: number) => number;
const STEPS: readonly Step[] = Array.from({ length: 10 }, (_, index) => (value) => value + index);

const WORDS = 'the quick brown fox jumps over the lazy dog and runs away from it'.split(' ');

function run(portals: Api, build: (builder: Api) => void): void {
  const builder = portals.ApplicationBuilder('bench');
  build(builder);
  const system = portals.System();
  system.launch(builder.build());
  system.stepUntilComplete();
}

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'range-filter (atoms of 1024)',
    events: 4 * MILLION,
    goal: 1 / 3,
    app: (portals) =>
      run(portals, (builder) => {
        const { stream } = builder.generators.fromRange(0, 4 * MILLION, 1024);
        builder.workflows
          .source(stream)
          .filter((value: number) => value % 2 === 0)
          .sink()
          .freeze();
      }),
    loop: () => {
      let sum = 0;
      for (let start = 0; start < 4 * MILLION; start += 1024) {
        const kept: number[] = [];
        const end = Math.min(start + 1024, 4 * MILLION);
        for (let value = start; value < end; value++) if (value % 2 === 0) kept.push(value);
        sum += kept.length;
      }
      return sum;
    },
  },
  {
    name: 'ten chained maps (atoms of 1024)',
    events: MILLION,
    goal: 1 / 3,
    app: (portals) =>
      run(portals, (builder) => {
        const { stream } = builder.generators.fromRange(0, MILLION, 1024);
        let flow = builder.workflows.source(stream);
        for (const step of STEPS) flow = flow.map(() => step);
        flow.sink().freeze();
      }),
    loop: () => {
      let sum = 0;
      for (let start = 0; start < MILLION; start += 1024) {
        const out: number[] = [];
        for (let at = start; at < Math.min(start + 1024, MILLION); at++) {
          let value = at;
          for (const step of STEPS) value = step(value);
          out.push(value);
        }
        sum += out[0] ?? 0;
      }
      return sum;
    },
  },
  {
    name: 'keyed sums (1,024 keys)',
    events: MILLION,
    goal: 1 / 3,
    app: (portals) =>
      run(portals, (builder) => {
        const { stream } = builder.generators.fromRange(0, MILLION, 1024);
        builder.workflows
          .source(stream)
          .key((value: number) => value & 1023)
          .map((ctx: Api) => (value: number) => {
            const sum = portals.PerKeyState('sum', 0, ctx);
            const next = sum.get() + value;
            sum.set(next);
            return next;
          })
          .sink()
          .freeze();
      }),
    loop: () => {
      const sums = new Map<number, number>();
      let last = 0;
      for (let start = 0; start < MILLION; start += 1024) {
        const out: number[] = [];
        for (let value = start; value < Math.min(start + 1024, MILLION); value++) {
          const key = value & 1023;
          const next = (sums.get(key) ?? 0) + value;
          sums.set(key, next);
          out.push(next);
        }
        last = out[0] ?? 0;
      }
      return last;
    },
  },
  {
    name: 'portal round trips (recursive asker)',
    events: MILLION / 10,
    goal: 1 / 8,
    app: (portals) =>
      run(portals, (builder) => {
        const portal = builder.portal('countdown');
        const ask = (ctx: Api, value: number) => {
          const future = ctx.ask(portal, value);
          ctx.await(future, (inner: Api) => {
            const next = future.value(inner);
            if (next > 0) ask(inner, next);
            else inner.emit(next);
          });
        };
        builder.workflows
          .source(builder.generators.signal(MILLION / 10).stream)
          .askerreplier(
            portal,
            portal,
            (ctx: Api) => (value: number) => ask(ctx, value),
            (ctx: Api) => (request: number) => ctx.reply(request - 1),
          )
          .sink()
          .freeze();
      }),
    loop: () => {
      // The same messages by hand: a mailbox of requests, a mailbox of replies, closures that wait.
      const requests: { id: number; value: number }[] = [];
      const replies: { id: number; value: number }[] = [];
      const waiting = new Map<number, (value: number) => void>();
      let ids = 0;
      let result = -1;
      const ask = (value: number) => {
        const id = ids++;
        requests.push({ id, value });
        waiting.set(id, (next) => {
          if (next > 0) ask(next);
          else result = next;
        });
      };
      ask(MILLION / 10);
      for (;;) {
        const request = requests.pop();
        if (request === undefined) return result;
        replies.push({ id: request.id, value: request.value - 1 });
        const reply = replies.pop();
        if (reply === undefined) return result;
        const then = waiting.get(reply.id);
        waiting.delete(reply.id);
        then?.(reply.value);
      }
    },
  },
  {
    name: 'recursive cycle (atoms of 1)',
    events: MILLION / 5,
    goal: 1 / 8,
    app: (portals) =>
      run(portals, (builder) => {
        const sequencer = builder.sequencers.random();
        const { stream } = builder.generators.signal(MILLION / 5);
        const workflow = builder.workflows
          .source(sequencer.stream)
          .flatMap(() => (value: number) => (value > 0 ? [value - 1] : []))
          .sink()
          .freeze();
        builder.connections.connect(stream, sequencer);
        builder.connections.connect(workflow.stream, sequencer);
      }),
    loop: () => {
      const cycle: number[][] = [[MILLION / 5]];
      const step = (value: number) => (value > 0 ? [value - 1] : []);
      let turns = 0;
      for (;;) {
        const atom = cycle.pop();
        if (atom === undefined || atom.length === 0) return turns;
        turns += 1;
        cycle.push(atom.flatMap(step));
      }
    },
  },
  {
    name: 'small atoms (8)',
    events: MILLION,
    goal: 1 / 8,
    app: (portals) =>
      run(portals, (builder) => {
        const { stream } = builder.generators.fromRange(0, MILLION, 8);
        builder.workflows
          .source(stream)
          .map(() => (value: number) => value + 1)
          .sink()
          .freeze();
      }),
    loop: () => {
      let sum = 0;
      for (let start = 0; start < MILLION; start += 8) {
        const atom: number[] = [];
        for (let value = start; value < start + 8; value++) atom.push(value);
        const out = atom.map((value) => value + 1);
        sum += out[0] ?? 0;
      }
      return sum;
    },
  },
  {
    name: 'word count on strings',
    events: MILLION / 2,
    goal: 1 / 8,
    app: (portals) =>
      run(portals, (builder) => {
        const lines = Array.from({ length: MILLION / 2 / WORDS.length }, () => [WORDS.join(' ')]);
        builder.workflows
          .source(builder.generators.fromArrayOfArrays(grouped(lines.flat(), 64)).stream)
          .flatMap(() => (line: string) => line.split(' '))
          .key((word: string) => word)
          .map((ctx: Api) => (word: string) => {
            const count = portals.PerKeyState('count', 0, ctx);
            count.set(count.get() + 1);
            return word;
          })
          .sink()
          .freeze();
      }),
    loop: () => {
      const counts = new Map<string, number>();
      const lines = Array.from({ length: MILLION / 2 / WORDS.length }, () => WORDS.join(' '));
      for (const atom of grouped(lines, 64)) {
        const words = atom.flatMap((line) => line.split(' '));
        for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
      }
      return counts.size;
    },
  },
  {
    name: 'objects of five fields, three tasks',
    events: MILLION / 2,
    goal: 1 / 8,
    app: (portals) =>
      run(portals, (builder) => {
        const { stream } = builder.generators.fromRange(0, MILLION / 2, 256);
        builder.workflows
          .source(stream)
          .map(() => makeOrder)
          .map(() => priceOrder)
          .map(() => shipOrder)
          .sink()
          .freeze();
      }),
    loop: () => {
      let sum = 0;
      for (let start = 0; start < MILLION / 2; start += 256) {
        const out: object[] = [];
        for (let id = start; id < Math.min(start + 256, MILLION / 2); id++) {
          out.push(shipOrder(priceOrder(makeOrder(id))));
        }
        sum += out.length;
      }
      return sum;
    },
  },
];

interface Order {
  readonly id: number;
  readonly item: string;
  readonly quantity: number;
  readonly price: number;
  readonly state: string;
}

function makeOrder(id: number): Order {
  return { id, item: 'book', quantity: (id % 3) + 1, price: 0, state: 'new' };
}

function priceOrder(order: Order): Order {
  return { ...order, price: order.quantity * 10, state: 'priced' };
}

function shipOrder(order: Order): Order {
  return { ...order, state: 'shipped' };
}

function grouped<Item>(items: readonly Item[], size: number): Item[][] {
  const groups: Item[][] = [];
  for (let at = 0; at < items.length; at += size) groups.push(items.slice(at, at + size));
  return groups;
}
