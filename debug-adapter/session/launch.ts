import { isAbsolute } from 'node:path';
import { DEFAULT_OPTIONS, type HandlerErrorPolicy, type RunOptions } from '../../runtime/index.ts';
import { AdapterError } from '../dap/errors.ts';
import { parse } from '../dap/parse.ts';
import { launchArguments } from '../protocol.ts';
import { pathOf } from '../v8/script/file-names.ts';

/** What is to be run, and how. */
export interface Launch {
  readonly program: string;
  readonly options: RunOptions;
  readonly env: Readonly<Record<string, string>>;
  readonly stopOnEntry: boolean;
  readonly noDebug: boolean;
  /** Where the protocol traffic is written. */
  readonly logFile?: string;
}

/** @throws AdapterError naming the attribute that is wrong, and what it takes. */
export function readLaunch(args: unknown): Launch {
  const given = parse(launchArguments, args, 'launch', true);
  for (const attribute of ['trace', 'replay'] as const) {
    if (given[attribute] === undefined) continue;
    throw bad(`'${attribute}': there are no traces in this version yet; remove the attribute`);
  }
  const program = absolute('program', pathOf(given.program));
  const { stopOnEntry = false, noDebug = false, env = {} } = given;
  const options: RunOptions = {
    seed: given.seed ?? DEFAULT_OPTIONS.seed,
    schedule: given.schedule ?? DEFAULT_OPTIONS.schedule,
    faults: given.faults ?? [],
    snapshotEvery: given.snapshotEvery ?? DEFAULT_OPTIONS.snapshotEvery,
    onHandlerError: readPolicy(given.onHandlerError ?? 'propagate'),
    ...(given.maxSteps !== undefined && { maxSteps: given.maxSteps }),
  };
  const logFile = given.logFile && absolute('logFile', given.logFile);
  return { program, options, env, stopOnEntry, noDebug, ...(logFile !== undefined && { logFile }) };
}

function absolute(attribute: string, path: string): string {
  if (isAbsolute(path)) return path;
  throw bad(`launch: '${attribute}': must be an absolute path`);
}

function readPolicy(text: string): HandlerErrorPolicy {
  const attempts = /^retry\((\d+)\)$/.exec(text)?.[1];
  if (attempts !== undefined) return { kind: 'retry', attempts: Number(attempts) };
  if (text === 'propagate' || text === 'fail') return { kind: text };
  throw bad(`'onHandlerError' is '${text}', but must be propagate, fail or retry(N)`);
}

function bad(message: string): AdapterError {
  return new AdapterError('BAD_REQUEST', message, true);
}
