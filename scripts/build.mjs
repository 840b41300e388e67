// Builds everything that ships into dist/. `--watch` rebuilds on change.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { context } from 'esbuild';
import { RUNTIME_BUILD } from '../program/runtime-build.mjs';
import { buildRecord } from './project.mjs';

const watch = process.argv.includes('--watch');
/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  sourcemap: 'linked',
  logLevel: 'warning',
  legalComments: 'linked',
};
/** @type {import('esbuild').BuildOptions} */
const node = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Files that ship beside the bundle are found from the place of the running file.
  define: { 'import.meta.dirname': '__dirname' },
};
/** @type {import('esbuild').BuildOptions} */
const browser = { ...shared, platform: 'browser', format: 'iife', target: 'es2022' };

/**
 * One entry per file of dist/; `esbuild` itself stays external because it carries a binary.
 * @type {import('esbuild').BuildOptions[]}
 */
const targets = [
  {
    ...node,
    entryPoints: ['extension/index.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
  },
  {
    ...node,
    entryPoints: ['debug-adapter/main.ts'],
    outfile: 'dist/debug-adapter.js',
    external: ['esbuild'],
  },
  { ...node, entryPoints: ['debug-adapter/agent/worker.ts'], outfile: 'dist/worker.js' },
  // The layout engine is large: without its white space it loads in half the time.
  {
    ...node,
    entryPoints: ['layout/worker.ts'],
    outfile: 'dist/layout-worker.js',
    minifyWhitespace: true,
  },
  {
    ...node,
    entryPoints: ['cli/main.ts'],
    outfile: 'dist/cli.js',
    external: ['esbuild'],
    banner: { js: '#!/usr/bin/env node' },
  },
  // Evaluated inside the program's realm, so it has neither Node nor a module loader.
  {
    ...shared,
    ...RUNTIME_BUILD,
    entryPoints: ['runtime/index.ts'],
    outfile: 'dist/runtime.js',
  },
  { ...browser, entryPoints: ['webview/topology/main.ts'], outfile: 'dist/webview/topology.js' },
  { ...browser, entryPoints: ['webview/timeline/main.ts'], outfile: 'dist/webview/timeline.js' },
];

/**
 * Records when each file of dist/ was built and from which sources, also while watching: tests
 * refuse a build that is older than its sources.
 * @type {import('esbuild').Plugin}
 */
const recordInputs = {
  name: 'record-inputs',
  setup({ initialOptions, onStart, onEnd }) {
    let startedMs = 0;
    onStart(() => {
      startedMs = Date.now();
    });
    onEnd(({ metafile }) => {
      const inputs = Object.keys(metafile?.inputs ?? {});
      const sources = inputs.filter((file) => !file.includes('node_modules/'));
      record[initialOptions.outfile ?? ''] = { startedMs, sources };
      writeFileSync(buildRecord, JSON.stringify(record));
    });
  },
};

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/webview', { recursive: true });
// The project is ESM; what it ships is CommonJS, which every supported VS Code loads.
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
// VS Code would import() an entry named .js of a package whose type is "module", and the bundle
// could then not require('vscode'); the name .cjs has it required.
writeFileSync('dist/extension.cjs', "module.exports = require('./extension.js');\n");
cpSync('node_modules/@vscode/codicons/dist/codicon.css', 'dist/webview/codicon.css');
cpSync('node_modules/@vscode/codicons/dist/codicon.ttf', 'dist/webview/codicon.ttf');

/** @type {import('./project.mjs').BuildRecord} */
const record = {};
for (const target of targets) {
  const build = await context({ ...target, metafile: true, plugins: [recordInputs] });
  await build.rebuild();
  if (watch) await build.watch();
  else await build.dispose();
}
