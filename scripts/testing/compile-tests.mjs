import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../project.mjs';

/**
 * Packages that find files of their own beside their code, so they stay where they are installed.
 * Every other package is bundled: some are ESM only, which the oldest Node.js cannot `require`.
 */
const external = [
  '@vscode/test-electron',
  '@vscode/vsce',
  'dependency-cruiser',
  'elkjs',
  'esbuild',
  'knip',
  'playwright-core',
  'tm-grammars',
  'typescript',
  'vscode-oniguruma',
];

/**
 * Compiles test files for Node.js, so that no test process compiles the product again. Each group
 * of files becomes one script, which runs each file as a suite with the file's name: hooks at the
 * top level of a file stay hooks of this file only.
 * @param {readonly (readonly string[])[]} groups test files by their paths from the root
 * @param {string} outdir
 * @returns {Promise<string[]>} the path of the script of each group
 */
export async function compileTests(groups, outdir) {
  const { build } = await import('esbuild');
  const scripts = groups.map((files, index) => ({
    in: join(outdir, 'groups', `${index}.js`),
    out: files.length === 1 ? (files[0] ?? '') : `group-${index + 1}`,
    code: files.map(suiteOf).join('\n'),
  }));
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: scripts.map((script) => ({ in: script.in, out: script.out })),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    external,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'warning',
    define: { 'import.meta.url': '__moduleUrl', 'import.meta.dirname': '__moduleDirname' },
    plugins: [entries(new Map(scripts.map((script) => [script.in, script.code]))), moduleLocations],
  });
  return scripts.map(({ out }) => join(outdir, `${out}.cjs`));
}

/**
 * A file that throws while it loads counts as one failed test.
 * @param {string} file
 */
function suiteOf(file) {
  const name = JSON.stringify(file);
  const load = `require(${JSON.stringify(`./${file}`)})`;
  const fail = "test('the file loads', () => { throw error; })";
  return `require('node:test').describe(${name}, () => {
  try { ${load}; } catch (error) { require('node:test').${fail}; }
});`;
}

/**
 * Serves the entry scripts from memory.
 * @param {ReadonlyMap<string, string>} codes by path
 * @returns {import('esbuild').Plugin}
 */
function entries(codes) {
  return {
    name: 'entries',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./ }, ({ path, kind }) =>
        kind === 'entry-point' ? { path, namespace: 'entry' } : undefined,
      );
      onLoad({ filter: /./, namespace: 'entry' }, ({ path }) => ({
        contents: codes.get(path) ?? '',
        resolveDir: root,
      }));
    },
  };
}

/**
 * Gives each module its own `import.meta.url` and `import.meta.dirname`: a bundle has one for all.
 * The declarations go into the first line, so that line numbers stay.
 * @type {import('esbuild').Plugin}
 */
const moduleLocations = {
  name: 'module-locations',
  setup({ onLoad }) {
    onLoad({ filter: /\.(ts|mjs)$/ }, ({ path }) => {
      const code = readFileSync(path, 'utf8');
      if (path.includes('node_modules') || !code.includes('import.meta.')) return undefined;
      const url = JSON.stringify(pathToFileURL(path).href);
      const directory = JSON.stringify(dirname(path));
      return {
        contents: `const __moduleUrl = ${url}, __moduleDirname = ${directory}; ${code}`,
        loader: path.endsWith('.ts') ? 'ts' : 'js',
      };
    });
  },
};
