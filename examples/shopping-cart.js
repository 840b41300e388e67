// Shopping cart: four workflows, one portal between them.
//
//   restocks ──► inventory ◄──portal─┬─ cart ◄── commands        cart asks for each item it adds
//                                    │   │ checkouts
//                                    │   ▼
//                                    │ orders ──► analytics ─┐   analytics asks what is left of
//                                    └───────────────────────┘   an item that sells well
//
// A customer can only put into the cart what the inventory gives away, so an item is never sold
// twice, whatever crashes: try the launch configuration "Shopping cart, cart crashes".

// Items and customers are numbered, because keys are numbers.
const ITEMS = ['tea', 'milk', 'jam'];

const restocks = [
  [
    { item: 0, count: 3 },
    { item: 1, count: 1 },
  ],
  [{ item: 2, count: 2 }],
];

const commands = [
  [
    { user: 1, type: 'add', item: 0 },
    { user: 2, type: 'add', item: 1 },
    { user: 3, type: 'add', item: 1 },
  ],
  [
    { user: 1, type: 'add', item: 2 },
    { user: 2, type: 'add', item: 0 },
    { user: 3, type: 'add', item: 2 },
  ],
  [
    { user: 1, type: 'checkout' },
    { user: 2, type: 'remove', item: 1 },
  ],
  [
    { user: 3, type: 'add', item: 1 },
    { user: 2, type: 'checkout' },
  ],
  [
    { user: 3, type: 'checkout' },
    { user: 1, type: 'checkout' },
  ],
];

const builder = PortalsJS.ApplicationBuilder('shop');

// Requests run under the key of the item: what is asked about tea waits for tea only.
const inventoryPortal = builder.portal.portal('inventory', (request) => request.item);

const restocking = builder.generatorsWithName('restocks').fromArrayOfArrays(restocks);
const commanding = builder.generatorsWithName('commands').fromArrayOfArrays(commands);

// --- inventory: how many of each item are left -------------------------------------------------

const stockOf = (ctx) => PortalsJS.PerKeyState('stock', 0, ctx);

builder
  .workflowsWithName('inventory')
  .source(restocking.stream)
  .key((delivery) => delivery.item)
  .replier(
    inventoryPortal,
    (ctx) => (delivery) => {
      stockOf(ctx).set(stockOf(ctx).get() + delivery.count);
    },
    (ctx) => (request) => {
      const stock = stockOf(ctx);
      if (request.type === 'take') {
        const available = stock.get() > 0;
        if (available) stock.set(stock.get() - 1);
        ctx.reply(available);
      } else if (request.type === 'give back') {
        stock.set(stock.get() + 1);
        ctx.reply(true);
      } else {
        ctx.reply(stock.get());
      }
    },
  )
  .withName('stock')
  .sink()
  .freeze();

// --- cart: what each customer has taken --------------------------------------------------------

const itemsOf = (ctx) => PortalsJS.PerKeyState('items', [], ctx);

const cart = builder
  .workflowsWithName('cart')
  .source(commanding.stream)
  .key((command) => command.user)
  .asker(inventoryPortal, (ctx) => (command) => {
    const { user, item } = command;
    const items = itemsOf(ctx);
    switch (command.type) {
      case 'add': {
        const taken = ctx.ask(inventoryPortal, { type: 'take', item });
        ctx.await(taken, (ctx) => {
          // The reply arrives in an atom of its own; the key is the customer's again.
          if (taken.value(ctx)) itemsOf(ctx).set([...itemsOf(ctx).get(), item]);
          else ctx.log.info(`customer ${user}: no ${ITEMS[item]} left`);
        });
        break;
      }
      case 'remove':
        if (items.get().includes(item)) {
          items.set(items.get().filter((other) => other !== item));
          ctx.ask(inventoryPortal, { type: 'give back', item });
        }
        break;
      case 'checkout':
        if (items.get().length > 0) ctx.emit({ user, items: items.get() });
        items.del();
        break;
    }
  })
  .withName('items')
  .sink()
  .freeze();

// --- orders: numbers the orders of each customer -----------------------------------------------

const orders = builder
  .workflowsWithName('orders')
  .source(cart.stream)
  .map((ctx) => (checkout) => {
    const number = PortalsJS.PerKeyState('orders', 0, ctx);
    number.set(number.get() + 1);
    return { ...checkout, number: number.get() };
  })
  .withName('number')
  .map((ctx) => (order) => {
    const names = order.items.map((item) => ITEMS[item]).join(' and ');
    ctx.log.info(`customer ${order.user}, order ${order.number}: ${names}`);
    return order;
  })
  .withName('confirm')
  .sink()
  .freeze();

// --- analytics: how often each item sold -------------------------------------------------------

builder
  .workflowsWithName('analytics')
  .source(orders.stream)
  .flatMap((ctx) => (order) => order.items)
  .withName('sales')
  .key((item) => item)
  .asker(inventoryPortal, (ctx) => (item) => {
    const sold = PortalsJS.PerKeyState('sold', 0, ctx);
    sold.set(sold.get() + 1);
    if (sold.get() < 2) return;
    const left = ctx.ask(inventoryPortal, { type: 'count', item });
    ctx.await(left, (ctx) => {
      ctx.log.info(`${ITEMS[item]} sells well: ${left.value(ctx)} left`);
    });
  })
  .withName('sold')
  .sink()
  .freeze();

const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
system.shutdown();
