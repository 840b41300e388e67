// Actors: two players pass a ball to each other until it is worn out.
//
// What an actor sends becomes an event of the atom it is handling, comes round by the sequencer,
// and is handled by its receiver in a later atom. Crash the workflow wherever you like: no pass is
// lost, and none is played twice.

const { receive, init, same, stopped, ActorWorkflow, ValueState } = PortalsJS.Actors;

// A behaviour is made by a function when it depends on something, here on what the player says.
const player = (word) =>
  receive((ctx) => (ball) => {
    if (ball.passes === 0) {
      ctx.log.info(`${word}: the ball is worn out`);
      ctx.send(ball.from, { passes: 0, from: ctx.self });
      // From here on, messages to this player are dropped: also the other's farewell.
      return stopped;
    }
    // The state is this player's own, under its key.
    const hits = ValueState('hits', 0, ctx);
    hits.set(hits.get() + 1);
    ctx.log.info(`${word} ${hits.get()}`);
    ctx.send(ball.from, { passes: ball.passes - 1, from: ctx.self });
    return same;
  });

const game = init((ctx) => {
  const ping = ctx.create(player('ping'));
  const pong = ctx.create(player('pong'));
  ctx.send(ping, { passes: 6, from: pong });
  return stopped;
});

const builder = PortalsJS.ApplicationBuilder('game');

ActorWorkflow('players', game, builder);

const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
system.shutdown();
