import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from '../process.mjs';
import { root } from '../project.mjs';
import { compileTests } from './compile-tests.mjs';

/** @typedef {import('./summary.mjs').Counts} Counts */

/** The folders of test/ that need more than Node; every other one is `unit` or `properties`. */
const folders = {
  adapter: 'debug-adapter',
  webview: 'webview',
  extension: 'extension-host',
  e2e: 'e2e',
};

/** Groups of unit tests: enough of them that two processors finish at about the same time. */
const unitGroups = 4;

/**
 * Runs the files of a part with Node's test runner.
 * @param {'unit' | 'properties' | 'adapter' | 'webview' | 'e2e'} part
 * @returns {Promise<Counts>}
 */
export async function runNodeTests(part) {
  const files = testFiles().filter((file) => partOf(file) === part);
  if (files.length === 0) throw new Error(`There are no ${part} tests below test/.`);
  const scripts = await compileTests(groupsOf(part, files), join(root, 'test-results', part));
  const record = join(root, 'test-results', `${part}.tap`);
  // Panels run one at a time because their tests measure how smoothly they move.
  const atOnce = part === 'webview' ? 1 : availableParallelism();
  rmSync(record, { force: true });
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${record}`,
  ];
  const args = ['--test', `--test-concurrency=${atOnce}`, ...reporters, ...scripts];
  // An outer test run marks its children; these are not its children.
  const env = { NODE_TEST_CONTEXT: undefined };
  try {
    await run(process.execPath, args, { cwd: root, env });
  } catch (error) {
    const counts = existsSync(record) ? countsOf(record) : undefined;
    if (!counts?.failed) throw error;
    return counts;
  }
  return countsOf(record);
}

/**
 * Most unit tests take less time than a process takes to start and to warm up, so they share a few
 * processes; every other file has a process of its own.
 * @param {string} part
 * @param {readonly string[]} files
 */
function groupsOf(part, files) {
  if (part !== 'unit') return files.map((file) => [file]);
  return Array.from({ length: unitGroups }, (_, group) =>
    files.filter((_file, index) => index % unitGroups === group),
  );
}

function testFiles() {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join('test', file))
    .sort();
}

/**
 * Properties take minutes: crashes swept over the points of a program, generated applications and
 * topologies, and the authors' types, each mistake checked by the compiler.
 * The unit tests are for the inner loop.
 * @param {string} file
 */
function partOf(file) {
  if (/[\\/]properties[\\/]|^test[\\/]types[\\/]|-sweep\.test\.ts$/.test(file)) return 'properties';
  const folder = file.split(/[\\/]/)[1];
  return Object.entries(folders).find(([, name]) => name === folder)?.[0] ?? 'unit';
}

/**
 * Reads the totals with which a TAP record ends.
 * @param {string} record
 * @returns {Counts}
 */
function countsOf(record) {
  const text = readFileSync(record, 'utf8');
  const total = (/** @type {string} */ name) =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return { passed: total('pass'), failed: total('fail') + total('cancelled') };
}
