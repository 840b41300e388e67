import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { invoke } from '../../cli/invoke.ts';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { writeFiles } from '../../program-files.ts';

const LIBRARY = `export function deep(n: number, fail: () => unknown): unknown {
  return n === 0 ? fail() : deep(n - 1, fail);
}
`;

/** What a handler does to make a text of a stack, with `ctx` and `deep` at hand. */
const STACKS: readonly (readonly [what: string, expression: string, frames: readonly string[]])[] =
  [
    ['a new error', "new Error('new').stack", ['Error: new', 'at app.ts:LINE']],
    [
      'a caught error',
      "deep(1, () => { try { throw new TypeError('caught'); } catch (e: any) { return e.stack; } })",
      [
        'TypeError: caught',
        'at app.ts:LINE',
        'at deep (lib/deep.ts:2:20)',
        'at deep (lib/deep.ts:2:29)',
        'at app.ts:LINE',
      ],
    ],
    [
      'captureStackTrace',
      '(() => { const holder: any = {}; (Error as any).captureStackTrace(holder); return holder.stack; })()',
      ['Error', 'at app.ts:LINE', 'at app.ts:LINE'],
    ],
    [
      'an error of the model',
      "(() => { try { ctx.emit(new WeakMap()); } catch (e: any) { return e.stack.replace(/^.*\\n(?! +at)/gm, '').replace(/^.*$/m, 'E'); } })()",
      ['E', 'at app.ts:LINE', 'at app.ts:LINE'],
    ],
    [
      'an error of the language within the runtime',
      "(() => { try { PortalsJS.PerKeyState('s', 0, ctx).set({ get a() { throw new Error('got'); } }.a); } catch (e: any) { return e.stack; } })()",
      ['Error: got', 'at get a [as a] (app.ts:LINE)', 'at app.ts:LINE', 'at app.ts:LINE'],
    ],
    [
      'deep recursion',
      "deep(30, () => new Error('deep').stack)",
      [
        'Error: deep',
        'at app.ts:LINE',
        'at deep (lib/deep.ts:2:20)',
        ...Array(8).fill('at deep (lib/deep.ts:2:29)'),
      ],
    ],
  ];

const programOf = (expression: string) => `import { deep } from './lib/deep.ts';
declare const PortalsJS: any;
const b = PortalsJS.ApplicationBuilder('app');
void deep;
b.workflowsWithName('w').source(b.generators.fromArray([1]).stream)
  .map((ctx: any) => (x: number) => ${expression}).withName('m').logger().withName('log')
  .sink().freeze();
export default b.build();
`;

for (const [what, expression, expected] of STACKS) {
  test(`the stack of ${what} is the same in every folder and way of running`, async (t) => {
    const app = programOf(expression);
    const first = writeFiles({ 'app.ts': app, 'lib/deep.ts': LIBRARY });
    const other = writeFiles({ 'a b/c/app.ts': app, 'a b/c/lib/deep.ts': LIBRARY });
    const second = join(other, 'a b', 'c');
    const linked = join(other, 'link');
    symlinkSync(second, linked);
    const texts = new Map<string, string>();
    for (const directory of [first, second, linked]) {
      for (const flags of [
        [],
        ['--fault', 'crash:/app/workflows/w@process#1'],
        ['--schedule', 'random'],
      ]) {
        const { out } = await invoke('run', join(directory, 'app.ts'), ...flags);
        texts.set([directory, ...flags].join(' '), out.replace(/^\/app\/workflows\/w\/log - /, ''));
      }
    }
    for (const noDebug of [true, false]) {
      const session = await RecordedSession.start(t);
      await session.launch({ program: join(second, 'app.ts'), noDebug, filters: [] });
      await session.stopped();
      texts.set(`noDebug: ${noDebug}`, loggedIn(session.text, second));
    }
    const [plain = ''] = texts.values();
    for (const [way, text] of texts) assert.equal(text, plain, way);
    const lines = plain
      .split('\n')
      .map((line) => line.trim().replace(/app\.ts:6:\d+/, 'app.ts:LINE'));
    assert.deepEqual(lines, expected);
  });
}

/** The logged text, with the links that the adapter makes of frames undone. */
function loggedIn(text: string, directory: string): string {
  const [, rest = ''] = /\/app\/workflows\/w\/log - ((?:.|\n)*)/.exec(text) ?? [];
  const [first = '', ...lines] = rest.split('\n');
  const end = lines.findIndex((line) => !/^\s+at /.test(line));
  const shown = [first, ...lines.slice(0, end)].join('\n');
  return shown.replaceAll(`${directory}/`, '').replace(/ {2}\S*app\.ts:\d+$/m, '');
}
