import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { root } from '../project.mjs';
import { scratch } from '../vscode/cache.mjs';
import { chromiumFlags, ensureChromium } from '../vscode/chromium.mjs';
import { findDesktop } from '../vscode/desktop.mjs';
import { installServer } from '../vscode/install-server.mjs';
import { oldest } from '../vscode/releases.mjs';
import { serve, workbenchAddress } from '../vscode/server.mjs';

/** @typedef {import('./summary.mjs').Counts} Counts */

const bundles = join(root, 'dist', 'test', 'extension-host');
/** Written by test/extension-host/index.ts. */
const results = join(root, 'test-results', 'extension.json');
const examples = join(root, 'examples');
/** What test/extension-host/index.ts prints first. */
const firstLine = 'Tests in the extension host';
const limitMs = 180_000;

/**
 * Runs test/extension-host/ inside the extension host of the oldest supported VS Code.
 * @returns {Promise<Counts>}
 */
export async function runExtensionTests() {
  await bundleTests();
  const desktop = await findDesktop({ version: `${oldest.version}.3`, installed: false });
  rmSync(results, { force: true });
  const code = await (desktop ? runInDesktop(desktop) : runInServer());
  if (!existsSync(results)) throw new Error(`The extension host ended the tests with ${code}.`);
  return JSON.parse(readFileSync(results, 'utf8'));
}

/** The extension host loads CommonJS and brings `vscode`; mocha finds its own files itself. */
async function bundleTests() {
  const source = join(root, 'test', 'extension-host');
  const files = readdirSync(source).filter((file) => /(\.test|^index)\.ts$/.test(file));
  rmSync(bundles, { recursive: true, force: true });
  await build({
    entryPoints: files.map((file) => join(source, file)),
    outdir: bundles,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
  });
}

/** @param {string} executable */
async function runInDesktop(executable) {
  const { runTests } = await import('@vscode/test-electron');
  return await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: root,
    extensionTestsPath: join(bundles, 'index.js'),
    launchArgs: [examples, '--disable-workspace-trust', '--disable-extensions'],
  });
}

/**
 * A web workbench reports its tests through two functions of its page: one receives what the
 * extension host prints, the other its exit code.
 */
async function runInServer() {
  const data = join(scratch, 'extension-tests');
  rmSync(data, { recursive: true, force: true });
  const server = await serve(await installServer(oldest), { data });
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: chromiumFlags,
  });
  // Printed at the end because other parts of the test run print at the same time.
  /** @type {string[]} */
  const lines = [];
  try {
    const page = await browser.newPage();
    // The workbench prints there too; the tests begin with their first line.
    const print = (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
      if (lines.length > 0 || args[0] === firstLine) lines.push(args.join(' '));
    };
    await page.exposeFunction('codeAutomationLog', print);
    const code = new Promise((resolve, reject) => {
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
      const silent = new Error(`No result after ${limitMs / 1000} s; see ${server.log}`);
      setTimeout(() => reject(silent), limitMs).unref();
    });
    await page.goto(
      workbenchAddress(server.port, examples, {
        extensionDevelopmentPath: root,
        extensionTestsPath: join(bundles, 'index.js'),
      }),
    );
    return Number(await code);
  } finally {
    console.log(lines.join('\n'));
    await browser.close();
    await server.stop();
  }
}
