import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The versions and the platform of the adapter, for bug reports. */
export interface Versions {
  /** The version of the extension that the adapter belongs to. */
  readonly adapter: string;
  readonly node: string;
  readonly v8: string;
  readonly platform: string;
}

/** What this process runs on. */
export function versions(): Versions {
  return {
    adapter: adapterVersion(),
    node: process.version,
    v8: process.versions.v8,
    platform: `${process.platform}-${process.arch}`,
  };
}

function adapterVersion(): string {
  try {
    // The built adapter is in a folder of the extension.
    const manifest = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8');
    return String(JSON.parse(manifest).version);
  } catch {
    return 'unknown';
  }
}
