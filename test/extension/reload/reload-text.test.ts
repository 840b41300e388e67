import assert from 'node:assert/strict';
import { it } from 'node:test';
import { offerText, outcomeText } from '../../../extension/reload/reload-text.ts';

it('the question names the file, the session and how far the app will run', () => {
  assert.equal(
    offerText('/home/me/cart.js', 'The open example', 12),
    'cart.js has changed. Run The open example again up to step 12 with the new code?',
  );
  assert.match(offerText('/cart.js', 'cart.js', 0), /again from the beginning/);
});

it('afterwards it says whether history is still the same, and from where on not', () => {
  assert.match(outcomeText({ step: 1 }), /the same 1 step\.$/);
  const diverged = { step: 3, was: 'cart atom', is: 'orders atom' };
  assert.equal(
    outcomeText({ step: 12, diverged }),
    'Reloaded: history takes another course at step 3. It was "cart atom", now it is "orders atom".',
  );
});
