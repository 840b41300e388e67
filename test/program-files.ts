import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';

/** A program of one task with `handler`, fed with 0, 1 and 2 in one atom. */
export const withHandler = (handler: string) => `
const builder = PortalsJS.ApplicationBuilder('app');
builder
  .workflowsWithName('jobs')
  .source(builder.generators.fromRange(0, 3, 3).stream)
  .map((ctx) => (x) => {
    ${handler}
  })
  .withName('task')
  .sink()
  .freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
`;

/**
 * Writes programs into a new directory, which is removed when the test file has run, and returns
 * its path. Names may contain folders.
 */
export function writeFiles(files: Readonly<Record<string, string>>): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'portals-test-')));
  after(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    const file = join(directory, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return directory;
}
