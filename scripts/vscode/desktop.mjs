import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cache } from './cache.mjs';
import { onPath } from './chromium.mjs';

/**
 * A desktop VS Code: VSCODE_PATH, else `code` on PATH, else a download of the given version.
 * Undefined where there is no screen to show it on, or nothing can be downloaded.
 * @param {{ version?: string, installed?: boolean }} [wanted] `installed` (default) accepts any
 *   version that is on PATH
 * @returns {Promise<string | undefined>}
 */
export async function findDesktop({ version = 'stable', installed = true } = {}) {
  const named = process.env['VSCODE_PATH'];
  if (named) return named;
  if (!hasScreen()) return undefined;
  const command = installed
    ? onPath(process.platform === 'win32' ? 'code.cmd' : 'code')
    : undefined;
  if (command) return applicationOf(command);
  try {
    const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
    return await downloadAndUnzipVSCode({ version, cachePath: cache, timeout: 10_000 });
  } catch (error) {
    console.log(`No desktop VS Code could be downloaded: ${error}`);
    return undefined;
  }
}

function hasScreen() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/**
 * The application that the command `code` starts and then leaves to itself: only the application
 * itself can be waited for and stopped.
 * @param {string} command
 */
function applicationOf(command) {
  const folder = dirname(realpathSync(command));
  const candidates = ['../code', '../Code.exe', '../../../MacOS/Electron'];
  return candidates.map((path) => join(folder, path)).find(existsSync) ?? command;
}
