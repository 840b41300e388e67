// BUG: the replier answers only requests for items that it knows. The continuation that asked for
// another one waits for ever.
const builder = PortalsJS.ApplicationBuilder('prices');
const portal = builder.portal.portal('price', (item) => item);
const listed = builder.generatorsWithName('listed').fromArray([1, 2]);
const asked = builder.generatorsWithName('asked').fromArray([1, 7]);

builder
  .workflowsWithName('prices')
  .source(listed.stream)
  .key((item) => item)
  .replier(
    portal,
    (ctx) => (item) => PortalsJS.PerKeyState('listed', false, ctx).set(true),
    (ctx) => (item) => {
      if (item < 5) ctx.reply(10 * item);
    },
  )
  .withName('list')
  .sink()
  .freeze();

builder
  .workflowsWithName('customers')
  .source(asked.stream)
  .asker(portal, (ctx) => (item) => {
    const price = ctx.ask(portal, item);
    ctx.await(price, (ctx) => ctx.log.info(`item ${item} costs ${price.value(ctx)}`));
  })
  .withName('ask')
  .sink()
  .freeze();

module.exports = builder.build();
