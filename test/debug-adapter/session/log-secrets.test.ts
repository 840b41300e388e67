import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { spawnAdapter } from '../../clients/raw-client.ts';
import { withHandler, writeFiles } from '../../program-files.ts';

const SECRET = 'hunter "2" \\ é';
const SOURCE = withHandler(`const token = process.env.TOKEN;
    console.log(token);
    return token + x;`);

test('the log contains no value of env, wherever the program uses it', async (t) => {
  const { client } = spawnAdapter(t);
  const directory = writeFiles({ 'app.js': SOURCE });
  const program = join(directory, 'app.js');
  const logFile = join(directory, 'portals.log');
  await client.ask('initialize', { adapterID: 'portals' });
  const launched = client.request('launch', { program, env: { TOKEN: SECRET }, logFile });
  await client.event('initialized');
  await client.ask('setBreakpoints', { source: { path: program }, lines: [9] });
  await client.ask('configurationDone');
  await client.responseTo(launched);
  const { body } = await client.event('stopped');
  const stack = await client.ask('stackTrace', { threadId: body?.['threadId'] });
  const [frame] = (stack.body?.['stackFrames'] ?? []) as { id: number }[];
  const frameId = frame?.id;
  const expression = 'JSON.stringify({ token })';
  const read = await client.ask('evaluate', { expression, frameId, context: 'watch' });
  assert.match(String(read.body?.['result']), /hunter/);
  const { body: shown } = await client.ask('scopes', { frameId });
  const [scope] = (shown?.['scopes'] ?? []) as { variablesReference: number }[];
  await client.ask('variables', { variablesReference: scope?.variablesReference });
  const report = await client.ask('portals/diagnostics');
  const logged = readFileSync(logFile, 'utf8');
  for (const text of [logged, JSON.stringify(report.body)]) {
    assert.equal(text.includes('hunter'), false);
    assert.ok(text.includes('(redacted)'));
    assert.match(text, /Debugger\.evaluateOnCallFrame/);
    assert.match(text, /Debugger\.paused/);
  }
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  assert.equal(report.body?.['adapter'], version);
  assert.ok(logged.includes(`versions {"adapter":"${version}","node":"${process.version}"`));
  if (process.platform !== 'win32') assert.equal(statSync(logFile).mode & 0o777, 0o600);
});

test('a log file that is no file refuses the launch', async (t) => {
  const { client } = spawnAdapter(t);
  const directory = writeFiles({ 'app.js': SOURCE });
  const launch = { program: join(directory, 'app.js'), logFile: directory };
  const { message } = await client.ask('launch', launch);
  assert.match(message ?? '', /'logFile' cannot be written: .* is not a file/);
});
