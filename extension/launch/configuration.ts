import { basename, extname, isAbsolute, join } from 'node:path';
import { UserError } from '../user-error.ts';
import { ATTRIBUTE_RULES, PROGRAM_EXTENSIONS } from './attributes.ts';

/** A launch configuration of type `portals`, compatible with VS Code's `DebugConfiguration`. */
export interface PortalsConfiguration {
  type: string;
  name: string;
  request: string;
  [attribute: string]: unknown;
}

/** Access to the files that a configuration names. */
export interface FileLookup {
  isFile(path: string): boolean;
}

/** The configuration for F5 and the code lenses: stops before the first atom. */
export function configurationFor(program: string, name = basename(program)): PortalsConfiguration {
  return { type: 'portals', request: 'launch', name, program, stopOnEntry: true };
}

/**
 * Fills in omitted attributes. Without a `launch.json`, VS Code passes an empty configuration; it
 * then debugs the active file.
 *
 * @throws UserError if there is no program.
 */
export function completeConfiguration(
  given: Partial<PortalsConfiguration>,
  activeFile: string | undefined,
): PortalsConfiguration {
  // VS Code does not show the output of a run without debugging by default.
  const console = given['noDebug'] === true ? { internalConsoleOptions: 'openOnSessionStart' } : {};
  if (given.type === undefined && given.request === undefined) {
    if (activeFile === undefined) throw noProgram();
    return { ...console, ...given, ...configurationFor(activeFile) };
  }
  const program = given['program'] ?? activeFile;
  // VS Code itself would only report that it cannot resolve the variable.
  const needsActiveFile = typeof program === 'string' && /\$\{(relative)?file\w*\}/i.test(program);
  if (program === undefined || (needsActiveFile && activeFile === undefined)) throw noProgram();
  return {
    ...console,
    ...given,
    type: 'portals',
    request: given.request ?? 'launch',
    name: given.name ?? 'Portals',
    program,
  };
}

/**
 * Validates a configuration with substituted variables and makes its paths absolute.
 *
 * @throws UserError for the first invalid attribute.
 */
export function checkConfiguration(
  given: PortalsConfiguration,
  folder: string | undefined,
  files: FileLookup,
): PortalsConfiguration {
  checkAttributes(given);
  const config = { ...given };
  for (const attribute of ['program', 'trace', 'replay']) {
    const path = config[attribute];
    if (typeof path === 'string') config[attribute] = absolute(path, folder, attribute);
  }
  checkProgram(String(config['program']), files);
  const replay = config['replay'];
  if (typeof replay === 'string' && !files.isFile(replay)) {
    throw new UserError(
      'PORTALS_REPLAY_MISSING',
      `The trace '${replay}' does not exist.`,
      "Correct 'replay' in the launch configuration, or remove it to run without a trace.",
      [OPEN_LAUNCH_JSON],
    );
  }
  return config;
}

const OPEN_LAUNCH_JSON = {
  title: 'Open launch.json',
  command: 'workbench.action.debug.configure',
} as const;

const OPEN_EXAMPLE = { title: 'Open an Example', command: 'portals.openExample' } as const;

function noProgram(): UserError {
  return new UserError(
    'PORTALS_NO_PROGRAM',
    'No portal app is open.',
    `Open one (${PROGRAM_EXTENSIONS.join(', ')}), or set 'program' in launch.json.`,
    [OPEN_EXAMPLE],
  );
}

function checkAttributes(config: PortalsConfiguration): void {
  if (config.request !== 'launch') {
    throw new UserError(
      'PORTALS_REQUEST',
      `The request '${config.request}' is not supported.`,
      "Set 'request' to 'launch' in the launch configuration.",
      [OPEN_LAUNCH_JSON],
    );
  }
  for (const [name, rule] of Object.entries(ATTRIBUTE_RULES)) {
    const value = config[name];
    if (value === undefined || rule.accepts(value)) continue;
    throw new UserError(
      'PORTALS_ATTRIBUTE',
      `'${name}' of the launch configuration must be ${rule.expected}; it is ${shown(value)}.`,
      'Correct it in launch.json.',
      [OPEN_LAUNCH_JSON],
    );
  }
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? typeof value;
}

function absolute(path: string, folder: string | undefined, attribute: string): string {
  if (isAbsolute(path)) return path;
  if (folder !== undefined) return join(folder, path);
  throw new UserError(
    'PORTALS_RELATIVE_PATH',
    `'${attribute}' is the relative path '${path}', but no folder is open.`,
    'Open the folder it belongs to, or give an absolute path.',
  );
}

function checkProgram(program: string, files: FileLookup): void {
  const extension = extname(program).toLowerCase();
  if (!PROGRAM_EXTENSIONS.includes(extension)) {
    throw new UserError(
      'PORTALS_PROGRAM_KIND',
      `'${basename(program)}' is not a program that Portals can run.`,
      `Choose a file that ends in ${PROGRAM_EXTENSIONS.join(', ')}.`,
      [OPEN_EXAMPLE, OPEN_LAUNCH_JSON],
    );
  }
  if (!files.isFile(program)) {
    throw new UserError(
      'PORTALS_PROGRAM_MISSING',
      `The program '${program}' does not exist.`,
      "Correct 'program' in launch.json, or save the file first.",
      [OPEN_LAUNCH_JSON],
    );
  }
}
