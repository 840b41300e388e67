import assert from 'node:assert/strict';
import { it } from 'node:test';
import { HistoryVersions } from '../../../extension/timeline/history-version.ts';
import { shopAfter } from '../../webview/timeline/histories.ts';

it('growing a history or seeking in it keeps its version', () => {
  const versions = new HistoryVersions();
  const numbers = [shopAfter(3), shopAfter(9), shopAfter(2, 9)].map(({ status }) =>
    versions.versionOf('one', status),
  );
  assert.deepEqual(new Set(numbers).size, 1);
});

it('another session, another branch and lost steps change the version', () => {
  const versions = new HistoryVersions();
  const numbers = [
    versions.versionOf('one', shopAfter(9).status),
    versions.versionOf('two', shopAfter(9).status),
    versions.versionOf('two', shopAfter(9, 9, { branch: 1 }).status),
    versions.versionOf('two', shopAfter(4, 4, { branch: 1 }).status),
  ];
  assert.equal(new Set(numbers).size, 4);
});
