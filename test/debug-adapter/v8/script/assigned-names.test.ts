import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assignmentsIn } from '../../../../debug-adapter/v8/script/assigned-names.ts';

const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['x == 5', [], []],
  ['x = 5', ['x'], ['x']],
  ['(x = 5)', ['x'], ['x']],
  ['x += 1, y.count++', ['x'], ['x', 'y.count']],
  ['this.total = 1', [], ['this.total']],
  ['delete x[0]', [], ['x[0]']],
  ['[a, { b, c: d.e, ...f }, g = 1] = x', ['a', 'b', 'f', 'g'], ['a', 'b', 'd.e', 'f', 'g']],
  ['items.some((item) => item.id = 3)', [], []],
  ['(() => { let n = 0; for (const i of x) n += i; return n; })()', [], []],
  ['(() => { for (last of x); })()', ['last'], ['last']],
  ['function f() { total = 1; }', ['total'], ['total']],
  ['x = ', [], []],
];

test('names that an expression assigns, and names that it only reads', () => {
  for (const [source, variables, targets] of CASES) {
    assert.deepEqual(assignmentsIn(source), { variables, targets }, source);
  }
});
