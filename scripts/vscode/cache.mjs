import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from '../project.mjs';

/** Where windows keep their settings, extensions and logs. */
export const scratch = join(root, '.vscode-test');

/** Where downloads stay: the same place, or PORTALS_VSCODE_CACHE to share one among checkouts. */
export const cache = resolve(process.env['PORTALS_VSCODE_CACHE'] || scratch);

/**
 * Runs the named steps of an installation that are not done yet, in order. A stamp in the folder
 * lists the finished steps, so that an interrupted installation resumes where it stopped.
 * @param {string} folder
 * @param {Readonly<Record<string, () => Promise<void>>>} steps
 * @param {(step: string) => void} announce
 */
export async function install(folder, steps, announce) {
  if (pending(folder, steps).length === 0) return;
  const unlock = await lock(folder);
  try {
    for (const step of pending(folder, steps)) {
      announce(step);
      await steps[step]?.();
      writeFileSync(stampFile(folder), JSON.stringify([...done(folder), step]));
    }
  } finally {
    unlock();
  }
}

/**
 * A home that can be written to: npm and node-gyp keep their caches there. Service accounts have
 * none, and some machines run tests with HOME pointing nowhere.
 * @returns {NodeJS.ProcessEnv}
 */
export function writableHome() {
  try {
    accessSync(homedir(), constants.W_OK);
    return {};
  } catch {
    const home = join(cache, 'home');
    mkdirSync(home, { recursive: true });
    return { HOME: home };
  }
}

/** @param {string} folder @param {Readonly<Record<string, unknown>>} steps */
function pending(folder, steps) {
  const finished = done(folder);
  return Object.keys(steps).filter((step) => !finished.includes(step));
}

/** @param {string} folder @returns {string[]} */
function done(folder) {
  return existsSync(stampFile(folder)) ? JSON.parse(readFileSync(stampFile(folder), 'utf8')) : [];
}

/** @param {string} folder */
function stampFile(folder) {
  return join(folder, 'installed.json');
}

/**
 * Waits until no other process installs into the folder. A lock whose owner died does not count.
 * @param {string} folder
 * @returns {Promise<() => void>}
 */
async function lock(folder) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch {
      if (existsSync(file) && !alive(owner(file))) rmSync(file, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/**
 * The process that holds a lock; this one while the file is being written or removed.
 * @param {string} file
 */
function owner(file) {
  try {
    return Number(readFileSync(file, 'utf8')) || process.pid;
  } catch {
    return process.pid;
  }
}

/** @param {number} pid */
function alive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
