import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invoke } from './invoke.ts';

/** Command lines that are wrong, and what is said about them. */
const WRONG: readonly (readonly [readonly string[], RegExp])[] = [
  [[], /Usage: portals/],
  [['frobnicate'], /unknown command 'frobnicate'/],
  [['run'], /missing required argument 'file'/],
  [['run', 'x.js', '--seed', 'many'], /'many' is invalid.*It is not a whole number/],
  [['run', 'x.js', '--seed', '1.5'], /'1\.5' is invalid/],
  [['explore', 'x.js', '--budget', 'soon'], /not a time such as 30s/],
  [['explore', 'x.js', '--shard', '3/2'], /not of the form 1\/4/],
  [['run', 'x.js', '--max-steps', '0'], /whole number from 1/],
  [['run', 'x.js', '--schedule', 'fair'], /Allowed choices are drain, random/],
  [['run', 'x.js', '--fault', 'crash:here'], /not of the form crash:TARGET@POINT#N/],
  [['run', 'x.js', '--fault', 'crash:/a@lunch'], /unknown point 'lunch'; known: read, process/],
  [['run', 'x.js', '--on-handler-error', 'cry'], /propagate, retry\(N\) and fail/],
  [['run', 'no-such-file.js'], /PORTALS_BUNDLE_UNREADABLE: .*does not exist/],
  [['topology', 'no-such-file.js'], /PORTALS_BUNDLE_UNREADABLE: .*does not exist/],
  [['topology', 'x.js', '--format', 'png'], /Allowed choices are svg, json, dot/],
];

for (const [argumentList, expected] of WRONG) {
  test(`portals ${argumentList.join(' ')}: exit code 2 and a reason`, async () => {
    const { code, err } = await invoke(...argumentList);
    assert.match(err, expected);
    assert.equal(code, 2);
  });
}

test('help is no error', async () => {
  const { code, out } = await invoke('run', '--help');
  assert.equal(code, 0);
  assert.match(out, /--snapshot-every/);
});
