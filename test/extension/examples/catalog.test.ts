import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeExample } from '../../../extension/examples/catalog.ts';

test('an example is described by the first paragraph of its leading comment', () => {
  const block = '/**\n * Counts words.\n * Each word is a key.\n *\n * More.\n */\nconst a = 1;';
  assert.deepEqual(describeExample('word-count.js', block), {
    file: 'word-count.js',
    title: 'Word count',
    summary: 'Counts words. Each word is a key.',
  });
  const lines = '// Counts words.\n// Each word is a key.\n//\n// More.\n\n// Not this.\n';
  assert.equal(describeExample('a.ts', lines).summary, 'Counts words. Each word is a key.');
});

test('the text before a colon is the title', () => {
  assert.deepEqual(describeExample('cycle.js', '// A cycle: events travel\n// round.\n\n// No.'), {
    file: 'cycle.js',
    title: 'A cycle',
    summary: 'Events travel round.',
  });
});

test('without a comment the title is derived from the file name', () => {
  assert.equal(describeExample('cart.ts', 'const a = 1; // one').summary, '');
});
