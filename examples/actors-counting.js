// Actors and streams: words come in by a stream, one actor counts each, totals go out by a stream.
//
//   words ──► letters ──► counters (actors) ──► totals
//                           ▲        │
//                           └────────┘ messages
//
// The first actor knows which words have a counter already; it creates the missing ones.

const { message, receive, ActorWorkflow, MapState, ValueState } = PortalsJS.Actors;

const text = [['one', 'two', 'one'], ['two', 'three'], ['one']];

const counter = (word) =>
  receive((ctx) => () => {
    const count = ValueState('count', 0, ctx);
    count.set(count.get() + 1);
    // Emitted events leave the actors, on the stream of their workflow.
    ctx.emit({ word, count: count.get() });
    // A handler that returns nothing keeps the behaviour.
  });

const receptionist = receive((ctx) => (word) => {
  const counters = MapState('counters', ctx);
  // References are data: they can be kept in state and sent.
  if (!counters.has(word)) counters.set(word, ctx.create(counter(word)));
  ctx.send(counters.get(word), 'count');
});

const builder = PortalsJS.ApplicationBuilder('counting');

const counters = ActorWorkflow('counters', receptionist, builder);

// From outside, a message is an event too. The sequencer merges it with what the actors send.
const words = builder.generatorsWithName('words').fromArrayOfArrays(text);
const letters = builder
  .workflowsWithName('letters')
  .source(words.stream)
  .map((ctx) => (word) => message(counters.root, word))
  .withName('address')
  .sink()
  .freeze();
builder.connectionsWithName('letters').connect(letters.stream, counters.sequencer);

builder
  .workflowsWithName('totals')
  .source(counters.stream)
  .map(
    (ctx) =>
      ({ word, count }) =>
        `${word}: ${count}`,
  )
  .withName('describe')
  .logger()
  .withName('print')
  .sink()
  .freeze();

const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
system.shutdown();
