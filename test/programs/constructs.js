// A handler of every kind of statement that a debugger steps over in its own way.
const g = (value) => value;
const builder = PortalsJS.ApplicationBuilder('constructs');
builder
  .workflowsWithName('jobs')
  .source(builder.generators.fromArray([1, 2]).stream)
  .map((ctx) => (x) => {
    const go = (v) => v + 1;
    go(1);
    go(go(2));
    g(g(3)) + go(4);
    let { p, q = g(5) } = { p: 1 };
    const list = [1, 2].map((v) => go(v) + p);
    for (const item of list) g(item);
    for (let i = 0; i < 2; i++) {
      if (i) continue;
      g(i);
    }
    const o = {
      m: () => g(6),
      get z() {
        return 3;
      },
    };
    o.m().toString();
    o.z;
    switch (q) {
      case 5:
        g(7);
        break;
      default:
        g(8);
    }
    try {
      throw new Error('caught');
    } catch (error) {
      g(error);
    } finally {
      g(9);
    }
    const t = q > 3 ? g(10) : g(11);
    class Counter {
      field = g(12);
      constructor() {
        this.q = g(13);
      }
    }
    const counter = new Counter();
    do {
      g(counter);
      p += 1;
    } while (p < 3);
    while (p > 1) p -= 1;
    const [first, ...rest] = [g(14), 2, 3];
    `a${g(first)}b${rest}`;
    // biome-ignore lint/complexity/noCommaOperator: it is a kind of statement, too.
    g(15), g(16);
    ctx.log.info('near the end');
    return g(t) + x;
  })
  .sink()
  .freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
