// BUG: the handler sends mail by itself, through an outbox that is not part of the model. After a
// crash it sends the same mail again, as the number of mails sent shows.
const outbox = { sent: [] };

const builder = PortalsJS.ApplicationBuilder('mail');
const orders = builder.generatorsWithName('orders').fromArrayOfArrays([[1], [2]]);

builder
  .workflowsWithName('mail')
  .source(orders.stream)
  .map((ctx) => (order) => {
    outbox.sent.push(order);
    ctx.log.info(`order ${order}: mail ${outbox.sent.length}`);
    return order;
  })
  .withName('send')
  .sink()
  .freeze();

module.exports = builder.build();
