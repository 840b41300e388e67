// Steps that are interrupted: exceptions caught on the way, and much to do within one line.
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
function deep(n) {
  return n === 0 ? parse('{') : deep(n - 1);
}
function spin(rounds) {
  let sum = 0;
  for (let i = 0; i < rounds; i++) sum += i % 7;
  return sum;
}

const builder = PortalsJS.ApplicationBuilder('detours');
builder
  .workflowsWithName('jobs')
  .source(builder.generators.fromArray([1, 2]).stream)
  .map((ctx) => (x) => {
    const first = deep(3);
    const second = [parse('['), parse('7')];
    spin(2e7);
    try {
      throw new Error('caught here');
    } catch (error) {
      return [first, second, error.message];
    }
  })
  .withName('task')
  .sink()
  .freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
