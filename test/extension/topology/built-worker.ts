import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Builds the layout worker into a temporary folder; returns its path. */
export function buildWorker(): string {
  const outfile = join(mkdtempSync(join(tmpdir(), 'portals-layout-')), 'worker.cjs');
  buildSync({ entryPoints: ['layout/worker.ts'], outfile, bundle: true, platform: 'node' });
  return outfile;
}
