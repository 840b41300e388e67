/**
 * The releases of VS Code that run without a desktop: the npm package `code-server` carries the
 * server and its web workbench, with the real extension host.
 *
 * @typedef {object} Release
 * @property {string} version the VS Code version, as users name it
 * @property {string} codeServer the version of the package that carries it
 * @property {number} nodeMajor the Node it needs
 * @property {readonly string[]} natives modules that are compiled, or copied from their prebuilds
 */

/** The oldest VS Code the extension supports: `engines.vscode` in package.json. @type {Release} */
export const oldest = {
  version: '1.100',
  codeServer: '4.100.3',
  nodeMajor: 20,
  natives: ['@vscode/spdlog', 'native-watchdog', '@parcel/watcher'],
};

/** The newest VS Code the extension is tried on, and the one `npm start` serves. @type {Release} */
export const newest = {
  version: '1.139',
  codeServer: '4.139.1',
  nodeMajor: 24,
  natives: [
    '@vscode/spdlog',
    '@vscode/native-watchdog',
    '@vscode/sqlite3',
    '@vscode/fs-copyfile',
    '@vscode/deviceid',
    '@parcel/watcher',
  ],
};
