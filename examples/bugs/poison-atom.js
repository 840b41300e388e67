// BUG: the handler throws for one of its events, every time; no retry succeeds.
const builder = PortalsJS.ApplicationBuilder('parsing');
const texts = builder.generatorsWithName('texts').fromArrayOfArrays([['{}'], ['{'], ['[]']]);

builder
  .workflowsWithName('parsing')
  .source(texts.stream)
  .map((ctx) => (text) => JSON.parse(text))
  .withName('parse')
  .sink()
  .freeze();

module.exports = builder.build();
