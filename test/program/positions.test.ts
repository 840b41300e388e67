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

test('stack traces are put into the sources, without frames of others', async () => {
  const directory = writeFiles({ 'app.ts': SOURCE });
  const { code, map } = await bundle(join(directory, 'app.ts'));
  const main = vm.runInThisContext(code, { filename: PROGRAM_URL });
  const module = { exports: {} as { first(order: object): string } };
  const { first } = main({}, module, module.exports);
  const positions = new Positions(map);
  try {
    first({ id: 7 });
    assert.fail('the program throws');
  } catch (error) {
    const { stack = '' } = error as Error;
    assert.equal(
      positions.rewrite(stack, directory),
      'Error: order 7\n    at second (app.ts:5:50)\n    at first (app.ts:3:10)',
    );
    assert.deepEqual(positions.ofStack(stack), {
      file: join(directory, 'app.ts'),
      line: 5,
      column: 50,
    });
  }
});

test('positions go there and back', async () => {
  const directory = writeFiles({ 'app.ts': SOURCE });
  const { code, map } = await bundle(join(directory, 'app.ts'));
  const positions = new Positions(map);
  const file = join(directory, 'app.ts');
  const [place, ...others] = positions.toGenerated({ file, line: 3, column: 3 });
  assert.ok(place);
  assert.deepEqual(others, []);
  assert.match(code.split('\n')[place.line - 1] ?? '', /^ {2}return second\(order\);/);
  assert.deepEqual(positions.toSource(place), { file, line: 3, column: 3 });
  assert.deepEqual(positions.toGenerated({ file, line: 99, column: 1 }), []);
});

test('text without a stack stays as it is', async () => {
  const directory = writeFiles({ 'app.js': 'var x = 1' });
  const { map } = await bundle(join(directory, 'app.js'));
  const text = 'Error: at lunch (12:30)\n    at noon';
  assert.equal(new Positions(map).rewrite(text), text);
});
