import assert from 'node:assert/strict';
import { test } from 'node:test';
import { surroundings } from './realm.ts';

/** Statements and what they print; `! ` marks the error output. */
const STATEMENTS: readonly (readonly [string, readonly string[]])[] = [
  ['console.log()', ['']],
  ['console.log("a", 1, "b")', ['a 1 b']],
  ['console.log("%s is %d of %i%%", "x", 1.5, 2.7, "rest")', ['x is 1.5 of 2% rest']],
  ['console.log("100%", 5)', ['100% 5']],
  ['console.log("%o and %c%j", { a: 1 }, "color: red")', ['{a: 1} and %j']],
  [
    'console.log({ a: [1, { b: "c" }] }, new Map([[1, new Set([2])]]))',
    ["{a: (2) [1, {b: 'c'}]} Map(1) {1 => Set(1) {2}}"],
  ],
  ['console.warn("w"); console.error("e")', ['! w', '! e']],
  [
    'console.count(); console.count("x"); console.count(); console.countReset(); console.count()',
    ['default: 1', 'x: 1', 'default: 2', 'default: 1'],
  ],
  [
    'console.time(); console.timeEnd(); console.timeEnd()',
    ['default: 1 ms', "! Timer 'default' does not exist"],
  ],
  [
    'console.group("g"); console.log("a\\nb"); console.groupEnd(); console.log("c")',
    ['g', '  a\n  b', 'c'],
  ],
  ['console.assert(true, "no"); console.assert(0, "yes")', ['! Assertion failed yes']],
  ['process.stdout.write("line\\n")', ['line']],
];

for (const [statement, expected] of STATEMENTS) {
  test(statement, async () => {
    const { evaluate, printed } = await surroundings();
    evaluate(statement);
    assert.deepEqual(printed, expected);
  });
}

test('an error is printed with its stack', async () => {
  const { evaluate, printed } = await surroundings();
  evaluate('console.error("failed:", new RangeError("too far"))');
  assert.match(printed[0] ?? '', /^! failed: RangeError: too far\n {4}at portals-program\.js:1:/);
});

test('counts, timers and groups are restored with the state', async () => {
  const { evaluate, environment, printed } = await surroundings();
  const before = environment.save();
  const statement = 'console.count(); console.group("g"); console.time("t"); console.count()';
  evaluate(statement);
  environment.restore(before);
  evaluate(statement);
  assert.deepEqual(printed.slice(0, 3), printed.slice(3));
});
