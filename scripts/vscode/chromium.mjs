import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../process.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Chromium's flags for a machine without a display, which may be a container run by root. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a Chromium: CHROMIUM_PATH, else one on PATH, else one that apt installs.
 * @returns {Promise<string>}
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  const remedy = 'Install Chromium or Chrome, or set CHROMIUM_PATH to one.';
  if (!onPath('apt-get')) throw new Error(`No Chromium on PATH. ${remedy}`);
  console.log('Chromium: installing with apt-get…');
  await apt('update', '-qq');
  await apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  const installed = findChromium();
  if (!installed) throw new Error(`apt-get installed no chromium. ${remedy}`);
  return installed;
}

/** @returns {string | undefined} */
function findChromium() {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  return names.map(onPath).find((path) => path !== undefined);
}

/**
 * The executable of that name on PATH.
 * @param {string} name
 * @returns {string | undefined}
 */
export function onPath(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {readonly string[]} args */
async function apt(...args) {
  const root = process.getuid?.() === 0;
  const command = ['apt-get', ...args];
  const [first = 'apt-get', ...rest] = root ? command : ['sudo', '--non-interactive', ...command];
  await run(first, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
}
