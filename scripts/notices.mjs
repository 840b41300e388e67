import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifest, root } from './project.mjs';

/** The licence texts of every package whose code ships: bundled into dist/, or beside it. */
export function thirdPartyNotices() {
  const names = new Set([...bundledPackages(), ...Object.keys(manifest.dependencies)]);
  const entries = [...names].sort().map(notice);
  return `${manifest.displayName} contains the following software.\n\n${entries.join('\n')}`;
}

/** The packages that the source maps of dist/ name. */
function bundledPackages() {
  const dist = join(root, 'dist');
  const maps = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  return maps
    .filter((file) => file.endsWith('.map'))
    .flatMap((file) => JSON.parse(readFileSync(join(dist, file), 'utf8')).sources)
    .map((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1])
    .filter((name) => name !== undefined);
}

/** @param {string} name */
function notice(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license, homepage, repository } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8') : '';
  const source = repository?.url ?? repository ?? homepage ?? '';
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\nSource: ${source}\n\n${text}\n`;
}
