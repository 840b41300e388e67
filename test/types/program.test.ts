import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invoke } from '../cli/invoke.ts';

test('the program that the type declarations accept runs', async () => {
  const { code, out, err } = await invoke('run', 'test/types/program.ts');
  assert.equal(code, 0, err);
  assert.match(out, /\/typed\/workflows\/asking\/sum - 3/);
  assert.match(out, /\/typed\/workflows\/evens\/print - even: \d/);
});
