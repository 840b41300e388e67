// Applies each mutant of a list to a copy of the project, one at a time, and runs the test that
// must fail then. A mutant that survives is a hole in the tests; a text that is not found exactly
// once is an outdated list.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureDependencies, root } from './project.mjs';

/** @typedef {{ what: string, file: string, find: string, replace: string, test: string }} Mutant */

const COPIED = [
  'runtime',
  'program',
  'test',
  'package.json',
  'tsconfig.json',
  'tsconfig.base.json',
];

const run = promisify(execFile);

await ensureDependencies();
/** @type {Mutant[]} */
const mutants = JSON.parse(await readFile(join(root, 'test/mutants.json'), 'utf8'));
const copy = await mkdtemp(join(tmpdir(), 'portals-mutants-'));
try {
  for (const name of COPIED) await cp(join(root, name), join(copy, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  const tests = new Set(mutants.map(({ test }) => test));
  for (const test of tests) {
    if (!(await passes(test))) throw new Error(`${test} fails without any mutant`);
  }
  const survivors = [];
  for (const mutant of mutants) {
    const killed = await isKilled(mutant);
    console.log(`${killed ? 'killed  ' : 'SURVIVED'}  ${mutant.what}`);
    if (!killed) survivors.push(mutant);
  }
  process.exitCode = survivors.length === 0 ? 0 : 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}

/** @param {Mutant} mutant */
async function isKilled({ what, file, find, replace, test }) {
  const path = join(copy, file);
  const text = await readFile(path, 'utf8');
  if (text.split(find).length !== 2) throw new Error(`${what}: ${file} has not one '${find}'`);
  await writeFile(
    path,
    text.replace(find, () => replace),
  );
  try {
    return !(await passes(test));
  } finally {
    await writeFile(path, text);
  }
}

/** @param {string} test */
async function passes(test) {
  try {
    await run(process.execPath, ['--import', 'tsx', '--test', test], { cwd: copy });
    return true;
  } catch {
    return false;
  }
}
