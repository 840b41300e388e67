import assert from 'node:assert/strict';
import { copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { builtFile } from '../../built-file.ts';
import { spawnAdapter } from '../../clients/raw-client.ts';
import { writeFiles } from '../../program-files.ts';

test('an adapter whose thread cannot start says so, and stays', async (t) => {
  const directory = writeFiles({ 'package.json': '{}', 'app.js': 'console.log(1);\n' });
  for (const file of ['debug-adapter.js', 'runtime.js']) {
    copyFileSync(builtFile(file), join(directory, file));
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
  const { client, exited } = spawnAdapter(t, join(directory, 'debug-adapter.js'));
  await client.ask('initialize', { adapterID: 'portals' });
  for (let times = 0; times < 2; times++) {
    const { success, message } = await client.ask('launch', { program: join(directory, 'app.js') });
    assert.equal(success, false);
    assert.match(message ?? '', /worker\.js/);
  }
  await client.ask('disconnect');
  assert.equal(await exited, 0);
  assert.equal(client.received.filter(({ event }) => event === 'terminated').length, 2);
});
