// One handler with locals that are too large to be shown at once.
const builder = PortalsJS.ApplicationBuilder('large');
builder
  .workflowsWithName('show')
  .source(builder.generators.fromArray([1]).stream)
  .map(() => (x) => {
    const array = Array.from({ length: 20_000 }, (_, index) => index * 2);
    const map = new Map(array.map((value, index) => [index, value]));
    const set = new Set(map.keys());
    const bytes = Uint8Array.from(set);
    const object = {};
    for (let index = 0; index < 100_000; index++) object[`key${index}`] = index;
    void [bytes, object];
    return x; // the place to stop
  })
  .sink()
  .freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
