// Builds what ships, and the benchmark with the runtime in it, and runs the benchmark; on a bare
// clone it first installs what is missing.
import { run, stopAllAtExit } from './process.mjs';
import { build, ensureDependencies, root } from './project.mjs';

const outfile = 'dist/bench.js';

stopAllAtExit();
await ensureDependencies();
// An older build's sessions would be measured, or refused, otherwise.
await build();
const { build: bundle } = await import('esbuild');
await bundle({
  absWorkingDir: root,
  entryPoints: ['bench/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outfile,
});
await run(process.execPath, ['--expose-gc', outfile, ...process.argv.slice(2)], { cwd: root });
