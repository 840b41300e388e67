import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  findBuilderCalls,
  isPortalApp,
  SOURCE_LENGTH_MAX,
} from '../../../extension/lenses/builder-calls.ts';

/** The calls in `source` as `line:character`. */
function calls(source: string): string[] {
  return findBuilderCalls(source).map(({ line, character }) => `${line}:${character}`);
}

test('every call is found, with or without the PortalsJS object', () => {
  const source = [
    "const one = PortalsJS.ApplicationBuilder('one');",
    '',
    '  const two = ApplicationBuilder (\n"two");',
    'ApplicationBuilder(name)',
  ].join('\n');
  assert.deepEqual(calls(source), ['0:22', '2:14', '4:0']);
});

test('comments, strings and templates are skipped', () => {
  const source = [
    "// ApplicationBuilder('a')",
    "/* ApplicationBuilder('a')\n * ApplicationBuilder('b') */",
    'const text = "ApplicationBuilder(1)" + \'ApplicationBuilder(2)\' + `\nApplicationBuilder(3)`;',
    "const escaped = 'it\\'s ApplicationBuilder(4)';",
  ].join('\n');
  assert.deepEqual(calls(source), []);
});

test('a call after them is found', () => {
  const source = "const s = 'a'; /* b */ ApplicationBuilder('c') // ApplicationBuilder('d')";
  assert.deepEqual(calls(source), ['0:23']);
});

test('declarations, imports and other names are not calls', () => {
  const source = [
    'function ApplicationBuilder(name) {}',
    "import { ApplicationBuilder } from 'portals';",
    'MyApplicationBuilder(1); ApplicationBuilders(2);',
  ].join('\n');
  assert.equal(isPortalApp(source), false);
});

test('an apostrophe in a regular expression affects only its line', () => {
  const source = "const quote = /'/;\nApplicationBuilder('a');";
  assert.deepEqual(calls(source), ['1:0']);
});

test('Windows line ends count once', () => {
  assert.deepEqual(calls("let a;\r\n ApplicationBuilder('a')"), ['1:1']);
});

test('generated files are not scanned', () => {
  const source = `ApplicationBuilder('a');${' '.repeat(SOURCE_LENGTH_MAX)}`;
  assert.deepEqual(calls(source), []);
});
