// BUG: the task's handlers share an array that their factory's surroundings hold. A rollback does
// not empty it, so after a crash an event is in the list twice.
const builder = PortalsJS.ApplicationBuilder('baskets');
const items = builder.generatorsWithName('items').fromArrayOfArrays([['tea'], ['jam'], ['milk']]);

function collecting() {
  const basket = [];
  return (ctx) => (item) => {
    basket.push(item);
    return basket.join('+');
  };
}

builder
  .workflowsWithName('baskets')
  .source(items.stream)
  .map(collecting())
  .withName('basket')
  .sink()
  .freeze();

module.exports = builder.build();
