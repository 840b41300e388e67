import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { npm } from '../process.mjs';
import { cache, install, writableHome } from './cache.mjs';

/** @typedef {import('./releases.mjs').Release} Release */

/**
 * An installed VS Code server: the Node that runs it and the folder of its `out/server-main.js`.
 * @typedef {{ readonly release: Release, readonly node: string, readonly folder: string }} Server
 */

/**
 * Installs a release from npm into the cache, or finds it there.
 * @param {Release} release
 * @returns {Promise<Server>}
 */
export async function installServer(release) {
  const folder = join(cache, `code-server-${release.codeServer}`);
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const node = await installNode(release.nodeMajor);
  const log = join(folder, 'install.log');
  const building = { env: buildEnvironment(node), log };
  const production = ['install', '--omit=dev', '--ignore-scripts'];
  await install(
    folder,
    {
      'the server': () => {
        const add = ['install', '--ignore-scripts', `code-server@${release.codeServer}`];
        return npm(add, { ...building, cwd: packageFolder(folder) });
      },
      'its dependencies': () => npm(production, { ...building, cwd: vscode }),
      'native modules': async () => {
        await npm(['rebuild', ...release.natives], { ...building, cwd: vscode });
        await rebuildTerminal(vscode, building);
      },
      'its extensions': async () => {
        await npm(production, { ...building, cwd: join(vscode, 'extensions') });
        // The workbench asks for its parsers where a desktop build has them.
        const archive = join(vscode, 'node_modules.asar');
        if (!existsSync(archive)) symlinkSync('node_modules', archive);
      },
      'file search': () => installSearch(folder, vscode, building),
    },
    (step) => console.log(`VS Code ${release.version}: installing ${step}…`),
  );
  return { release, node: node.executable, folder: vscode };
}

/**
 * @typedef {{ readonly executable: string, readonly headers: string | undefined }} NodeInstallation
 */

/**
 * This process's Node when it is of the asked major version and has the headers that native modules
 * are compiled against; otherwise one from npm, which needs no other host to be reachable.
 * @param {number} major
 * @returns {Promise<NodeInstallation>}
 */
async function installNode(major) {
  const own = nodeAt(process.execPath);
  if (process.versions.node.startsWith(`${major}.`) && own.headers) return own;
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(cache, `node-${major}`);
  const add = ['install', '--ignore-scripts', `${name}@${major}`];
  const log = join(folder, 'install.log');
  await install(
    folder,
    { node: () => npm(add, { cwd: packageFolder(folder), env: writableHome(), log }) },
    () => console.log(`Node ${major}: installing…`),
  );
  return nodeAt(join(folder, 'node_modules', name, 'bin', 'node'));
}

/** @param {string} executable @returns {NodeInstallation} */
function nodeAt(executable) {
  const prefix = dirname(dirname(executable));
  const headers = existsSync(join(prefix, 'include', 'node', 'node.h')) ? prefix : undefined;
  return { executable, headers };
}

/** @param {NodeInstallation} node @returns {NodeJS.ProcessEnv} */
function buildEnvironment(node) {
  const path = [dirname(node.executable), process.env['PATH']].join(delimiter);
  const headers = node.headers ? { npm_config_nodedir: node.headers } : {};
  return { ...writableHome(), ...headers, PATH: path };
}

/**
 * npm installs into the nearest package, which must not be the project itself.
 * @param {string} folder
 */
function packageFolder(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  return folder;
}

/**
 * Releases whose search tool is downloaded from elsewhere by its post-install step get the same
 * tool from the package that newer releases have it from.
 * @param {string} folder
 * @param {string} vscode
 * @param {import('../process.mjs').RunOptions} options
 */
async function installSearch(folder, vscode, options) {
  const place = join(vscode, 'node_modules', '@vscode', 'ripgrep');
  if (!existsSync(place)) return;
  const name = '@vscode/ripgrep-universal';
  await npm(['install', '--ignore-scripts', `${name}@1.18`], { ...options, cwd: folder });
  const platform = `${process.platform}-${process.arch}`;
  const binaries = join(folder, 'node_modules', name, 'bin', platform);
  cpSync(binaries, join(place, 'bin'), { recursive: true });
}

/**
 * The terminal's module fails in its post-install step on Linux, after what is needed was built.
 * @param {string} vscode
 * @param {import('../process.mjs').RunOptions} options
 */
async function rebuildTerminal(vscode, options) {
  try {
    await npm(['rebuild', 'node-pty'], { ...options, cwd: vscode });
  } catch (error) {
    const built = join(vscode, 'node_modules', 'node-pty', 'build', 'Release', 'pty.node');
    if (!existsSync(built)) throw error;
  }
}
