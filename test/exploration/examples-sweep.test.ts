import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { invoke } from '../cli/invoke.ts';

for (const name of readdirSync('examples').filter((file) => /\.[jt]s$/.test(file))) {
  test(`${name} is transparent under crashes`, async (context) => {
    const { code, out } = await invoke('explore', `examples/${name}`, '--runs', '60', '--json');
    const { executions, covered, findings } = JSON.parse(out);
    assert.deepEqual(findings, []);
    assert.equal(code, 0);
    context.diagnostic(`${executions} executions, crashes at ${covered} points`);
  });
}
