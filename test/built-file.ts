import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildRecord, buildRecord, packagePath, root } from '../scripts/project.mjs';

/**
 * The absolute path of a file or folder of `dist/`, for tests of what ships. Throws when any part
 * of `dist/` is missing or older than one of its sources, so that no test passes on an old build.
 */
export function builtFile(name: string): string {
  const file = join(root, 'dist', name);
  const stale = whyStale(file);
  if (stale !== undefined) throw new Error(`${stale}. Run \`npm run build\` first.`);
  return file;
}

/** The absolute path of the package; throws when it is missing or older than the build. */
export function builtPackage(): string {
  builtFile('extension.js');
  const packagedMs = statSync(packagePath, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
  if (Object.values(readRecord()).every(({ startedMs }) => startedMs <= packagedMs)) {
    return packagePath;
  }
  throw new Error('The package is older than the build. Run `npm run package` first.');
}

function whyStale(file: string): string | undefined {
  if (!existsSync(file) || !existsSync(buildRecord)) return `${file} is not built`;
  for (const [output, { startedMs, sources }] of Object.entries(readRecord())) {
    const changed = sources.find((source) => changedMs(source) > startedMs);
    if (changed !== undefined) return `${output} is older than its source ${changed}`;
  }
  return undefined;
}

function readRecord(): BuildRecord {
  return JSON.parse(readFileSync(buildRecord, 'utf8'));
}

/** A source that is gone has changed, too. */
function changedMs(source: string): number {
  return statSync(join(root, source), { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
}
