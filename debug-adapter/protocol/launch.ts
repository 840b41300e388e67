import * as z from 'zod/mini';
import { faultText } from './fault.ts';

const countFrom1 = z.int().check(z.gte(1));

/**
 * The attributes of a `launch` request, and of a launch configuration of type `portals`. Clients
 * add attributes of their own.
 */
export const launchArguments = z.looseObject({
  /** The portal app: an absolute path to a `.js`, `.mjs`, `.cjs`, `.ts` or `.mts` file. */
  program: z.string(),
  seed: z.optional(z.int()),
  schedule: z.optional(z.enum(['drain', 'random', 'pct', 'manual'])),
  stopOnEntry: z.optional(z.boolean()),
  /** Fault specifications, `crash:TARGET@POINT#N`. */
  faults: z.optional(z.array(faultText)),
  /** Atoms per epoch; default 1. */
  snapshotEvery: z.optional(countFrom1),
  /** `propagate` (default), `retry(n)` or `fail`. */
  onHandlerError: z.optional(z.string()),
  maxSteps: z.optional(countFrom1),
  /** Records a trace to this file. */
  trace: z.optional(z.string()),
  /** Runs a recorded trace instead of choosing. */
  replay: z.optional(z.string()),
  /** An absolute path: versions, errors and all messages are appended to this file. */
  logFile: z.optional(z.string()),
  /** For the client, which starts the adapter with it. */
  runtimeExecutable: z.nullish(z.string()),
  env: z.optional(z.record(z.string(), z.string())),
  noDebug: z.optional(z.boolean()),
});
