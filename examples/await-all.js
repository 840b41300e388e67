// Waiting for several replies: a trip is offered when both its flight and its hotel have a price.
//
// One task asks two portals, which it is connected to as a list. `awaitAll` keeps the rest of the
// handler until all replies have come, in whatever order; the debugger shows it as one pending
// continuation with two asks.

const trips = [
  [
    { id: 1, to: 'Lisbon', nights: 3 },
    { id: 2, to: 'Oslo', nights: 2 },
  ],
  [{ id: 3, to: 'Lisbon', nights: 7 }],
];

const FARES = { Lisbon: 120, Oslo: 90 };
const RATES = { Lisbon: 70, Oslo: 140 };

const builder = PortalsJS.ApplicationBuilder('travel');

const flights = builder.portal.portal('flights');
const hotels = builder.portal.portal('hotels');

const wanted = builder.generatorsWithName('trips').fromArrayOfArrays(trips);

// A workflow that only answers: its source never has an event.
const nothing = builder.generatorsWithName('nothing').empty();

builder
  .workflowsWithName('airline')
  .source(nothing.stream)
  .replier(
    flights,
    (ctx) => () => {},
    (ctx) => (city) => ctx.reply(FARES[city]),
  )
  .withName('fares')
  .sink()
  .freeze();

builder
  .workflowsWithName('lodging')
  .source(nothing.stream)
  .replier(
    hotels,
    (ctx) => () => {},
    (ctx) =>
      ({ city, nights }) =>
        ctx.reply(RATES[city] * nights),
  )
  .withName('rates')
  .sink()
  .freeze();

builder
  .workflowsWithName('agency')
  .source(wanted.stream)
  .key((trip) => trip.id)
  .asker([flights, hotels], (ctx) => ({ id, to, nights }) => {
    const fare = ctx.ask(flights, to);
    const rent = ctx.ask(hotels, { city: to, nights });
    ctx.awaitAll([fare, rent], (ctx) => {
      const total = fare.value(ctx) + rent.value(ctx);
      ctx.log.info(`trip ${id}: ${nights} nights in ${to} for ${total}`);
    });
  })
  .withName('offer')
  .sink()
  .freeze();

const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
system.shutdown();
