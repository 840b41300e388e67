// BUG: the handler counts in a module variable. A rollback does not undo it, so after a crash the
// event that is processed again gets another number. The count belongs in PerTaskState.
let count = 0;

const builder = PortalsJS.ApplicationBuilder('numbering');
const letters = builder.generatorsWithName('letters').fromArrayOfArrays([['a'], ['b'], ['c']]);

builder
  .workflowsWithName('numbering')
  .source(letters.stream)
  .map((ctx) => (letter) => {
    count += 1;
    return `${letter}${count}`;
  })
  .withName('number')
  .sink()
  .freeze();

module.exports = builder.build();
