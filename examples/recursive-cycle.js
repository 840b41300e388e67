// A cycle: events travel round until they have come down to 1.
//
// A workflow is a graph without cycles, but streams may form one: the workflow's output is
// connected to the sequencer that it reads from. Each number takes the steps of Collatz'
// conjecture (half of an even number, three times an odd one and one more), one per round.

const builder = PortalsJS.ApplicationBuilder('collatz');

const starts = builder.generatorsWithName('starts').fromArrayOfArrays([
  [{ start: 6, value: 6, rounds: 0 }],
  [
    { start: 7, value: 7, rounds: 0 },
    { start: 3, value: 3, rounds: 0 },
  ],
]);

// A sequencer merges streams into one. Which stream is next is its choice, and once committed, the
// choice is history.
const numbers = builder.sequencersWithName('numbers').random();

const rounds = builder
  .workflowsWithName('rounds')
  .source(numbers.stream)
  .key((number) => number.start)
  .processor((ctx) => ({ start, value, rounds }) => {
    if (value === 1) {
      ctx.log.info(`${start} came down to 1 in ${rounds} rounds`);
      return;
    }
    const next = value % 2 === 0 ? value / 2 : 3 * value + 1;
    // What is emitted here comes back as an event of a later atom.
    ctx.emit({ start, value: next, rounds: rounds + 1 });
  })
  .withName('round')
  .sink()
  .freeze();

builder.connectionsWithName('in').connect(starts.stream, numbers);
builder.connectionsWithName('again').connect(rounds.stream, numbers);

const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
system.shutdown();
