import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './process.mjs';

/** The root of the project; commands run there wherever they were called. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The contents of package.json. */
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The platform that this process runs on, as VS Code names it. */
export const platform = `${process.platform}-${process.arch}`;

/** The path of the package for this platform. */
export const packagePath = join(root, `${manifest.name}-${platform}-${manifest.version}.vsix`);

/**
 * When each file of dist/ was built and from which sources, by its path from the root.
 * @typedef {Record<string, { startedMs: number, sources: string[] }>} BuildRecord
 */

/** The file in which the build keeps its {@link BuildRecord}. */
export const buildRecord = join(root, 'dist', 'build-record.json');

/** Installs the dependencies unless those of the lock file are there. */
export async function ensureDependencies() {
  if (dependenciesInstalled()) return;
  console.log('Installing dependencies (npm ci)…');
  // Nothing of node_modules can be used yet. Windows finds npm.cmd only by a shell.
  const shell = process.platform === 'win32';
  execFileSync('npm', ['ci'], { cwd: root, stdio: 'inherit', shell });
}

/**
 * Compares contents rather than times: a checkout gives every file a new time. Packages of other
 * platforms are optional, and rightly absent.
 */
function dependenciesInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.keys(wanted).every((path) => {
    if (path === '' || wanted[path].optional) return true;
    return installed[path]?.version === wanted[path].version;
  });
}

/** Builds dist/. */
export async function build() {
  await run(process.execPath, ['scripts/build.mjs'], { cwd: root });
}
