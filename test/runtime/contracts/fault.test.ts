import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatFault, isFault, PROTOCOL_POINTS, parseFault } from '../../../runtime/index.ts';

for (const point of PROTOCOL_POINTS) {
  test(`a crash at ${point} is read and written`, () => {
    const spec = `crash:/shop/workflows/cart@${point}#3`;
    const target = '/shop/workflows/cart';
    assert.deepEqual(parseFault(spec), { kind: 'crash', target, point, occurrence: 3 });
    assert.equal(formatFault(parseFault(spec)), spec);
  });
}

/** Short forms, and what they are short for. */
const SHORT: readonly (readonly [spec: string, full: string])[] = [
  ['crash:/a/workflows/w@read', 'crash:/a/workflows/w@read#1'],
  ['crash:/a/workflows/w@pre-commit#3', 'crash:/a/workflows/w@pre-commit(output)#3'],
  ['crash:/a/workflows/$1/$2@process', 'crash:/a/workflows/$1/$2@process#1'],
];

for (const [spec, full] of SHORT) {
  test(`${spec} is ${full}`, () => assert.equal(formatFault(parseFault(spec)), full));
}

/** What is wrong, and what is said about it. */
const WRONG: readonly (readonly [spec: string, says: RegExp])[] = [
  ['', /not of the form crash:TARGET@POINT#N/],
  ['crash', /not of the form/],
  ['crash:cart@read', /not of the form/],
  ['crash:/a/workflows/w', /not of the form/],
  ['delay:/a/workflows/w@read', /unknown kind 'delay'; known: crash/],
  ['crash:/a/workflows/w@now', /unknown point 'now'; known: read, process/],
  ['crash:/a/workflows/w@read#0', /occurrences count from 1/],
  ['crash:/a/workflows/w@read#x', /not of the form|unknown point/],
];

for (const [spec, says] of WRONG) {
  test(`the fault '${spec}' is refused`, () => assert.throws(() => parseFault(spec), says));
}

test('a fault survives JSON, and nothing else passes for one', () => {
  const fault = parseFault('crash:/a/workflows/w@vote#2');
  assert.ok(isFault(JSON.parse(JSON.stringify(fault))));
  const others = [
    ...['crash:/a/workflows/w@vote#2', undefined, null, 1, []],
    ...[{ kind: 'delay' }, { target: 'w' }, { point: 'now' }, { occurrence: 0 }],
    ...[{ occurrence: 1.5 }, { occurrence: '1' }, { target: undefined }],
  ];
  for (const other of others) {
    const isPart = typeof other === 'object' && other !== null && !Array.isArray(other);
    assert.equal(isFault(isPart ? { ...fault, ...other } : other), false, JSON.stringify(other));
  }
});
