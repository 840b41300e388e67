// Two applications: a second one is launched while the first runs, and asks it through the registry.
//
// `library` lends books and answers how many copies are on the shelf. `visitor` knows nothing of
// its code: it finds the portal and the stream by their paths. Watch the topology grow when
// `visitor` is launched.

const events = [
  [
    { book: 1, change: +3 },
    { book: 2, change: +1 },
  ],
  [{ book: 1, change: -1 }],
  [
    { book: 2, change: -1 },
    { book: 1, change: -1 },
  ],
  [{ book: 2, change: +1 }],
];

const library = PortalsJS.ApplicationBuilder('library');

const copies = library.portal.portal('copies', (request) => request.book);
const lending = library.generatorsWithName('lending').fromArrayOfArrays(events);
const copiesOf = (ctx) => PortalsJS.PerKeyState('copies', 0, ctx);

library
  .workflowsWithName('shelf')
  .source(lending.stream)
  .key((event) => event.book)
  .replier(
    copies,
    (ctx) => (event) => {
      copiesOf(ctx).set(copiesOf(ctx).get() + event.change);
      ctx.emit({ book: event.book, copies: copiesOf(ctx).get() });
    },
    (ctx) => (request) => {
      ctx.reply(copiesOf(ctx).get());
    },
  )
  .withName('copies')
  .sink()
  .freeze();

const system = PortalsJS.System();
system.launch(library.build());

// A step is one atom by one processing unit. After these, part of the lending has happened.
for (let step = 0; step < 4; step++) system.step();

const visitor = PortalsJS.ApplicationBuilder('visitor');

const remote = visitor.registry.portals.get('/library/portals/copies');
const shelf = visitor.registry.streams.get('/library/workflows/shelf/stream');

// Asks about each book once.
visitor
  .workflowsWithName('query')
  .source(visitor.generatorsWithName('books').fromArray([1, 2]).stream)
  .asker(remote, (ctx) => (book) => {
    const reply = ctx.ask(remote, { book });
    ctx.await(reply, (ctx) => {
      ctx.log.info(`book ${book}: ${reply.value(ctx)} on the shelf now`);
    });
  })
  .withName('ask')
  .sink()
  .freeze();

// Follows the changes from now on; what happened before the launch it does not see.
visitor
  .workflowsWithName('news')
  .source(shelf)
  .map((ctx) => (change) => `book ${change.book}: now ${change.copies}`)
  .withName('describe')
  .logger('news: ')
  .withName('print')
  .sink()
  .freeze();

system.launch(visitor.build());
system.stepUntilComplete();
system.shutdown();
