import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseNode } from '../../../extension/launch/node.ts';

/**
 * A machine with these commands and VS Code's own `ownVersion`; returns the choice or the error.
 */
async function chosen(
  configured: string | undefined,
  versions: Readonly<Record<string, string>>,
  ownVersion = '22.15.0',
): Promise<string> {
  const surroundings = {
    identify: async (command: string) => {
      const version = versions[command];
      return version === undefined ? undefined : { version, executable: `/real/${version}/node` };
    },
    ownExecutable: '/opt/code',
    ownVersion,
  };
  return await chooseNode(configured, surroundings).then(
    ({ command, env }) => [command, ...Object.entries(env).map((pair) => pair.join('='))].join(' '),
    (error) => `${error.code}: ${error.message}`,
  );
}

test('node on the PATH is used by its full path if it is new enough', async () => {
  assert.equal(await chosen(undefined, { node: 'v20.0.0' }), '/real/v20.0.0/node');
  assert.equal(await chosen(undefined, { node: 'v26.1.0' }), '/real/v26.1.0/node');
});

test('else the Node.js inside VS Code is', async () => {
  assert.equal(await chosen(undefined, {}), '/opt/code ELECTRON_RUN_AS_NODE=1');
  assert.equal(await chosen(undefined, { node: 'v18.20.1' }), '/opt/code ELECTRON_RUN_AS_NODE=1');
  assert.equal(await chosen(undefined, { node: 'vNext' }), '/opt/code ELECTRON_RUN_AS_NODE=1');
});

test('the error names the Node.js that was found', async () => {
  const none = await chosen(undefined, {}, '18.0.0');
  assert.match(none, /^PORTALS_NODE_NOT_FOUND: Node.js was not found/);
  const old = await chosen(undefined, { node: 'v16.20.2' }, '18.0.0');
  assert.match(old, /^PORTALS_NODE_NOT_FOUND: .*on the PATH is v16.20.2\.$/);
});

test('the configured Node.js is used or rejected, never replaced', async () => {
  assert.equal(await chosen('/n/node', { '/n/node': 'v24.2.0', node: 'v20.0.0' }), '/n/node');
  const old = await chosen('/n/node', { '/n/node': 'v18.0.0', node: 'v20.0.0' });
  assert.equal(old, "PORTALS_RUNTIME_EXECUTABLE: The runtimeExecutable '/n/node' is v18.0.0.");
  const absent = await chosen('/n/node', { node: 'v20.0.0' });
  assert.match(absent, /^PORTALS_RUNTIME_EXECUTABLE: .*could not be started as Node.js/);
});

test("a configured bare 'node' means the one on the PATH", async () => {
  assert.equal(await chosen('node', { node: 'v24.0.0' }), '/real/v24.0.0/node');
});
