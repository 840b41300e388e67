// BUG: the handler keeps the largest event in a property of the global object. A rollback does not
// undo it, so after a crash the event is no longer larger than what is there.
globalThis.largest = 0;

const builder = PortalsJS.ApplicationBuilder('records');
const results = builder.generatorsWithName('results').fromArrayOfArrays([[3], [5], [4], [9]]);

builder
  .workflowsWithName('records')
  .source(results.stream)
  .flatMap((ctx) => (result) => {
    const isRecord = result > globalThis.largest;
    if (isRecord) globalThis.largest = result;
    return isRecord ? [result] : [];
  })
  .withName('record')
  .sink()
  .freeze();

module.exports = builder.build();
