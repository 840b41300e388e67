// Every operation of the typed API, in a program that also runs. See programs.test.ts.
import portals, { ApplicationBuilder, PerTaskState, PortalsJS, System } from 'portals';

interface Question {
  readonly word: string;
}

const builder = ApplicationBuilder('typed');
const { tasks } = builder;

const numbers = builder.generators.fromArray([1, 2, 3], [7, 8, 9]);
const words = builder.generatorsWithName('words').fromArrayOfArrays([['a', 'b'], ['a']]);
const merged = builder.sequencersWithName('merged').random<number>();
for (const generator of [
  numbers,
  builder.generators.fromRange(0, 4, 2),
  builder.generators.fromIterator(new Set([5])),
  builder.generators.fromIteratorOfIterators([new Set([6]).values()]),
  builder.generators.signal(10),
  builder.generators.empty<number>(),
]) {
  builder.connections.connect(generator.stream, merged);
}

const splitter = builder.splittersWithName('parity').empty(merged.stream);
const even = builder.splitsWithName('even').split(splitter, (value) => value % 2 === 0);

const lengths = builder.portal.portal<Question, number>('lengths', ({ word }) => word.length);

const flow = builder.workflowsWithName('evens').source(even);
const small = flow.filter((value) => value < 5).map(() => (value) => value.toFixed(1));
flow
  .flatMap(() => (value) => [value, -value])
  .key((value) => BigInt(value))
  .processor<string>((ctx) => (value) => {
    const seen = PortalsJS.PerKeyState('seen', 0, ctx);
    seen.set(seen.get() + value);
    ctx.emit(`${seen.get()}`);
  })
  .withOnAtomComplete((ctx) => {
    const atoms = PerTaskState('atoms', 0, ctx);
    atoms.set(atoms.get() + 1);
  })
  .withOnComplete((ctx) => ctx.log.info('complete'))
  .withOnError((ctx) => (error) => ctx.log.info(error))
  .withWrapper((ctx) => (wrapped) => (value) => wrapped(ctx)(value))
  .union(small)
  .identity()
  .withAndThen(tasks.map<string, number>(() => Number))
  .task(tasks.filter((value: number) => value > 0))
  .init(() => tasks.identity<number>())
  .vsm(tasks.processor<number, number>((ctx) => (value) => ctx.emit(value)))
  .identity()
  .withStep(tasks.identity())
  .withLoop(2, tasks.identity())
  .logger('even: ')
  .withName('print')
  .allWithWrapper((ctx) => (wrapped) => (value) => wrapped(ctx)(value))
  .sink()
  .freeze();

builder.workflows
  .source(words.stream)
  .replier(
    lengths,
    (ctx) => (word) => ctx.emit(word),
    (ctx) =>
      ({ word }) =>
        ctx.reply(word.length),
  )
  .sink()
  .freeze();

builder
  .workflowsWithName('asking')
  .source(words.stream)
  .asker<number>(lengths, (ctx) => (word) => {
    const [one, two] = [ctx.ask(lengths, { word }), ctx.ask(lengths, { word: `${word}${word}` })];
    ctx.awaitAll([one, two], (ctx) => ctx.emit(one.value(ctx) + two.value(ctx)));
  })
  .logger()
  .withName('sum')
  .sink()
  .freeze();

const other = portals.ApplicationBuilder('other');
const remote = other.registry.portals.get<Question, number>('/typed/portals/lengths');
other.workflows
  .source(other.registry.streams.get<number>('/typed/workflows/asking/stream'))
  .asker(remote, (ctx) => (sum) => {
    const length = ctx.ask(remote, { word: `${sum}` });
    ctx.await(length, (ctx) => ctx.log.info(length.value(ctx)));
  })
  .sink()
  .freeze();

const system = System();
system.launch(builder.build());
system.launch(other.build());
system.stepUntilComplete();
system.shutdown();
