// Actors in the typed API, in a program that also runs. See programs.test.ts.
import { type ActorBehaviour, type ActorReference, Actors, PortalsJS } from 'portals';

const { ActorWorkflow, init, MapState, message, receive, ref, same, stopped, ValueState } = Actors;

interface Fibonacci {
  readonly n: number;
  readonly replyTo: ActorReference<number>;
}

const fibonacci = receive<Fibonacci>((ctx) => ({ n, replyTo }) => {
  if (n < 2) {
    ctx.send(replyTo, n);
    return stopped;
  }
  const adder = ctx.create(adding(replyTo));
  for (const smaller of [n - 1, n - 2]) {
    ctx.send(ctx.create(fibonacci), { n: smaller, replyTo: adder });
  }
  return stopped;
});

function adding(replyTo: ActorReference<number>): ActorBehaviour<number> {
  return receive((ctx) => (answer) => {
    const first = ValueState('first', -1, ctx);
    if (first.get() < 0) {
      first.set(answer);
      return same;
    }
    ctx.send(replyTo, first.get() + answer);
    return stopped;
  });
}

type Letter = { readonly start: number } | number;

const main = init<Letter>((ctx) => {
  ctx.create(
    receive<string>((ctx) => (text) => ctx.log.info(text)),
    ref<string>('printer'),
  );
  return receive<Letter>((ctx) => (letter) => {
    const asked = MapState<string, number>('asked', ctx);
    if (typeof letter === 'number') {
      ctx.send(ref<string>('printer'), `fibonacci ${asked.get('n')?.toFixed()} = ${letter}`);
      ctx.emit(letter);
      return;
    }
    asked.set('n', letter.start);
    ctx.send(ctx.create(fibonacci), { n: letter.start, replyTo: ctx.self });
  });
});

const builder = PortalsJS.ApplicationBuilder('actors');
const workflow = ActorWorkflow<Letter, number>('actors', main, builder);
const starts = builder.workflows
  .source(builder.generators.signal(6).stream)
  .map(() => (start) => message(workflow.root, { start }))
  .sink()
  .freeze();
builder.connections.connect(starts.stream, workflow.sequencer);
builder.workflows
  .source(workflow.stream)
  .map(() => (result) => result * 10)
  .logger('times ten: ')
  .sink()
  .freeze();

export default builder.build();
