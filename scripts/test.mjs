// Runs the tests: all of them, or the named parts (`unit`, `properties`, `adapter`, `webview`,
// `extension`, `e2e`). From a bare clone it first installs what is missing. Machine-readable
// results go to test-results/.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageExtension } from './package.mjs';
import { run, stopAllAtExit } from './process.mjs';
import { build, ensureDependencies, root } from './project.mjs';
import { runNodeTests } from './testing/node-tests.mjs';
import { summarise } from './testing/summary.mjs';
import { ensureChromium } from './vscode/chromium.mjs';
import { installServer } from './vscode/install-server.mjs';
import { newest, oldest } from './vscode/releases.mjs';

/** @typedef {import('./testing/summary.mjs').Counts} Counts */

const parts = ['unit', 'properties', 'adapter', 'webview', 'extension', 'e2e'];
const named = process.argv.slice(2);
const unknown = named.filter((part) => !parts.includes(part));
if (unknown.length > 0) {
  console.error(`No part ${unknown.join(', ')}; the parts: ${parts.join(', ')}.`);
  process.exit(2);
}
const needsBuild = ['adapter', 'webview', 'extension', 'e2e'];
const all = named.length === 0;
const wanted = new Set(all ? parts : named);
/** @type {import('./testing/summary.mjs').Part[]} */
const results = [];
const startedMs = performance.now();

stopAllAtExit();
mkdirSync(join(root, 'test-results'), { recursive: true });
await measure('dependencies', ensureDependencies);
// Compiling native modules is slow, so it happens beside the parts that need no VS Code.
const browser = prepareBrowser();
browser.catch(() => {});
const window = prepareWindow();
window.catch(() => {});
if (all) {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const knip = join(root, 'node_modules/knip/bin/knip.js');
  await Promise.all([
    measure('lint', () => run(process.execPath, [biome, 'check', '.'], { cwd: root })),
    measure('exports', () => run(process.execPath, [knip, '--no-progress'], { cwd: root })),
    measure('types', () => run(process.execPath, ['scripts/types.mjs'], { cwd: root })),
  ]);
}
if (wanted.has('unit')) await measure('unit', () => runNodeTests('unit'));
if (wanted.has('properties')) await measure('properties', () => runNodeTests('properties'));
if (needsBuild.some((part) => wanted.has(part))) await measure('build', build);
if (wanted.has('adapter')) await measure('adapter', () => runNodeTests('adapter'));
if (wanted.has('webview')) {
  await measure('Chromium', () => browser);
  await measure('webview', () => runNodeTests('webview'));
}
if (wanted.has('extension') || wanted.has('e2e')) await measure('VS Code', () => window);
if (wanted.has('e2e')) await measure('package', packageExtension);
// Windows wait most of the time, so the processors have room for several.
await Promise.all([
  wanted.has('extension') && measure('extension', extensionTests),
  wanted.has('e2e') && measure('e2e', () => runNodeTests('e2e')),
]);
summarise(results, (performance.now() - startedMs) / 1000);

/**
 * Runs one part and records its result. A failure does not end the run, so that one run shows all.
 * @param {string} name
 * @param {() => Promise<Counts | void>} work
 */
async function measure(name, work) {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 60 - name.length))}`);
  try {
    const counts = await work();
    results.push({ name, seconds: seconds(), counts: counts ?? undefined, failed: false });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    results.push({ name, seconds: seconds(), counts: undefined, failed: true });
  }
}

/** Installs the Chromium that shows panels and workbenches. */
async function prepareBrowser() {
  const shown = ['webview', 'extension', 'e2e'];
  if (shown.some((part) => wanted.has(part))) await ensureChromium();
}

/** Installs the VS Codes and the Chromium that the wanted parts run in. */
async function prepareWindow() {
  if (!wanted.has('extension') && !wanted.has('e2e')) return;
  const releases = wanted.has('e2e') ? [oldest, newest] : [oldest];
  await Promise.all([browser, ...releases.map(installServer)]);
}

/** Loaded late because it imports packages, which a bare clone does not have at the start. */
async function extensionTests() {
  const { runExtensionTests } = await import('./testing/extension-tests.mjs');
  return runExtensionTests();
}
