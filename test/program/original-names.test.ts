import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';
import { transform } from 'esbuild';
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
  assert.deepEqual(new Positions(made.map, '/').toSource({ line: line + 1, column: column + 1 }), {
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

/** Every way in which a module can get a name from another one. */
const IMPORTS: readonly { readonly files: Record<string, string>; readonly expected: unknown }[] = [
  ...[
    'module.exports = (n) => 2 * n;',
    'exports.default = (n) => 2 * n; exports.__esModule = true;',
  ].map((text) => ({
    files: {
      'app.ts': `import double from './double.cjs';
export default ((n) => { const double2 = 1; return [n].map((n) => double(n) + double2); })(3);`,
      'double.cjs': text,
    },
    expected: [7],
  })),
  {
    files: {
      'app.ts': `import { greet as hello } from './greet.cjs';
import * as ns from './greet.cjs';
export default ((hello2) => [hello(hello2), ns.greet('b')])('a');`,
      'greet.cjs': 'exports.greet = (name) => { const greet = name; return "hi " + greet; };',
    },
    expected: ['hi a', 'hi b'],
  },
  {
    files: {
      'app.ts': `import main, { helper as main2, type T } from './esm.ts';
import * as esm from './esm.ts';
enum Color { Red = 1, Green }
namespace Shapes { export const main = 5; export const twice = () => main * 2; }
const x = ({ main }: { main: number }) => { for (const x of [main]) return { x, main }; };
export default [main(1), main2(1), esm.default(2), Color[2], Shapes.twice(), x({ main: 4 })];`,
      'esm.ts': `export type T = 1; const x = 10;
export function helper(x: number) { return ((y) => { const x = y; return x; })(x) + 1; }
export default function main(main: number) { return main + x; }`,
    },
    expected: [11, 2, 12, 'Green', 10, { x: 4, main: 4 }],
  },
  {
    files: {
      'app.ts': `const f = require('./all.cjs'); const { a: x, ...rest } = f;
class Point { static zero = new Point(0); #x = 1; constructor(public x: number) {}
  sum() { const Point = this.x + this.#x; return ((x) => x + Point)(1); } }
outer: for (const x of [1, 2]) { for (const f of [x]) if (f === 2) break outer; }
export default [x, rest, Point.zero.sum(), ((x = f.a, { g } = { g: x }) => [x, g])()];`,
      'all.cjs': 'const x = 1; { const x = 2; exports.b = x; } exports.a = x;',
    },
    expected: [1, { b: 2 }, 2, [1, 1]],
  },
];

for (const [at, { files, expected }] of IMPORTS.entries()) {
  test(`names of modules keep their meaning, shape ${at}`, async () => {
    const result = run(await bundled(files));
    assert.deepEqual(JSON.parse(JSON.stringify(result)), expected);
  });
}

/** Statements that a minifier rewrites in its own ways; each leaves its result in `result`. */
const MINIFIED = [
  'enum Color { Red, Green } const result = [Color.Green, Color[0]];',
  'const first = 1, second = 2; const result = { first, second };',
  'const { one: first, two: { three } } = { one: 1, two: { three: 3 } }; const result = [first, three];',
  'let result = 0; outer: for (const first of [1, 2]) for (const second of [1]) { result += first; continue outer; }',
  `const name = 'x'; const tag = (strings: TemplateStringsArray, value: string) => strings.join(value); const result = tag\`a\${name}b\`;`,
  'function* generate(limit: number) { for (let index = 0; index < limit; index++) yield index; } const result = [...generate(3)];',
  'class Base { value = 1 } class Derived extends Base { get twice() { return this.value * 2; } } const result = new Derived().twice;',
  'const result = [1, 2].map((value) => { try { throw value; } catch (error) { const value = error; return value; } });',
  'const add = (first: number) => (second = first) => first + second; const result = add(2)();',
];

for (const statement of MINIFIED) {
  test(`a dependency minified with a source map runs: ${statement.slice(0, 40)}`, async () => {
    const source = `const value2 = 1; ${statement}\nexport { result, value2 };\n`;
    const { code, map } = await transform(source, {
      loader: 'ts',
      minify: true,
      sourcemap: 'external',
      sourcefile: 'index.js',
    });
    const plain = await bundled({
      'node_modules/lib/index.js': code,
      'app.ts': APP,
      ...PACKAGE,
    });
    const mapped = await bundled({
      'node_modules/lib/index.js': `${code}//# sourceMappingURL=index.js.map\n`,
      'node_modules/lib/index.js.map': map,
      'app.ts': APP,
      ...PACKAGE,
    });
    assert.deepEqual(JSON.stringify(run(mapped)), JSON.stringify(run(plain)));
    const own = mapped.code.slice(mapped.code.indexOf('// app.ts'));
    assert.match(own, /\(value\) => \{\n\s+const result = value;/);
  });
}

const APP = `import { result, value2 } from 'lib';
export default [result, value2, [1].map((value) => { const result = value; return result; })];\n`;
const PACKAGE = { 'node_modules/lib/package.json': '{ "name": "lib", "main": "index.js" }' };

for (const [what, map] of Object.entries({
  'is no JSON': '{',
  'is empty': '',
  'has no mappings': '{ "version": 3 }',
  'is of another version': '{ "version": 2, "sources": [], "mappings": "" }',
  'names files that do not exist':
    '{ "version": 3, "sources": ["nope.js"], "names": ["q"], "mappings": "AAAAA" }',
})) {
  test(`a dependency runs although its source map ${what}`, async () => {
    const made = await bundled({
      'node_modules/lib/index.js':
        'exports.result = 7; exports.value2 = 8;\n//# sourceMappingURL=index.js.map\n',
      'node_modules/lib/index.js.map': map,
      'app.ts': APP,
      ...PACKAGE,
    });
    assert.deepEqual(JSON.parse(JSON.stringify(run(made))), [7, 8, [1]]);
  });
}

test('a dependency runs although its source map cannot be read', async () => {
  const made = await bundled({
    'node_modules/lib/index.js':
      'exports.result = 7; exports.value2 = 8;\n//# sourceMappingURL=folder\n',
    'node_modules/lib/folder/file': '',
    'app.ts': APP,
    ...PACKAGE,
  });
  assert.deepEqual(JSON.parse(JSON.stringify(run(made))), [7, 8, [1]]);
});
