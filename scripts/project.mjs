import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, run } from './process.mjs';

/** The root of the project; commands run there wherever they were called. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** What package.json says. */
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Installs the dependencies unless those of the lock file are there. */
export async function ensureDependencies() {
  if (dependenciesInstalled()) return;
  console.log('Installing dependencies (npm ci)…');
  await npm(['ci'], { cwd: root });
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
