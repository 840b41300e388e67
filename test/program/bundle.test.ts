import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';
import { type Bundle, bundle, formatDiagnostic, ProgramError } from '../../program/index.ts';
import { writeFiles } from '../program-files.ts';

/** Runs the bundle with `'runtime'` in the place of the runtime's API. */
function run(bundled: Bundle): unknown {
  const main = vm.runInThisContext(bundled.code) as (...values: unknown[]) => unknown;
  const module = { exports: {} };
  return main({ name: 'runtime', System: 'system' }, module, module.exports);
}

test('a script keeps its sloppy semantics and its global PortalsJS', async () => {
  const directory = writeFiles({
    'script.js':
      'var self = (function () { return this })()\nmodule.exports = [PortalsJS.name, !!self]',
  });
  assert.deepEqual(run(await bundle(join(directory, 'script.js'))), ['runtime', true]);
});

test('TypeScript, local files, packages and the typed module become one script', async () => {
  const directory = writeFiles({
    'app.ts': `import { PortalsJS, System } from 'portals';
import portals from 'portals';
import { twice } from './lib/twice';
import { three } from 'three-package';
const strict: boolean = (function () { return this === undefined })();
export default [PortalsJS === portals, System, twice(three), strict];`,
    'lib/twice.ts': 'export const twice = (n: number): number => 2 * n;',
    'node_modules/three-package/index.js': 'exports.three = 3;',
    'node_modules/three-package/package.json': '{ "name": "three-package", "main": "index.js" }',
  });
  const bundled = await bundle(join(directory, 'app.ts'));
  assert.deepEqual((run(bundled) as { default: unknown }).default, [true, 'system', 6, false]);
  assert.deepEqual(
    [...bundled.inputs].sort(),
    ['app.ts', 'lib/twice.ts', 'node_modules/three-package/index.js'].map((name) =>
      join(directory, name),
    ),
  );
});

test('a program of modules only is strict', async () => {
  const directory = writeFiles({
    'app.mjs': 'export const strict = (function () { return this === undefined })();',
  });
  const exported = run(await bundle(join(directory, 'app.mjs'))) as { strict: boolean };
  assert.equal(exported.strict, true);
});

test('a file without imports and exports is a script, whatever package it is in', async () => {
  const directory = writeFiles({
    'package.json': '{ "type": "module" }',
    'script.js': 'undeclared = 7; module.exports = undeclared;',
  });
  const bundled = await bundle(join(directory, 'script.js'));
  assert.deepEqual(bundled.warnings, []);
  assert.equal(run(bundled), 7);
});

test('the hash depends on the program and not on where it lies', async () => {
  const text = 'var unused = 1\nfunction named() {}';
  const [one, other, changed] = await Promise.all(
    [text, text, `${text}\nnamed()`].map((each) =>
      bundle(join(writeFiles({ 'app.js': each }), 'app.js')),
    ),
  );
  assert.equal(one?.hash, other?.hash);
  assert.notEqual(one?.hash, changed?.hash);
  assert.match(one?.code ?? '', /var unused = 1;\nfunction named\(\)/);
});

test('a package named like a module of Node is bundled if it is installed', async () => {
  const directory = writeFiles({
    'app.js': 'module.exports = require("events").installed',
    'node_modules/events/package.json': '{ "name": "events", "main": "index.js" }',
    'node_modules/events/index.js': 'exports.installed = true',
  });
  assert.equal(run(await bundle(join(directory, 'app.js'))), true);
});

const REFUSALS: readonly { file: string; text: string; expected: RegExp }[] = [
  { file: 'a.js', text: 'let a = 1;\nlet b = ;', expected: /^a\.js:2:9: PORTALS_BUNDLE_SYNTAX: / },
  {
    file: 'a.js',
    text: 'let a = 1;\nlet a = 2;',
    expected: /^a\.js:2:5: PORTALS_BUNDLE_SYNTAX: .*already been declared.*in line 1\.$/,
  },
  {
    file: 'a.mjs',
    text: 'const é = 1; import x from "./nope.js"',
    expected: /^a\.mjs:1:28: PORTALS_BUNDLE_UNRESOLVED: .*nope\.js.*Check the path/,
  },
  { file: 'a.ts', text: '\n\nawait 1', expected: /^a\.ts:3:1: PORTALS_BUNDLE_AWAIT: .*ctx\.await/ },
  {
    file: 'a.ts',
    text: 'import fs from "node:fs"; fs',
    expected: /^a\.ts:1:16: PORTALS_BUNDLE_NODE_MODULE: 'node:fs' .*generator/,
  },
  { file: 'a.cjs', text: 'require("fs")', expected: /^a\.cjs:1:9: PORTALS_BUNDLE_NODE_MODULE: / },
  {
    file: 'a.mjs',
    text: 'import "https://example.com/x.js"',
    expected: /^a\.mjs:1:8: PORTALS_BUNDLE_REMOTE_IMPORT: /,
  },
  {
    file: 'a.mjs',
    text: 'import("./a.mjs")',
    expected: /^a\.mjs:1:8: PORTALS_BUNDLE_DYNAMIC_IMPORT: /,
  },
  {
    file: 'a.js',
    text: 'const n = "x"\nrequire(n)',
    expected: /^a\.js:2:1: PORTALS_BUNDLE_DYNAMIC_IMPORT: .*constant/,
  },
  {
    file: 'a.mjs',
    text: 'import { nope } from "portals"; nope',
    expected: /^a\.mjs:1:10: PORTALS_BUNDLE_NO_EXPORT: /,
  },
  { file: 'a.txt', text: '', expected: /^PORTALS_BUNDLE_UNSUPPORTED_FILE: 'a\.txt'/ },
];

for (const { file, text, expected } of REFUSALS) {
  test(`${JSON.stringify(text)} in ${file} is refused with its position`, async () => {
    const directory = writeFiles({ [file]: text });
    await assert.rejects(bundle(join(directory, file)), (error) => {
      assert.ok(error instanceof ProgramError);
      assert.match(formatDiagnostic(error.diagnostics[0], directory), expected);
      return true;
    });
  });
}

test('a missing file is named', async () => {
  await assert.rejects(bundle('/no/such/app.js'), /PORTALS_BUNDLE_UNREADABLE: .*does not exist/);
});

test('the code of an example can be read back from its map', async () => {
  const text = 'const answer = 42;\nexport default answer;\n';
  const directory = writeFiles({ 'app.mjs': text });
  const { map } = await bundle(join(directory, 'app.mjs'));
  assert.deepEqual(map.sources, [join(directory, 'app.mjs')]);
  assert.deepEqual(map.sourcesContent, [readFileSync(join(directory, 'app.mjs'), 'utf8')]);
});
