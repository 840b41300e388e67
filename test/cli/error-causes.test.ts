import assert from 'node:assert/strict';
import { relative } from 'node:path';
import { test } from 'node:test';
import { withHandler, writeFiles } from '../program-files.ts';
import { invoke } from './invoke.ts';

/** An expression for what a handler throws, and the lines that follow its message, less frames. */
const THROWN: readonly (readonly [string, readonly string[]])[] = [
  ["new Error('outer')", []],
  ["new Error('outer', { cause: new TypeError('inner') })", ['  [cause]: TypeError: inner']],
  ["new Error('outer', { cause: 'text' })", ["  [cause]: 'text'"]],
  ["new Error('outer', { cause: { code: 7 } })", ['  [cause]: {code: 7}']],
  ["new Error('outer', { cause: null })", ['  [cause]: null']],
  ["new Error('outer', { cause: undefined })", []],
  [
    "new Error('1', { cause: new Error('2', { cause: new Error('3') }) })",
    ['  [cause]: Error: 2', '    [cause]: Error: 3'],
  ],
  [
    "(() => { const e = new Error('self'); e.cause = e; return e; })()",
    ['  [cause]: [circular] Error: self'],
  ],
  [
    "(() => { const a = new Error('a'); a.cause = new Error('b', { cause: a }); return a; })()",
    ['  [cause]: Error: b', '    [cause]: [circular] Error: a'],
  ],
  [
    "new AggregateError([new Error('x'), 2, new Error('y', { cause: 'z' })], 'many')",
    ['  [errors[0]]: Error: x', '  [errors[1]]: 2', '  [errors[2]]: Error: y', "    [cause]: 'z'"],
  ],
  ["new AggregateError([], 'none')", []],
  ["Object.assign(new Error('form'), { errors: ['field'] })", []],
  ["Object.defineProperty(new Error('getter'), 'cause', { get() { throw 1; } })", []],
  ["new Error('outer', { cause: new Error('two\\nlines') })", ['  [cause]: Error: two', '  lines']],
  [
    "Array.from({ length: 40 }).reduce((e, _, i) => new Error('e' + i, { cause: e }), 'root')",
    [
      ...Array.from({ length: 32 }, (_, at) => {
        return `${'  '.repeat(at + 1)}[cause]: Error: e${38 - at}`;
      }),
      `${'  '.repeat(33)}[…]: and 1 more`,
    ],
  ],
  ["'no error'", []],
];

for (const [thrown, expected] of THROWN) {
  test(`the errors inside ${thrown} are printed`, async () => {
    const directory = writeFiles({ 'app.js': withHandler(`throw ${thrown};`) });
    const { err } = await invoke('run', `${directory}/app.js`);
    const first = err.split('\n').findIndex((line) => line.includes('PORTALS_HANDLER_THREW'));
    const rest = err.split('\n').slice(first + 1);
    const end = rest.findIndex((line) => /PORTALS_HANDLER_THREW|^\d+ steps/.test(line));
    const lines = rest.slice(0, end).filter((line) => !/^\s+at /.test(line));
    assert.deepEqual(lines, expected);
  });
}

test('each inner error has its frames, and its position in JSON', async () => {
  const directory = writeFiles({
    'app.js': withHandler("throw new Error('outer', { cause: new Error('inner') });"),
  });
  const app = relative(process.cwd(), `${directory}/app.js`);
  const { err } = await invoke('run', `${directory}/app.js`);
  assert.match(err, /\n {2}\[cause\]: Error: inner\n {6}at .*app\.js:\d+:\d+/);
  const { out } = await invoke('run', `${directory}/app.js`, '--json');
  const lines = out.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  const { inner } = lines.find(({ kind }) => kind === 'error') ?? {};
  const [{ source = '', ...cause } = {}] = inner as Record<string, unknown>[];
  assert.deepEqual(cause, { relation: 'cause', message: 'Error: inner' });
  assert.ok(String(source).startsWith(`${app}:`), String(source));
});

test('errors inside what a program throws at load are printed', async () => {
  const directory = writeFiles({
    'app.js': "throw new Error('outer', { cause: new Error('inner') });",
  });
  const { code, err } = await invoke('run', `${directory}/app.js`);
  assert.equal(code, 2);
  assert.match(err, /\[cause\]: Error: inner\n/);
});
