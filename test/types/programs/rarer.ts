// The rarer operations of the typed API, in a program that also runs. See programs.test.ts.
import {
  type Behaviour,
  type Flow,
  type Key,
  PerKeyState,
  PortalsJS,
  Stash,
  type Task,
  type TaskContext,
} from 'portals';

interface Order {
  readonly id: number;
  readonly item: string;
}
interface Cancellation {
  readonly id: number;
  readonly reason: string;
}
type Command = Order | Cancellation;

const builder = PortalsJS.ApplicationBuilder('rarer');
const { tasks } = builder;
const commands: Command[] = [
  { id: 1, item: 'tea' },
  { id: 2, item: 'jam' },
  { id: 1, reason: 'no tea' },
];
const source = builder.generators.throttle<Command>(commands, 2);
const isOrder = (command: Command): command is Order => 'item' in command;

// Predicates that are type guards say what remains.
const splitter = builder.splitters.empty(source.stream);
const ordered = builder.splits.split(splitter, isOrder);
builder.workflows
  .source(ordered)
  .map(
    () =>
      ({ item }) =>
        item.length,
  )
  .sink()
  .freeze();

const flow = builder.workflowsWithName('w').source(source.stream);
const items: Flow<string> = flow
  .filter(isOrder)
  .map(
    () =>
      ({ item }) =>
        item,
  )
  .withName('items');
const counts: Flow<number> = flow.sample(2).stash<number>((stash) => (ctx) => (command) => {
  if (stash.size() < 2) stash.stash(command);
  else stash.unstashAll();
  ctx.emit(stash.size());
});
const joined: Flow<string | number> = flow
  .empty<string>()
  .union([items, counts])
  .union(flow.nothing())
  .union(
    flow.consume(
      (ctx) =>
        ({ id }) =>
          ctx.log.info(id),
    ),
  );

// A machine of two behaviours that name each other: their types are to be written down.
const closed: Task<string | number, string> = tasks.processor((ctx) => (event) => {
  const waiting = Stash<string | number>(ctx);
  if (event !== 'tea') return waiting.stash(event);
  waiting.unstashAll();
  return open;
});
const open: Behaviour<string | number, string> = tasks.processor((ctx) => (event) => {
  ctx.emit(`${ctx.key}: ${event}`);
  return event === 'jam' ? closed : undefined;
});

const counting = tasks
  .map((ctx) => (text: string) => {
    const count = PerKeyState('count', 0, ctx);
    count.set(count.get() + 1);
    return text.length + count.get();
  })
  .withOnAtomComplete((ctx) => ctx.emit(0))
  .withOnComplete((ctx) => ctx.emit(-1))
  .withOnError(() => () => {})
  .withWrapper((ctx) => (wrapped) => (text) => wrapped(ctx)(text.trim()))
  .withStep(tasks.map(() => (text) => -text.length))
  .withLoop(
    2,
    tasks.map(() => () => 0),
  )
  .withAndThen(tasks.flatMap(() => (count) => [count, count]))
  .withAndThen(tasks.filter((count) => count > 0))
  .withAndThen(tasks.key((count): Key => count % 2))
  .withAndThen(tasks.stash<number, string>(() => (ctx) => (count) => ctx.emit(`${count}`)))
  .withOnNext((ctx) => (text) => ctx.emit(text));

joined
  .key(() => 'all')
  .vsm(closed)
  .task(counting)
  .withOnNext((ctx) => (text) => ctx.emit(text.toUpperCase()))
  .withOnNext<number>((ctx) => (text) => ctx.emit(text.length))
  .withStep(tasks.map(() => (text) => text.length))
  .init((ctx: TaskContext<boolean>) => {
    const limit = ctx.key === 'all' ? 1 : 2;
    return tasks.map(() => (length: number) => length > limit);
  })
  .filter((isLong) => isLong === true)
  .init((ctx) => {
    const seen = PortalsJS.PerTaskState('seen', 0, ctx).get();
    return tasks.map(() => (isLong: boolean) => (isLong ? seen + 1 : seen));
  })
  .map(() => (count) => count.toFixed())
  .logger('long: ')
  .sink()
  .freeze();

const system = PortalsJS.System();
system.launch(builder.build());
while (system.step());
system.shutdown();
