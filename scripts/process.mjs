/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] added to this process's environment
 * @property {string} [log] a file that the output is appended to, instead of the terminal
 *
 * @typedef {object} Child
 * @property {number | undefined} pid undefined when the command could not be started
 * @property {Promise<number | string>} ended the exit code, or the name of the signal that ended it
 */

/** @type {Set<Child>} */
const running = new Set();
let stopping = false;

/**
 * Runs a command to its end and rejects when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export async function run(command, args, options = {}) {
  const child = await start(command, args, options);
  const end = await child.ended;
  if (end === 0) return;
  const where = options.log ? ` (its output: ${options.log})` : '';
  throw new Error(`${command} ${args.join(' ')} ended with ${end}${where}`);
}

/**
 * Runs npm, whatever called this process.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function npm(args, options = {}) {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args], options);
  return run('npm', args, options);
}

/**
 * Starts a command as the leader of its own process group, so that `stop` reaches what it starts.
 * Without a log, this process's terminal is the command's.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions & { onOutput?: (text: string) => void }} [options] `onOutput` receives what
 *   the command prints to stdout besides the log
 * @returns {Promise<Child>}
 */
export async function start(command, args, { cwd, env, log, onOutput } = {}) {
  // Loaded here because this module also installs the packages on a bare clone.
  const { execa } = await import('execa');
  const output = log ? /** @type {const} */ ({ file: log, append: true }) : 'inherit';
  const subprocess = execa(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    stdin: 'ignore',
    stdout: onOutput ? [output, 'pipe'] : output,
    stderr: output,
    buffer: false,
    reject: false,
    // execa's own clean-up ends the child alone, and not the group that it leads.
    detached: process.platform !== 'win32',
    cleanup: false,
  });
  if (onOutput) subprocess.stdout?.on('data', (chunk) => onOutput(String(chunk)));
  const ended = subprocess.then((result) => {
    running.delete(child);
    const end = result.exitCode ?? result.signal;
    if (end === undefined) throw new Error(result.originalMessage ?? `${command} did not start`);
    return end;
  });
  // A caller that does not wait for the end does not need the error either.
  ended.catch(() => {});
  const child = { pid: subprocess.pid, ended };
  running.add(child);
  return child;
}

/**
 * Ends a process and everything it started: asks first, insists after three seconds.
 * @param {Child} child
 */
export async function stop(child) {
  signalGroup(child, 'SIGTERM');
  const grace = AbortSignal.timeout(3000);
  while (signalGroup(child, 0) && !grace.aborted) await new Promise((r) => setTimeout(r, 50));
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
 * @param {Child} child
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
