import { isAbsolute } from 'node:path';
import * as z from 'zod/mini';
import {
  DEFAULT_OPTIONS,
  type Fault,
  type HandlerErrorPolicy,
  parseFault,
  type RunOptions,
} from '../../runtime/index.ts';
import { AdapterError } from '../dap/errors.ts';
import { parse } from '../dap/parse.ts';
import { pathOf } from '../v8/script/file-names.ts';

const wholeNumber = (least: number) => z.int().check(z.gte(least));

/** Clients add attributes of their own, which are none of our business. */
const launchArguments = z.looseObject({
  program: z
    .pipe(
      z.string(),
      z.transform((name) => pathOf(name)),
    )
    .check(z.refine(isAbsolute, 'must be an absolute path')),
  seed: z.optional(z.int()),
  schedule: z.optional(z.enum(['drain', 'random', 'pct', 'manual'])),
  stopOnEntry: z.optional(z.boolean()),
  faults: z.optional(z.array(z.string())),
  snapshotEvery: z.optional(wholeNumber(1)),
  onHandlerError: z.optional(z.string()),
  maxSteps: z.optional(wholeNumber(1)),
  env: z.optional(z.record(z.string(), z.string())),
  noDebug: z.optional(z.boolean()),
  trace: z.optional(z.string()),
  replay: z.optional(z.string()),
  logFile: z.optional(z.string().check(z.refine(isAbsolute, 'must be an absolute path'))),
  /** Of interest to who starts the adapter. */
  runtimeExecutable: z.nullish(z.string()),
});

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
  const { program, stopOnEntry = false, noDebug = false, env = {} } = given;
  const options: RunOptions = {
    seed: given.seed ?? DEFAULT_OPTIONS.seed,
    schedule: given.schedule ?? DEFAULT_OPTIONS.schedule,
    faults: (given.faults ?? []).map(readFault),
    snapshotEvery: given.snapshotEvery ?? DEFAULT_OPTIONS.snapshotEvery,
    onHandlerError: readPolicy(given.onHandlerError ?? 'propagate'),
    ...(given.maxSteps !== undefined && { maxSteps: given.maxSteps }),
  };
  const { logFile } = given;
  return { program, options, env, stopOnEntry, noDebug, ...(logFile !== undefined && { logFile }) };
}

function readFault(spec: string): Fault {
  try {
    return parseFault(spec);
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error));
  }
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
