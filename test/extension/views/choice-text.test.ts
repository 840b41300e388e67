import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EnabledChoice } from '../../../extension/session/messages.ts';
import { choiceText } from '../../../extension/views/choice-text.ts';
import { shortName } from '../../../extension/views/short-name.ts';

test('an element has the name that its author gave it', () => {
  assert.equal(shortName('/shop/workflows/cart'), 'cart');
  assert.equal(shortName('/shop/workflows/cart/add'), 'cart/add');
  assert.equal(shortName('/shop/generators/ids/stream'), 'ids');
  assert.equal(shortName('/shop/splitters/byKind/orders/stream'), 'byKind/orders');
  assert.equal(shortName('/shop/workflows/stream'), 'stream');
});

test('an unnamed element is labelled with its kind', () => {
  assert.equal(shortName('/shop/workflows/$3'), 'workflow $3');
  assert.equal(shortName('/shop/generators/$1/stream'), 'generator $1');
});

test('other paths are unchanged', () => {
  assert.equal(shortName('/shop'), '/shop');
});

test('a choice is described after its unit', () => {
  const cart = '/shop/workflows/cart';
  const stock = '/shop/portals/stock';
  const ids = '/shop/generators/ids/stream';
  const said: readonly [Omit<EnabledChoice, 'label' | 'unit'>, string][] = [
    [{ action: 'generate' }, 'produces an atom'],
    [{ action: 'atom', input: ids }, 'processes an atom of ids'],
    [{ action: 'seal', input: ids }, 'receives the end of ids'],
    [{ action: 'requests', input: stock, peer: cart }, 'answers requests of cart'],
    [{ action: 'replies', input: stock, peer: stock }, 'receives replies of stock'],
    [{ action: 'atom' }, 'processes an atom'],
  ];
  for (const [choice, expected] of said) {
    assert.equal(choiceText({ unit: cart, label: 'x', ...choice }), expected);
  }
});
