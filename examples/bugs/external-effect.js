// BUG: the handler charges the customer by itself, through a ledger outside the model. After a crash
// it charges the same order again, as the number of charges shows.
const ledger = { charged: [] };

const builder = PortalsJS.ApplicationBuilder('payments');
const orders = builder.generatorsWithName('orders').fromArrayOfArrays([[1], [2]]);

builder
  .workflowsWithName('payments')
  .source(orders.stream)
  .map((ctx) => (order) => {
    ledger.charged.push(order);
    ctx.log.info(`order ${order}: charge ${ledger.charged.length}`);
    return order;
  })
  .withName('charge')
  .sink()
  .freeze();

module.exports = builder.build();
