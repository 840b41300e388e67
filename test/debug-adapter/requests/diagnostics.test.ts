import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DiagnosticLog } from '../../../debug-adapter/dap/diagnostic-log.ts';
import { LogFile } from '../../../debug-adapter/dap/log-file.ts';
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
  const [head, ...rest] = lines.map((line) => line.replace(/^\S+ /, ''));
  assert.match(
    head ?? '',
    /^versions \{"adapter":".+","node":"v\d.+","v8":".+","platform":".+"\}$/,
  );
  assert.deepEqual(rest, ['client {"seq":1}', 'adapter {"event":"initialized"}']);
});

test('a log file that cannot be opened is an error', () => {
  const log = new DiagnosticLog();
  assert.throws(() => log.writeTo(join(writeFiles({}), 'missing', 'adapter.log')), /ENOENT/);
});

test('many messages of V8 leave those of the client in the log, and are cut', () => {
  const log = new DiagnosticLog();
  log.record('client', { seq: 1 });
  for (let id = 0; id < 2000; id++) log.recordV8('v8', `#1 ${'x'.repeat(5000)}${id}`);
  log.record('adapter', { seq: 2 });
  const { messages } = log;
  assert.deepEqual(
    [messages.length, messages[0]?.text, messages.at(-1)?.text],
    [502, '{"seq":1}', '{"seq":2}'],
  );
  assert.equal(messages[1]?.text.length, 1000);
});

test('a secret that a cut would split is hidden', () => {
  const secret = 'hunter-two';
  for (let before = 985; before < 1005; before++) {
    const log = new DiagnosticLog();
    log.record('client', { arguments: { env: { TOKEN: secret } } });
    log.recordV8('v8', `${'x'.repeat(before)}${secret}${'y'.repeat(5000)}`);
    const { text = '' } = log.messages.at(-1) ?? {};
    assert.ok(text.length <= 1000, `${text.length}`);
    assert.doesNotMatch(text, /hun/, `${before}`);
  }
});

test('an error of the adapter is recorded with its stack and cause', () => {
  const log = new DiagnosticLog();
  log.recordError(new Error('outer', { cause: new Error('inner') }));
  const [line] = log.messages;
  assert.equal(line?.from, 'error');
  assert.match(line?.text ?? '', /outer.*diagnostics\.test\.ts.*inner/);
});

test('a log file that is full is set aside, so that its size is bounded', () => {
  const path = join(writeFiles({}), 'adapter.log');
  const file = new LogFile(path, 'head\n', 1000);
  const line = `${'x'.repeat(99)}\n`;
  for (let written = 0; written < 50; written++) file.append(line);
  for (const each of [path, `${path}.1`]) {
    const text = readFileSync(each, 'utf8');
    assert.ok(text.startsWith('head\n') && text.length <= 1000, `${each}: ${text.length}`);
  }
  const again = new LogFile(path, 'head\n', 1000);
  again.append('last\n');
  assert.match(readFileSync(path, 'utf8'), /x\nhead\nlast\n$/);
});
