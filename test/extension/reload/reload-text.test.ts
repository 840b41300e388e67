import assert from 'node:assert/strict';
import { it } from 'node:test';
import { offerText, outcomeText } from '../../../extension/reload/reload-text.ts';

it('the question names the file, the session and the target step', () => {
  assert.equal(
    offerText('/home/me/cart.js', 'The open example', 12),
    'cart.js changed. Rerun The open example to step 12 with the new code?',
  );
  assert.match(offerText('/cart.js', 'cart.js', 0), /Rerun cart.js from the beginning/);
});

it('reports whether the history is unchanged, or the first different step', () => {
  assert.match(outcomeText({ step: 1 }), /the same 1 step\.$/);
  const diverged = { step: 3, was: 'cart atom', is: 'orders atom' };
  assert.equal(
    outcomeText({ step: 12, diverged }),
    'Reloaded: the history differs from step 3 on. Before: "cart atom". Now: "orders atom".',
  );
});
