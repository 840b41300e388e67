// Portals in the typed API, in a program that also runs. See programs.test.ts.
import {
  type Future,
  PerKeyState,
  PortalsJS,
  type ReplierContext,
  type TaskContext,
} from 'portals';

interface Take {
  readonly kind: 'take';
  readonly item: number;
}
interface Count {
  readonly kind: 'count';
  readonly item: number;
}

const builder = PortalsJS.ApplicationBuilder('portals');
const stock = builder.portal.portal<Take | Count, number>('stock', ({ item }) => item);
const names = builder.portal<number, string>('names');
const both = builder.portal<string, { readonly name: string; readonly left: number }>('both');

const items = builder.generators.fromArray([1, 2], [7, 8]);
const never = builder.generators.empty<boolean>();

// What a replier emits is said by the type of its context.
builder.workflows
  .source(items.stream)
  .replier(
    stock,
    (ctx: TaskContext<string>) => (item) => {
      PerKeyState('left', 3, ctx).set(item);
      ctx.emit(`restocked ${item}`);
    },
    (ctx) => (request) => {
      const left = PerKeyState('left', 3, ctx);
      if (request.kind === 'take') left.set(left.get() - 1);
      ctx.reply(left.get());
    },
  )
  .map(() => (text) => text.length)
  .sink()
  .freeze();

// A task may answer several portals: requests are of either type.
const answers = builder.portal<boolean, number>('answers');
builder.workflows
  .source(never.stream)
  .replier(
    [names, answers],
    () => () => {},
    (ctx) => (request) => ctx.reply(typeof request === 'number' ? `item ${request}` : 42),
  )
  .sink()
  .freeze();

const twice = (ctx: ReplierContext<never, number>) => (request: string) =>
  ctx.reply(request.length * 2);
const lengths = builder.portal<string, number>('lengths');
builder.workflows
  .source(never.stream)
  .replier(lengths, () => () => {}, twice)
  .sink()
  .freeze();

builder.workflows
  .source(never.stream)
  .askerreplier(
    [stock, names],
    both,
    (ctx) => () => ctx.emit(0),
    (ctx) => (text) => {
      const name = ctx.ask(names, Number(text));
      const left = ctx.ask(stock, { kind: 'count', item: Number(text) });
      ctx.awaitAll([name, left], (ctx) => {
        ctx.reply({ name: name.value(ctx), left: left.value(ctx) });
      });
    },
  )
  .sink()
  .freeze();

builder.workflows
  .source(items.stream)
  .asker<string>([both, lengths], (ctx) => (item) => {
    const reply = ctx.ask(both, `${item}`);
    const length: Future<number> = ctx.ask(lengths, 'abc');
    ctx.await(reply, (ctx) => {
      const { name, left } = reply.value(ctx);
      ctx.await(length, (ctx) => ctx.emit(`${name}: ${left.toFixed()}, ${length.value(ctx)}`));
    });
  })
  .withOnComplete((ctx) => ctx.ask(lengths, 'end'))
  .logger()
  .withName('print')
  .sink()
  .freeze();

export default builder.build();
