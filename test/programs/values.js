// One handler with a local of every kind, to be looked at.
class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
  get length() {
    return Math.hypot(this.x, this.y);
  }
}

const builder = PortalsJS.ApplicationBuilder('kinds');
builder
  .workflowsWithName('show')
  .source(builder.generators.fromArray([1]).stream)
  .map((ctx) => (x) => {
    const cycle = { name: 'cycle' };
    cycle.self = cycle;
    const values = {
      undefined: undefined,
      null: null,
      yes: true,
      negativeZero: -0,
      nan: NaN,
      big: 2n ** 70n,
      text: 'a "quoted"\n\'line\'',
      long: 'x'.repeat(300),
      symbol: Symbol('s'),
      date: new Date(0),
      pattern: /a+/g,
      error: new RangeError('too far'),
      point: new Point(3, 4),
      map: new Map([
        ['a', { n: 1 }],
        [{ id: 1 }, 'object key'],
      ]),
      set: new Set([1, 'two', [3]]),
      bytes: new Uint8Array([1, 2, 3]),
      sparse: Object.assign(new Array(3), { 0: 1, 2: 3 }),
      many: Array.from({ length: 250 }, (_, i) => i * i),
      bare: Object.assign(Object.create(null), { 'odd name': 1 }),
      proxy: new Proxy({ hidden: 1 }, {}),
      f: function named(a, b) {
        return a + b;
      },
      get computed() {
        return 'only when asked';
      },
    };
    const perKey = PortalsJS.PerKeyState('seen', new Set(), ctx);
    perKey.set(new Set([...perKey.get(), x]));
    return { cycle, values }; // the place to stop
  })
  .sink()
  .freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
