import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { writeFiles } from '../program-files.ts';

function portals(...argumentList: string[]) {
  return spawn(process.execPath, ['--import', 'tsx', 'cli/main.ts', ...argumentList]);
}

test('a program that loops for ever shows what it printed, and ends by an interrupt', async () => {
  const directory = writeFiles({ 'loop.js': 'console.log("before"); for (;;) Date.now();' });
  const command = portals('run', `${directory}/loop.js`);
  const [chunk] = (await once(command.stdout, 'data')) as [Buffer];
  assert.equal(String(chunk), 'before\n');
  command.kill('SIGINT');
  const [, signal] = (await once(command, 'exit')) as [number | null, string | null];
  assert.equal(signal, 'SIGINT');
});

test('a reader that leaves early ends the command', async () => {
  const text = `const b = PortalsJS.ApplicationBuilder('a');
b.workflows.source(b.generators.fromRange(0, 1e6, 1).stream).logger().sink().freeze();
module.exports = b.build();`;
  const command = portals('run', `${writeFiles({ 'long.js': text })}/long.js`);
  await once(command.stdout, 'data');
  command.stdout.destroy();
  const [code] = (await once(command, 'exit')) as [number | null];
  assert.equal(code, 0);
});

test('the exit code is that of the command', async () => {
  const command = portals('run', 'no-such-file.js');
  const [code] = (await once(command, 'exit')) as [number | null];
  assert.equal(code, 2);
});

test('an unhandled rejection is an error with its position', async () => {
  const directory = writeFiles({ 'app.js': '(async () => {\n  throw new Error("late") })()' });
  const command = portals('run', `${directory}/app.js`);
  const [chunk] = (await once(command.stderr, 'data')) as [Buffer];
  assert.match(String(chunk), /app\.js:2:9: PORTALS_PROGRAM_THREW: Error: late\n/);
  const [code] = (await once(command, 'exit')) as [number | null];
  assert.equal(code, 2);
});
