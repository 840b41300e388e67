import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { writeFiles } from '../program-files.ts';

/** Expressions in which a machine could show. */
const EXPRESSIONS = [
  // No locale, or none that is known, is not the machine's.
  '(1234.5).toLocaleString([])',
  "(1234.5).toLocaleString('xx')",
  'new Intl.NumberFormat([]).format(1234.5)',
  "new Intl.Collator('xx').resolvedOptions().locale",
  "'I'.toLocaleLowerCase([])",
  "['ä', 'z', 'a'].sort((one, other) => one.localeCompare(other, [])).join()",
  "new Date(0).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })",
  "new Date(0).toLocaleDateString('xx')",
  // Nor is a time zone that is left open.
  "new Date(0).toLocaleString('en', { timeZone: undefined })",
  "new Intl.DateTimeFormat('en', { timeZone: undefined }).resolvedOptions().timeZone",
  // What lies below the program on the stack is not its own.
  "new Error('own').stack.split('\\n').length",
];

/** An event that is an error is keyed by its contents, and so by its stack. */
const APP = `const b = PortalsJS.ApplicationBuilder('app');
b.workflows.source(b.generators.fromArray([new Error('event')]).stream)
  .processor((ctx) => (error) => ctx.log.info(error.stack + new Error('handler').stack))
  .sink().freeze();
PortalsJS.System().launch(b.build());
`;

const LINES = EXPRESSIONS.map((expression) => `console.log(${expression});\n`);

test('a program does the same on machines of other languages, zones and places', async () => {
  const here = await run({ LC_ALL: 'de_DE.UTF-8', TZ: 'UTC' });
  const there = await run({
    LC_ALL: 'tr_TR.UTF-8',
    TZ: 'Asia/Tokyo',
    NODE_OPTIONS: '--stack-trace-limit=50',
  });
  assert.deepEqual(there, here);
  assert.match(here.at(-1) ?? '', /"kind":"done"/);
});

/** What the program prints, with only the name of its own file. */
async function run(environment: Readonly<Record<string, string>>): Promise<string[]> {
  const directory = writeFiles({ 'app.js': `${APP}${LINES.join('')}` });
  const command = ['--import', 'tsx', 'cli/main.ts', 'run', `${directory}/app.js`, '--json'];
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, command, { env });
  return stdout
    .replaceAll(/[^ (]*\/app\.js/g, 'app.js')
    .trim()
    .split('\n');
}
