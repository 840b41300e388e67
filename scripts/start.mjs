// Opens VS Code with this extension and the examples: the desktop application where there is one,
// otherwise VS Code's server, used from a browser.
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { packageExtension } from './package.mjs';
import { isStopping, start, stopAllAtExit } from './process.mjs';
import { build, ensureDependencies, packagePath, root } from './project.mjs';
import { scratch } from './vscode/cache.mjs';
import { findDesktop } from './vscode/desktop.mjs';
import { installServer } from './vscode/install-server.mjs';
import { newest } from './vscode/releases.mjs';
import { serve, workbenchAddress } from './vscode/server.mjs';

const examples = join(root, 'examples');
const firstExample = join(examples, 'shopping-cart.js');
const usualPort = 8123;

stopAllAtExit();
await ensureDependencies();
await build();
const desktop = await findDesktop();
if (desktop) await openDesktop(desktop);
else await openServer();

/** @param {string} executable */
async function openDesktop(executable) {
  console.log(`Opening ${executable}; close its window or press Ctrl+C to stop.`);
  const args = [
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${join(scratch, 'desktop')}`,
    '--disable-workspace-trust',
    '--skip-welcome',
    '--new-window',
    '--wait',
    // Chromium refuses its sandbox to root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    examples,
    firstExample,
  ];
  const { ended } = await start(executable, args);
  process.exitCode = Number(await ended);
}

async function openServer() {
  const [server] = await Promise.all([installServer(newest), packageExtension()]);
  const port = Number(process.env['PORT']) || (await freePort());
  const data = join(scratch, 'serve');
  const running = await serve(server, { data, port, vsix: packagePath });
  const open = existsSync(firstExample) ? { openFile: firstExample } : {};
  const address = workbenchAddress(running.port, examples, open);
  console.log(`\nVS Code ${newest.version} with the Portals debugger: ${address}`);
  console.log('Open the address in a browser; Ctrl+C stops it.');
  const code = await running.ended;
  if (isStopping()) return;
  throw new Error(`VS Code's server ended with ${code}; its output: ${running.log}`);
}

/** The usual port, so that the browser finds its settings again, unless another program has it. */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(usualPort, '127.0.0.1', () => probe.close(() => resolve(usualPort)));
  });
}
