// Handlers with loops, a recursion, and calls within one line.
function double(value) {
  return value * 2;
}

function factorial(value) {
  if (value <= 1) return 1;
  const smaller = factorial(value - 1);
  return value * smaller;
}

const builder = PortalsJS.ApplicationBuilder('long');
builder
  .workflowsWithName('way')
  .source(builder.generators.fromArray([1, 2]).stream)
  .map((ctx) => (x) => {
    let sum = 0;
    for (let turn = 0; turn < 1_000; turn++) {
      sum += turn;
      if (turn === 900) sum += 0.5;
    }
    const twice = [double(x), sum].map((value) => value + double(1));
    const product = factorial(x + 3);
    if (x > 5) throw new Error('too large');
    return product + twice.length;
  })
  .sink()
  .freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
