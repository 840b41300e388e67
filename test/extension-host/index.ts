import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Bundles are in `dist/test/extension-host/`; results go to `test-results/`. */
const results = join(__dirname, '..', '..', '..', 'test-results', 'extension.json');

/** The entry point in the extension host: runs the bundled tests and writes their totals. */
export async function run(): Promise<void> {
  console.log('Tests in the extension host');
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 30_000, reporter: 'spec' });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
  }
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.once('end', () => {
      const { passes = 0, failures = 0 } = runner.stats ?? {};
      writeFileSync(results, JSON.stringify({ passed: passes, failed: failures }));
    });
  });
  if (failed > 0) throw new Error(`${failed} tests failed.`);
}
