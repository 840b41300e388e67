import type { Random } from '../../runtime/determinism/random.ts';

/** A program of one to three workflows after each other, with state, calls, loops and a portal. */
export function generatedProgram(random: Random): string {
  const atom = 1 + random.below(3);
  const workflows = Array.from({ length: 1 + random.below(3) }, (_, at) => workflow(random, at));
  return `const builder = PortalsJS.ApplicationBuilder('generated');
const portal = builder.portal('portal');
const twice = (n) => {
  const sum = n + n;
  return sum;
};
builder.workflowsWithName('replier').source(builder.generators.empty().stream)
  .replier(portal, (ctx) => (x) => x, (ctx) => (request) => {
    const count = PortalsJS.PerTaskState('count', 0, ctx);
    count.set(count.get() + 1);
    ctx.reply(request + count.get());
  }).sink().freeze();
let stream = builder.generatorsWithName('numbers').fromRange(0, ${4 * atom}, ${atom}).stream;
${workflows.join('')}const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
`;
}

function workflow(random: Random, at: number): string {
  const tasks = Array.from({ length: 1 + random.below(3) }, () => task(random));
  const key = random.below(2) === 0 ? '.key((x) => x % 3)' : '';
  return `{
  const made = builder.workflowsWithName('work${at}').source(stream)${key}
${tasks.join('')}    .sink().freeze();
  stream = made.stream ?? stream;
}
`;
}

function task(random: Random): string {
  switch (random.below(4)) {
    case 0:
      return `    .map((ctx) => (x) => {
      const sum = PortalsJS.PerKeyState('sum', 0, ctx);
      sum.set(sum.get() + twice(x));
      return sum.get();
    })
`;
    case 1:
      return `    .processor((ctx) => (x) => {
      for (let n = 0; n < ${1 + random.below(3)}; n++) {
        ctx.emit(twice(x) + n);
      }
    })
`;
    case 2:
      return `    .asker(portal, (ctx) => (x) => {
      const future = ctx.ask(portal, x);
      ctx.await(future, (ctx) => {
        const value = future.value(ctx);
        ctx.emit(value);
      });
    })
`;
    default:
      return `    .filter((x) => {
      if (x % ${2 + random.below(3)} === 0) return false;
      return true;
    })
`;
  }
}
