// Actors: Fibonacci numbers by a tree of actors.
//
// An actor is asked for one Fibonacci number. It creates an actor for each of the two numbers
// before, asks both, adds their answers, sends the sum to the sender, and stops. Actors live
// in one task, each under its own key: what they send comes back as events of later atoms. Look at
// the state of the task `actors` to see which of them wait for what.

const { receive, init, same, stopped, ActorWorkflow, ValueState } = PortalsJS.Actors;

const fibonacci = receive((ctx) => ({ n, replyTo }) => {
  if (n < 2) {
    ctx.send(replyTo, n);
    return stopped;
  }
  for (const smaller of [n - 1, n - 2]) {
    const child = ctx.create(fibonacci);
    ctx.send(child, { n: smaller, replyTo: ctx.self });
  }
  return adding(replyTo);
});

// The behaviour of an actor that waits for two answers. The state is the actor's own.
const adding = (replyTo) =>
  receive((ctx) => (answer) => {
    const first = ValueState('first', undefined, ctx);
    if (first.get() === undefined) {
      first.set(answer);
      return same;
    }
    ctx.send(replyTo, first.get() + answer);
    return stopped;
  });

// The first actor. `init` runs once, when the actor is created.
const main = init((ctx) => {
  const n = 7;
  ctx.send(ctx.create(fibonacci), { n, replyTo: ctx.self });
  return receive((ctx) => (answer) => {
    ctx.log.info(`fibonacci(${n}) = ${answer}`);
    return stopped;
  });
});

const builder = PortalsJS.ApplicationBuilder('fibonacci');

ActorWorkflow('actors', main, builder);

const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
system.shutdown();
