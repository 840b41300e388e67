import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';
import { bundle, Positions, PROGRAM_URL } from '../../program/index.ts';
import { writeFiles } from '../program-files.ts';

const SOURCE = `interface Order { id: number }
export function first(order: Order): string {
  return second(order);
}
const second = (order: Order): string => { throw new Error(\`order \${order.id}\`); };
`;

test('places in the script are named by files relative to the program', async () => {
  const directory = writeFiles({ 'app.ts': SOURCE });
  const { code, map, root } = await bundle(join(directory, 'app.ts'));
  const main = vm.runInThisContext(code, { filename: PROGRAM_URL });
  const module = { exports: {} as { first(order: object): string } };
  const { first } = main({}, module, module.exports);
  const positions = new Positions(map, root);
  try {
    first({ id: 7 });
    assert.fail('the program throws');
  } catch (error) {
    const { stack = '' } = error as Error;
    const named = stack.replaceAll(/portals-program\.js:(\d+):(\d+)/g, (_, line, column) => {
      return positions.nameInStack(Number(line), Number(column)) ?? '';
    });
    assert.deepEqual(named.split('\n').slice(0, 3), [
      'Error: order 7',
      '    at second (app.ts:5:50)',
      '    at first (app.ts:3:10)',
    ]);
    assert.deepEqual(positions.frames(named, directory), [
      'at second (app.ts:5:50)',
      'at first (app.ts:3:10)',
    ]);
    assert.deepEqual(positions.ofStack(named), {
      file: join(directory, 'app.ts'),
      line: 5,
      column: 50,
    });
  }
});

test('positions go there and back', async () => {
  const directory = writeFiles({ 'app.ts': SOURCE });
  const { code, map, root } = await bundle(join(directory, 'app.ts'));
  const positions = new Positions(map, root);
  const file = join(directory, 'app.ts');
  const [place, ...others] = positions.toGenerated({ file, line: 3, column: 3 });
  assert.ok(place);
  assert.deepEqual(others, []);
  assert.match(code.split('\n')[place.line - 1] ?? '', /^ {2}return second\(order\);/);
  assert.deepEqual(positions.toSource(place), { file, line: 3, column: 3 });
  assert.deepEqual(positions.toGenerated({ file, line: 99, column: 1 }), []);
});

/** A text, and the same with links to the files in DIR. */
const LINKED: readonly (readonly [string, string])[] = [
  ['Error: at lunch (12:30)\n    at noon', 'Error: at lunch (12:30)\n    at noon'],
  ['E\n    at f (app.js:1:2)', 'E\n    at f (DIR/app.js:1:2)'],
  ['E\n    at app.js:1:2', 'E\n    at DIR/app.js:1:2'],
  ['E\n    at f (app.js:1:2) {\n  a: 1\n}', 'E\n    at f (DIR/app.js:1:2) {\n  a: 1\n}'],
  ['E\n      at f (app.js:1:2)', 'E\n      at f (DIR/app.js:1:2)'],
  ['E\n    at f (a (1).js:1:2)', 'E\n    at f (DIR/a (1).js:1:2)'],
  ['E\n    at f (other.js:1:2)', 'E\n    at f (other.js:1:2)'],
];

for (const [text, expected] of LINKED) {
  test(`frames of ${JSON.stringify(text)} are linked`, async () => {
    const directory = writeFiles({ 'app.js': "require('./a (1).js')", 'a (1).js': 'var y = 1' });
    const { map, root } = await bundle(join(directory, 'app.js'));
    const linked = new Positions(map, root).linked(text);
    assert.equal(linked.replaceAll(directory, 'DIR'), expected);
  });
}
