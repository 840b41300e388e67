import { join } from 'node:path';
import { writeFiles } from '../../program-files.ts';

/** What the conversations are about: programs that come to an end, and programs in trouble. */
export function programs(): readonly string[] {
  const directory = writeFiles({
    'for-ever.js': 'for (let n = 0; ; n++);\n',
    'throws-at-load.js': "throw new Error('at load');\n",
    'broken.js': 'const = ;\n',
    'fills-the-heap.js': `const builder = PortalsJS.ApplicationBuilder('filler');
const kept = [];
builder
  .workflowsWithName('jobs')
  .source(builder.generators.fromRange(0, 1e9, 8).stream)
  .map((ctx) => (x) => {
    kept.push(new Array(100).fill(x));
    return PortalsJS.PerKeyState('x', 0, ctx).get();
  })
  .sink()
  .freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
`,
  });
  const here = (path: string) => join(process.cwd(), path);
  return [
    ...['examples/shopping-cart.js', 'examples/bank-saga.ts', 'examples/actors-fibonacci.js'].map(
      here,
    ),
    ...['test/programs/stock.js', 'test/programs/values.js'].map(here),
    ...['for-ever.js', 'throws-at-load.js', 'broken.js', 'fills-the-heap.js'].map((name) =>
      join(directory, name),
    ),
  ];
}
