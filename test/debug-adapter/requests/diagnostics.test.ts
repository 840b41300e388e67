import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DiagnosticLog } from '../../../debug-adapter/dap/diagnostic-log.ts';
import { writeFiles } from '../../program-files.ts';

test('the log keeps the latest messages, oldest first', () => {
  const log = new DiagnosticLog();
  for (let seq = 0; seq < 600; seq++) log.record('client', { seq });
  const { messages } = log;
  assert.equal(messages.length, 500);
  assert.equal(messages[0]?.text, '{"seq":100}');
  assert.equal(messages.at(-1)?.text, '{"seq":599}');
});

test('a message that is nested too deeply for JSON is recorded as such', () => {
  const log = new DiagnosticLog();
  const depth = 100_000;
  log.record('client', JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`));
  assert.match(log.messages[0]?.text ?? '', /^\(a message that is no JSON: /);
});

test('values of environment variables do not enter the log', () => {
  const log = new DiagnosticLog();
  log.record('client', { arguments: { program: 'a.js', env: { TOKEN: 'secret' } } });
  const [message] = log.messages;
  assert.match(message?.text ?? '', /"TOKEN":"\(redacted\)"/);
  assert.doesNotMatch(message?.text ?? '', /secret/);
});

test('a log file gets what is in memory and everything after it', () => {
  const file = join(writeFiles({}), 'adapter.log');
  const log = new DiagnosticLog();
  log.record('client', { seq: 1 });
  log.writeTo(file);
  log.record('adapter', { event: 'initialized' });
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => line.replace(/^\S+ /, '')),
    ['client {"seq":1}', 'adapter {"event":"initialized"}'],
  );
});

test('a log file that cannot be opened is an error', () => {
  const log = new DiagnosticLog();
  assert.throws(() => log.writeTo(join(writeFiles({}), 'missing', 'adapter.log')), /ENOENT/);
});
