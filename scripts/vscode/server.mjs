import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, start, stop } from '../process.mjs';

/** @typedef {import('./install-server.mjs').Server} Server */

/**
 * @typedef {object} ServeOptions
 * @property {string} data where settings, extensions and logs go
 * @property {number} [port] default: a free one
 * @property {Readonly<Record<string, unknown>>} [settings] the user's settings
 * @property {string} [vsix] an extension to install first
 */

/**
 * A VS Code server that listens on the loopback interface.
 * @typedef {object} Running
 * @property {number} port
 * @property {string} log the file with its output
 * @property {Promise<number | string>} ended
 * @property {() => Promise<void>} stop ends it and everything it started
 */

/** Nothing asks, updates, phones home or greets. */
const quietSettings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/**
 * Serves VS Code until `stop` is called.
 * @param {Server} server
 * @param {ServeOptions} options
 * @returns {Promise<Running>}
 */
export async function serve(server, { data, port = 0, settings = {}, vsix }) {
  const log = join(data, 'server.log');
  const settingsFile = join(data, 'data', 'User', 'settings.json');
  mkdirSync(dirname(settingsFile), { recursive: true });
  writeFileSync(settingsFile, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  writeFileSync(log, '');
  const main = join(server.folder, 'out', 'server-main.js');
  const common = [main, '--server-data-dir', data, '--accept-server-license-terms'];
  if (vsix) {
    await run(server.node, [...common, '--install-extension', vsix, '--force'], { log });
  }
  const network = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  const args = [...common, ...network, '--telemetry-level', 'off'];
  const address = listening(log);
  const child = await start(server.node, args, { log, onOutput: address.onOutput });
  const { ended } = child;
  try {
    const port = await Promise.race([address.port, endedEarly(ended, log)]);
    return { port, log, ended, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/**
 * The address of the workbench with a folder open. The payload gives a web workbench the
 * options that a desktop one takes from the command line.
 * @param {number} port
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} [payload] paths by option
 */
export function workbenchAddress(port, folder, payload = {}) {
  const entries = Object.entries(payload).map(([option, path]) => [
    option,
    `vscode-remote://127.0.0.1:${port}${path}`,
  ]);
  const query = new URLSearchParams({ folder });
  if (entries.length > 0) query.set('payload', JSON.stringify(entries));
  return `http://127.0.0.1:${port}/?${query}`;
}

/**
 * Waits for the server to announce its port, for a minute.
 * @param {string} log
 */
function listening(log) {
  let output = '';
  /** @type {(port: number) => void} */
  let announce = () => {};
  /** @type {Promise<number>} */
  const port = new Promise((resolve, reject) => {
    announce = resolve;
    setTimeout(
      () => reject(new Error(`VS Code's server is silent:\n${tail(log)}`)),
      60_000,
    ).unref();
  });
  const onOutput = (/** @type {string} */ text) => {
    output += text;
    const match = /Extension host agent listening on (\d+)/.exec(output);
    if (match) announce(Number(match[1]));
  };
  return { port, onOutput };
}

/**
 * @param {Promise<number | string>} ended
 * @param {string} log
 * @returns {Promise<never>}
 */
async function endedEarly(ended, log) {
  throw new Error(`VS Code's server ended with ${await ended}:\n${tail(log)}`);
}

/** @param {string} log */
function tail(log) {
  return readFileSync(log, 'utf8').split('\n').slice(-20).join('\n');
}
