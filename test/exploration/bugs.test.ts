import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { invoke } from '../cli/invoke.ts';

/** What is wrong with each program of `examples/bugs`, as the oracle names it. */
const RULES: Readonly<Record<string, string>> = {
  'captured-mutable.js': 're-execution',
  'external-effect.js': 're-execution',
  'global-variable.js': 'observations',
  'hidden-module-state.js': 're-execution',
  'poison-atom.js': 'poison-atom',
  'unanswered-request.js': 'unanswered-request',
};

const out = mkdtempSync(join(tmpdir(), 'portals-explore-'));
after(() => rmSync(out, { recursive: true, force: true }));

test('each program with a bug has its rule here', () => {
  assert.deepEqual(readdirSync('examples/bugs').sort(), Object.keys(RULES));
});

for (const [name, rule] of Object.entries(RULES)) {
  test(`exploring ${name} finds the bug, and its trace replays`, async () => {
    const line = ['explore', `examples/bugs/${name}`, '--runs', '80', '--shrink', '--json'];
    const directory = join(out, name);
    const { code, out: text } = await invoke(...line, '--out', directory);
    assert.equal(code, 1);
    const { findings } = JSON.parse(text);
    const found = findings.find((each: Found) => each.violation.rule === rule);
    assert.ok(found, `found only ${findings.map((each: Found) => each.violation.rule)}`);
    assert.equal(found.story.length, 5);
    assert.ok(found.options.faults.length <= 1);
    const replayed = await invoke('replay', found.trace);
    assert.equal(replayed.code, 1, replayed.err);
    assert.match(replayed.err, new RegExp(`violation: .*${rule}`));
    assert.doesNotMatch(replayed.err, /PORTALS_TRACE_MISMATCH/);
  });
}

interface Found {
  readonly violation: { readonly rule: string };
}
