// Type-checks each part of the tree against the library it is allowed to see: the runtime gets
// neither Node nor the DOM, the webview gets the DOM only, and programs get the declarations that
// ship to their authors.
import { availableParallelism } from 'node:os';
import { run } from './process.mjs';
import { root } from './project.mjs';

// The largest first, so that the processors finish at about the same time.
const projects = ['.', 'webview', 'runtime', 'test/types', 'examples'];
/** @type {unknown[]} */
const failures = [];

await Promise.all(Array.from({ length: availableParallelism() }, check));
if (failures.length > 0) process.exitCode = 1;

/** Checks one project after the other until none is left. */
async function check() {
  for (let project = projects.shift(); project !== undefined; project = projects.shift()) {
    const args = ['node_modules/typescript/bin/tsc', '-p', project];
    await run(process.execPath, args, { cwd: root }).catch((error) => failures.push(error));
  }
}
