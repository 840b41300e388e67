import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] added to this process's environment
 * @property {string} [log] a file that receives the output instead of the terminal
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let stopping = false;

/**
 * Runs a command to its end and rejects when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export async function run(command, args, options = {}) {
  const child = start(command, args, options);
  const code = await exited(child);
  if (code === 0) return;
  const where = options.log ? ` (its output: ${options.log})` : '';
  throw new Error(`${command} ${args.join(' ')} ended with ${code}${where}`);
}

/**
 * Runs npm, whatever called this process.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function npm(args, options = {}) {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args], options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

/**
 * Starts a command as the leader of its own process group, so that `stop` reaches what it starts.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions & { piped?: boolean }} [options]
 */
export function start(command, args, options = {}) {
  const output = options.log || options.piped ? 'pipe' : 'inherit';
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', output, output],
    detached: process.platform !== 'win32',
    shell: command.endsWith('.cmd'),
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  if (options.log) {
    const log = createWriteStream(options.log, { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.once('close', () => log.end());
  }
  return child;
}

/**
 * Resolves with the exit code, or the name of the signal that ended the process.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number | string>}
 */
export function exited(child) {
  return new Promise((resolve, reject) => {
    if (child.exitCode !== null) return resolve(child.exitCode);
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
}

/**
 * Ends a process and everything it started: asks first, insists after three seconds.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function stop(child) {
  signalGroup(child, 'SIGTERM');
  const grace = AbortSignal.timeout(3000);
  while (groupAlive(child) && !grace.aborted) await new Promise((r) => setTimeout(r, 50));
  signalGroup(child, 'SIGKILL');
  running.delete(child);
}

/** Ends on Ctrl+C, on a closed terminal and on an exit everything that `start` started. */
export function stopAllAtExit() {
  process.once('exit', () => {
    for (const child of running) signalGroup(child, 'SIGKILL');
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, async () => {
      stopping = true;
      await Promise.all([...running].map(stop));
      process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  }
}

/** Whether a signal is ending this process, so that ends of what it started are no failures. */
export function isStopping() {
  return stopping;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether there was anything to signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return false;
  try {
    return process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // The group is gone, which is what the caller wants.
    return false;
  }
}

/** @param {import('node:child_process').ChildProcess} child */
function groupAlive(child) {
  return signalGroup(child, 0);
}
