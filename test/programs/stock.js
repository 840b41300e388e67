// Two workflows and a portal: shoppers ask a stock, which counts down.
const builder = PortalsJS.ApplicationBuilder('shop');
const portal = builder.portal.portal('stock');

builder
  .workflowsWithName('stock')
  .source(builder.generators.empty().stream)
  .replier(
    portal,
    (ctx) => (x) => x,
    (ctx) => (item) => {
      const left = PortalsJS.PerTaskState('left', 2, ctx);
      left.set(left.get() - 1);
      ctx.reply({ item, left: left.get() });
    },
  )
  .withName('shelf')
  .sink()
  .freeze();

const orders = builder.generators.fromArrayOfArrays([
  [
    { user: 1, item: 'tea' },
    { user: 2, item: 'jam' },
  ],
  [{ user: 1, item: 'milk' }],
]);

builder
  .workflowsWithName('shoppers')
  .source(orders.stream)
  .key((order) => order.user)
  .asker(portal, (ctx) => (order) => {
    const items = PortalsJS.PerKeyState('items', [], ctx);
    items.set([...items.get(), order.item]);
    ctx.log.info(`user ${order.user} wants ${order.item}`);
    const future = ctx.ask(portal, order.item);
    ctx.await(future, (ctx) => {
      const { item, left } = future.value(ctx);
      ctx.log.info(`${item}: ${left} left`);
      ctx.emit(left);
    });
  })
  .withName('shopper')
  .sink()
  .freeze();

const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
console.log('done');
