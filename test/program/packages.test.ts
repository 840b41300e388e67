import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundle, loadRuntimeCode, Program } from '../../program/index.ts';
import { DEFAULT_OPTIONS } from '../../runtime/index.ts';
import { root } from '../../scripts/project.mjs';
import { writeFiles } from '../program-files.ts';

/** Pure packages of npm, and what an expression over each must be; `lib` is its default export. */
const PACKAGES: Readonly<Record<string, readonly [expression: string, expected: unknown]>> = {
  'big.js': ['String(new lib("0.1").plus("0.2"))', '0.3'],
  dayjs: ['lib("2024-02-28").add(2, "day").format("YYYY-MM-DD")', '2024-03-01'],
  eventemitter3: [
    '(() => { const e = new lib(); const seen = []; e.on("a", (x) => seen.push(x)); e.emit("a", 1); return seen; })()',
    [1],
  ],
  'fast-deep-equal': [
    '[lib({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), lib([1], [2])]',
    [true, false],
  ],
  flatted: ['all.parse(all.stringify({ a: [1, { b: 2 }] }))', { a: [1, { b: 2 }] }],
  immer: ['all.produce({ n: [1] }, (draft) => { draft.n.push(2); })', { n: [1, 2] }],
  json5: ['lib.parse("{ a: [1, .5, +2,], /* b */ }")', { a: [1, 0.5, 2] }],
  mitt: [
    '(() => { const e = lib(); const seen = []; e.on("a", (x) => seen.push(x)); e.emit("a", 1); return seen; })()',
    [1],
  ],
  nanoid: ['all.nanoid(12).length', 12],
  'object-hash': [
    'lib({ a: 1, b: [2] }, { algorithm: "sha1" }) === lib({ b: [2], a: 1 }, { algorithm: "sha1" })',
    true,
  ],
  preact: ['all.h("p", { id: "x" }, "text").props', { id: 'x', children: 'text' }],
  seedrandom: ['lib("seed")() === lib("seed")()', true],
};

for (const [name, [expression, expected]] of Object.entries(PACKAGES)) {
  test(`the package ${name} loads and works in a program`, async () => {
    const directory = writeFiles({
      'app.mjs': `import * as all from '${name}';
const lib = all.default ?? all;
const builder = PortalsJS.ApplicationBuilder('app');
builder.workflowsWithName('w').source(builder.generators.fromRange(0, 1, 1).stream)
  .map(() => (x) => [x].map((x) => ({ x, result: ${expression} }))[0].result)
  .map(() => (x) => console.log(JSON.stringify(x))).sink().freeze();
export default builder.build();
`,
    });
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    const printed: string[] = [];
    const program = new Program(await bundle(join(directory, 'app.mjs')), await loadRuntimeCode(), {
      ...DEFAULT_OPTIONS,
      detail: 'steps',
      probe: (notice) => {
        if (notice.kind !== 'committed') return;
        for (const effect of notice.effects) {
          if (effect.kind === 'output') printed.push(effect.text);
          if (effect.kind === 'error') throw new Error(effect.error.message);
        }
      },
    });
    program.complete();
    assert.deepEqual(
      printed.map((text) => JSON.parse(text)),
      [expected],
    );
  });
}
