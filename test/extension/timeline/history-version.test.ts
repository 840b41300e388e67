import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Editions } from '../../../extension/timeline/history-version.ts';
import { shopAfter } from '../../webview/timeline/histories.ts';

it('a history that grows, or is looked at earlier, is the same one', () => {
  const editions = new Editions();
  const numbers = [shopAfter(3), shopAfter(9), shopAfter(2, 9)].map(({ status }) =>
    editions.of('one', status),
  );
  assert.deepEqual(new Set(numbers).size, 1);
});

it('another session, another branch and lost steps make another one', () => {
  const editions = new Editions();
  const numbers = [
    editions.of('one', shopAfter(9).status),
    editions.of('two', shopAfter(9).status),
    editions.of('two', shopAfter(9, 9, { branch: 1 }).status),
    editions.of('two', shopAfter(4, 4, { branch: 1 }).status),
  ];
  assert.equal(new Set(numbers).size, 4);
});
