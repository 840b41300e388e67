import { UserError } from '../user-error.ts';

/** The oldest Node.js whose inspector and workers the debug adapter can rely on. */
const NODE_MAJOR_MIN = 20;

/** How to start the debug adapter. */
export interface NodeCommand {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What an executable says of itself when it is run as Node.js. */
export interface NodeIdentity {
  /** As in `v20.1.0`. */
  readonly version: string;
  /** The absolute path of the program that really ran, behind aliases and version managers. */
  readonly executable: string;
}

/** What is looked at to find a Node.js. */
export interface NodeSurroundings {
  /** `undefined` if `command` cannot be started, or is not Node.js. */
  identify(command: string): Promise<NodeIdentity | undefined>;
  /** The executable that runs the extension host, and the Node.js version inside it. */
  readonly ownExecutable: string;
  readonly ownVersion: string;
}

/**
 * The Node.js that runs the debug adapter: the configured one, else `node` on the PATH, which is
 * the one the author's own tools use, else the one inside VS Code.
 *
 * The one on the PATH is started by its full path: VS Code takes the bare name to mean its own.
 *
 * @throws UserError if the configured one does not fit, or nothing does.
 */
export async function chooseNode(
  configured: string | undefined,
  surroundings: NodeSurroundings,
): Promise<NodeCommand> {
  if (configured !== undefined) return configuredNode(configured, surroundings);
  const found = await surroundings.identify('node');
  if (found && majorOf(found.version) >= NODE_MAJOR_MIN) {
    return { command: found.executable, env: {} };
  }
  if (majorOf(surroundings.ownVersion) >= NODE_MAJOR_MIN) {
    return { command: surroundings.ownExecutable, env: { ELECTRON_RUN_AS_NODE: '1' } };
  }
  throw new UserError(
    'PORTALS_NODE_NOT_FOUND',
    found === undefined
      ? 'No Node.js was found to run the debug adapter.'
      : `Node.js ${NODE_MAJOR_MIN} or newer is needed; 'node' on the PATH is ${found.version}.`,
    `Install Node.js ${NODE_MAJOR_MIN} or newer, or set 'runtimeExecutable' in launch.json.`,
  );
}

async function configuredNode(
  command: string,
  surroundings: NodeSurroundings,
): Promise<NodeCommand> {
  const found = await surroundings.identify(command);
  if (found && majorOf(found.version) >= NODE_MAJOR_MIN) {
    return { command: command === 'node' ? found.executable : command, env: {} };
  }
  throw new UserError(
    'PORTALS_RUNTIME_EXECUTABLE',
    found === undefined
      ? `The runtimeExecutable '${command}' could not be started as Node.js.`
      : `The runtimeExecutable '${command}' is ${found.version}.`,
    `Name a Node.js ${NODE_MAJOR_MIN} or newer, or remove 'runtimeExecutable' to have one found.`,
  );
}

/** The major version in `v20.1.0`; 0 for anything else. */
function majorOf(version: string): number {
  return Number(/^v?(\d+)\.\d+\./.exec(version)?.[1] ?? 0);
}
