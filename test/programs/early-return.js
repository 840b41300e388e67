// A handler that returns early.
const builder = PortalsJS.ApplicationBuilder('early');
builder
  .workflowsWithName('odd')
  .source(builder.generators.fromArray([2, 1, 3]).stream)
  .filter((x) => {
    if (x % 2 === 0) return false;
    return true;
  })
  .sink()
  .freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
