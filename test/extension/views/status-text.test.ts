import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusText } from '../../../extension/views/status-text.ts';
import { status } from '../session/status-fixture.ts';

test('between atoms', () => {
  const { text } = statusText(status({ step: 12, seed: 7 }));
  assert.equal(text, '$(git-commit) step 12 · between atoms · seed 7');
});

test('in the past, and on a branch', () => {
  const past = statusText(status({ step: 12, recorded: 57, branch: 2 }));
  assert.equal(
    past.text,
    '$(history) step 12 of 57, in the past · branch 2 · between atoms · seed 0',
  );
  assert.match(past.tooltip, /\| Recorded \| 57 steps, position in the past \|/);
  const present = statusText(status({ step: 57, recorded: 57, branch: 0 }));
  assert.equal(present.text, '$(git-commit) step 57 · between atoms · seed 0');
});

test('during a commit of a later attempt', () => {
  const { text } = statusText(status({ phase: 'committing', point: 'vote', attempt: 2 }));
  assert.equal(text, '$(git-commit) step 0 · committing: vote, attempt 2 · seed 0');
});

test('it spins only while the app runs', () => {
  const { stopped: _, ...running } = status({});
  assert.match(statusText(running).text, /^\$\(sync~spin\)/);
  assert.match(statusText({ ...running, phase: 'complete' }).text, /^\$\(git-commit\)/);
});

test('hovering shows the totals, pending continuations and failures', () => {
  const { tooltip } = statusText(
    status({
      continuations: { '/a/workflows/w/t': 2, '/a/workflows/w/u': 1 },
      failures: { '/a/workflows/w': 'boom | bang\nat line 1' },
    }),
  );
  assert.match(tooltip, /\| Pending continuations \| 3 \|/);
  assert.match(tooltip, /\| Failed: \/a\/workflows\/w \| boom \\\| bang at line 1 \|/);
});
