import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundle, loadRuntimeCode, Program } from '../../../program/index.ts';
import { DEFAULT_OPTIONS } from '../../../runtime/index.ts';
import { writeFiles } from '../../program-files.ts';
import { runCode } from './run-code.ts';

/** Expressions whose value is the promise of a dynamic import. */
const IMPORTS = [
  `(0, eval)("import('node:fs')")`,
  `(0, eval)("(async () => { try { await import('node:fs') } catch (e) { throw e } })()")`,
  `eval("import('node:fs')")`,
  `eval("eval(\\"import('node:fs')\\")")`,
  `globalThis.eval("import/* a comment */\\n('node:fs')")`,
  `new Function('name', 'return import(name)')('node:fs')`,
  `Function('return (() => import("node:fs"))()')()`,
  `Function('promise = import("node:fs")', 'return promise')()`,
  `(() => {}).constructor('return import("node:fs")')()`,
  `Reflect.construct(Function, ['return import("node:fs")'], class Own extends Function {})()`,
  `(async () => {}).constructor('return await import("node:fs")')()`,
  `(function* () {}).constructor('yield import("node:fs")')().next().value`,
  `(async function* () {}).constructor('yield await import("node:fs")')().next()`,
  `Object.getPrototypeOf(Object.getPrototypeOf(async () => {}).constructor)('return import("x")')()`,
  `new (class extends Function {})('return import("node:fs")')()`,
];

for (const expression of IMPORTS) {
  test(`refused with an error of the realm: ${expression}`, () => {
    const { printed, failed } = runCode(`
      const show = (label, value) => console.log(label, value instanceof Object,
        value.constructor.constructor === Function,
        value.constructor.constructor('return typeof process.pid')());
      const promise = ${expression};
      show('promise', promise);
      promise.then(() => console.log('imported'), (error) => show(error.code, error));
    `);
    assert.equal(failed, undefined);
    assert.deepEqual(printed, [
      'promise true true undefined',
      'PORTALS_REFUSED_GLOBAL true true undefined',
    ]);
  });
}

test('a method of a subclass of Function is never handed the text with its import', () => {
  const { printed } = runCode(`
    class Own extends Function {
      toString() { console.log('called'); globalThis.original = this; return '() => 1'; }
    }
    const made = new Own('return import("node:fs")');
    console.log(typeof globalThis.original, made instanceof Own, made.name);
  `);
  assert.deepEqual(printed, ['undefined true anonymous']);
});

test('text without imports is evaluated as before, and mistakes in it are of the realm', () => {
  const { printed } = runCode(`
    console.log(eval('1 + 1'), (0, eval)('var made = 5; made + 1'), made);
    console.log(new Function('a', 'b', 'return a + b')(1, 2), Function.length, Function.name);
    console.log(eval('"import(x)"'), new Function('return { import: 1 }.import')());
    for (const text of ['import(', 'import x from "y"', '1 +']) {
      try { eval(text); } catch (error) { console.log(error instanceof SyntaxError); }
      try { Function(text); } catch (error) { console.log(error instanceof SyntaxError); }
    }
  `);
  assert.deepEqual(printed, ['2 6 5', '3 1 Function', 'import(x) 1', ...Array(6).fill('true')]);
});

test('a computed import that a package guards is refused in the realm as well', async () => {
  const directory = writeFiles({
    'node_modules/guarded/index.js': `module.exports = async (name) => {
      try { return await import(name); } catch (error) { return error; }
    };`,
    'app.js': `const load = require('guarded');
      load('node:fs').then((e) => console.log(e.code, e.constructor.constructor === Function));
      const app = PortalsJS.ApplicationBuilder('app');
      app.workflowsWithName('w').source(app.generators.fromArray([1]).stream).sink().freeze();
      module.exports = app.build();`,
  });
  const printed: string[] = [];
  const program = new Program(await bundle(`${directory}/app.js`), await loadRuntimeCode(), {
    ...DEFAULT_OPTIONS,
    probe: (notice) => {
      if (notice.kind === 'output') printed.push(notice.text);
    },
  });
  program.complete();
  assert.deepEqual(printed, ['PORTALS_REFUSED_GLOBAL true']);
});
