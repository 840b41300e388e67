// A recursive asker: a function that asks, and in the continuation calls itself.
//
// A handler does not block, so a loop over replies is written as recursion: `guess` asks the
// portal, and the continuation, which runs when the reply has come, calls `guess` again. Each round
// is an atom of its own, so a crash costs one round at most, and is not seen in the outcome.

const SECRET = 42;

const builder = PortalsJS.ApplicationBuilder('guessing');

const oracle = builder.portal.portal('oracle');

const ranges = builder.generatorsWithName('ranges').fromArray([{ low: 1, high: 100 }]);

// The oracle only answers: its source never has an event.
builder
  .workflowsWithName('oracle')
  .source(builder.generatorsWithName('nothing').empty().stream)
  .replier(
    oracle,
    (ctx) => () => {},
    (ctx) => (guess) => ctx.reply(Math.sign(SECRET - guess)),
  )
  .withName('answer')
  .sink()
  .freeze();

const guess = (ctx, low, high, rounds) => {
  const middle = Math.floor((low + high) / 2);
  const reply = ctx.ask(oracle, middle);
  ctx.await(reply, (ctx) => {
    const sign = reply.value(ctx);
    ctx.log.info(`${middle} is ${sign < 0 ? 'too high' : sign > 0 ? 'too low' : 'right'}`);
    if (sign === 0) ctx.emit({ secret: middle, rounds });
    else if (sign < 0) guess(ctx, low, middle - 1, rounds + 1);
    else guess(ctx, middle + 1, high, rounds + 1);
  });
};

builder
  .workflowsWithName('player')
  .source(ranges.stream)
  .asker(
    oracle,
    (ctx) =>
      ({ low, high }) =>
        guess(ctx, low, high, 1),
  )
  .withName('guess')
  .map(
    (ctx) =>
      ({ secret, rounds }) =>
        `${secret} found in ${rounds} rounds`,
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
