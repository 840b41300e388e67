import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';
import { type Bundle, bundle, Positions } from '../../program/index.ts';
import { writeFiles } from '../program-files.ts';

async function bundled(files: Readonly<Record<string, string>>): Promise<Bundle> {
  return bundle(join(writeFiles(files), 'app.ts'));
}

function run({ code }: Bundle): unknown {
  const main = vm.runInThisContext(code) as (...values: unknown[]) => unknown;
  const module = { exports: {} };
  return (main({}, module, module.exports) as { default: unknown }).default;
}

const HIDING = `const f = (x: number) => [1].map((y) => { const x = y + 1; return { x, y }; })
  .concat([2].map((x) => ({ x, y: x })));
export default [f(7), ((f) => { let x = f; { let x = 5; x++; } return x; })(3)];
`;

test('a variable that hides another keeps its name, and everything its position', async () => {
  const made = await bundled({ 'app.ts': HIDING });
  assert.doesNotMatch(made.code, /\b[xyf]\d/);
  const inner = [
    { x: 2, y: 1 },
    { x: 2, y: 2 },
  ];
  assert.deepEqual(JSON.parse(JSON.stringify(run(made))), [inner, 3]);
  // What follows a name on its line has moved with it.
  const lines = made.code.split('\n');
  const line = lines.findIndex((text) => text.includes('.concat('));
  const column = (lines[line] ?? '').indexOf('y: x');
  const source = HIDING.split('\n')[1] ?? '';
  assert.deepEqual(new Positions(made.map).toSource({ line: line + 1, column: column + 1 }), {
    file: made.program,
    line: 2,
    column: source.indexOf('y: x') + 1,
  });
});

test('what would hide a variable of another file keeps the name that the bundler gave', async () => {
  const made = await bundled({
    'app.ts': `import { foo as bar } from './other';
const twice = (n: number) => { const foo = 2; return n * foo * bar; };
const x = 1;
export default [twice(3), ((x2: number) => ((x: number) => x + x2)(10))(x)];
`,
    'other.ts': 'export const foo = 100;\nconst x = 5;\nexport const used = (x: number) => x;\n',
  });
  assert.deepEqual(run(made), [600, 11]);
});

test('what the program is given cannot be hidden by what it declares', async () => {
  const made = await bundled({
    'app.ts': 'const module = 1;\nexport default ((exports) => [module, exports])(2);\n',
  });
  assert.deepEqual(run(made), [1, 2]);
});
