// Builds the benchmark with the runtime in it, as it ships, and runs it.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { build } from 'esbuild';

if (!existsSync('dist')) execFileSync('npm', ['run', 'build'], { stdio: 'inherit' });
const outfile = 'dist/bench.js';
await build({
  entryPoints: ['bench/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outfile,
});
execFileSync(process.execPath, ['--expose-gc', outfile, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
