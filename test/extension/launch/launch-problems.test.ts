import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LaunchProblems } from '../../../extension/launch/launch-problems.ts';

function failure(format: string) {
  const body = { error: { id: 1, format } };
  return { type: 'response', command: 'launch', success: false, body };
}

test('the lines of a failed launch become problems', () => {
  const text = "/w/app.js:3:7: SYNTAX: Unexpected 'x'\n/w/other.ts:1:1: IMPORT: no module";
  assert.deepEqual(new LaunchProblems().accept(failure(text)), [
    { file: '/w/app.js', line: 3, column: 7, message: "SYNTAX: Unexpected 'x'" },
    { file: '/w/other.ts', line: 1, column: 1, message: 'IMPORT: no module' },
  ]);
  assert.deepEqual(new LaunchProblems().accept(failure('C:\\w\\app.js:3:7: SYNTAX: no'))?.[0], {
    file: 'C:\\w\\app.js',
    line: 3,
    column: 7,
    message: 'SYNTAX: no',
  });
});

test('without positions in the text, the positions of the error output count', () => {
  const problems = new LaunchProblems();
  const output = { category: 'stderr', output: 'DUPLICATE_PATH: two\n' };
  const source = { path: '/w/app.js' };
  const body = { ...output, source, line: 27, column: 8 };
  assert.equal(problems.accept({ type: 'event', event: 'output', body }), undefined);
  const stdout = { ...body, category: 'stdout' };
  assert.equal(problems.accept({ type: 'event', event: 'output', body: stdout }), undefined);
  assert.deepEqual(problems.accept(failure('DUPLICATE_PATH: two')), [
    { file: '/w/app.js', line: 27, column: 8, message: 'DUPLICATE_PATH: two' },
  ]);
});

test('a successful launch has no problems, and other messages none to report', () => {
  const problems = new LaunchProblems();
  assert.deepEqual(problems.accept({ type: 'response', command: 'launch', success: true }), []);
  assert.equal(problems.accept({ type: 'response', command: 'threads', success: true }), undefined);
});
