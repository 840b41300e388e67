import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUNTIME_BUILD } from './runtime-build.mjs';

let code: Promise<string> | undefined;

/**
 * The runtime as one script that leaves its exports in the global `PortalsRuntime`: `runtime.js`
 * beside the built host, or, when the host runs from its sources, bundled from them.
 */
export function loadRuntimeCode(): Promise<string> {
  code ??= read();
  return code;
}

async function read(): Promise<string> {
  const built = join(import.meta.dirname, 'runtime.js');
  if (existsSync(built)) return readFileSync(built, 'utf8');
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../runtime/index.ts')],
    ...RUNTIME_BUILD,
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
