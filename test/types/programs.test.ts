import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { invoke } from '../cli/invoke.ts';
import { checkGolden } from '../golden.ts';
import { checkProject } from './compile.ts';

test('programs with types are checked without annotations that the API could save', () => {
  assert.deepEqual(checkProject('test/types').complaints, []);
});

test('scripts are checked without any annotation', () => {
  assert.deepEqual(checkProject('examples').complaints, []);
});

for (const name of readdirSync('test/types/programs')) {
  test(`what the type declarations accept in ${name} runs`, async () => {
    const { code, out, err } = await invoke('run', `test/types/programs/${name}`);
    assert.equal(code, 0, err);
    checkGolden(new URL(`golden/${name}.txt`, import.meta.url), `${out}\n`);
  });
}
