import { UserError } from '../user-error.ts';

/** The oldest Node.js major version that the debug adapter supports. */
const NODE_MAJOR_MIN = 20;

/** How to start the debug adapter. */
export interface NodeCommand {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The version and path that an executable reports when run as Node.js. */
export interface NodeIdentity {
  /** As in `v20.1.0`. */
  readonly version: string;
  /** The absolute path of the executable, with aliases and version managers resolved. */
  readonly executable: string;
}

/** The environment in which Node.js is searched. */
export interface NodeEnvironment {
  /** `undefined` if `command` cannot be started, or is not Node.js. */
  identify(command: string): Promise<NodeIdentity | undefined>;
  /** The executable that runs the extension host, and the Node.js version inside it. */
  readonly ownExecutable: string;
  readonly ownVersion: string;
}

/**
 * Selects the Node.js that runs the debug adapter: the configured one, else `node` on the PATH,
 * else the one inside VS Code. The one on the PATH is started by its full path, because VS Code
 * resolves the bare name to its own.
 *
 * @throws UserError if the configured one is unsuitable or there is none.
 */
export async function chooseNode(
  configured: string | undefined,
  environment: NodeEnvironment,
): Promise<NodeCommand> {
  if (configured !== undefined) return configuredNode(configured, environment);
  const found = await environment.identify('node');
  if (found && majorOf(found.version) >= NODE_MAJOR_MIN) {
    return { command: found.executable, env: {} };
  }
  if (majorOf(environment.ownVersion) >= NODE_MAJOR_MIN) {
    return { command: environment.ownExecutable, env: { ELECTRON_RUN_AS_NODE: '1' } };
  }
  throw new UserError(
    'PORTALS_NODE_NOT_FOUND',
    found === undefined
      ? 'Node.js was not found. The debug adapter requires it.'
      : `Node.js ${NODE_MAJOR_MIN} or newer is required; 'node' on the PATH is ${found.version}.`,
    `Install Node.js ${NODE_MAJOR_MIN} or newer, or set 'runtimeExecutable' in launch.json.`,
  );
}

async function configuredNode(command: string, environment: NodeEnvironment): Promise<NodeCommand> {
  const found = await environment.identify(command);
  if (found && majorOf(found.version) >= NODE_MAJOR_MIN) {
    return { command: command === 'node' ? found.executable : command, env: {} };
  }
  throw new UserError(
    'PORTALS_RUNTIME_EXECUTABLE',
    found === undefined
      ? `The runtimeExecutable '${command}' could not be started as Node.js.`
      : `The runtimeExecutable '${command}' is ${found.version}.`,
    `Set it to Node.js ${NODE_MAJOR_MIN} or newer, or remove 'runtimeExecutable' to use the default.`,
  );
}

/** The major version in `v20.1.0`; 0 for anything else. */
function majorOf(version: string): number {
  return Number(/^v?(\d+)\.\d+\./.exec(version)?.[1] ?? 0);
}
