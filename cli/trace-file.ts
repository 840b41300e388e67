import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import {
  type Bundle,
  formatTrace,
  ProgramError,
  parseTrace,
  TRACE_VERSION,
  type Trace,
  TraceError,
  type TraceRecord,
} from '../program/index.ts';
import type { RunOptions } from '../runtime/index.ts';

/**
 * Writes the trace of a run of `bundled` to `file`.
 *
 * @throws ProgramError PORTALS_TRACE_UNWRITABLE
 */
export function writeTrace(
  file: string,
  bundled: Bundle,
  options: RunOptions,
  records: readonly TraceRecord[],
): void {
  const directory = dirname(resolve(file));
  const trace: Trace = {
    header: {
      kind: 'header',
      version: TRACE_VERSION,
      program: relative(directory, bundled.program).replaceAll('\\', '/'),
      hash: bundled.hash,
      options,
      engine: { node: process.versions.node, v8: process.versions.v8 },
    },
    records,
  };
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(file, formatTrace(trace));
  } catch (error) {
    throw failure('PORTALS_TRACE_UNWRITABLE', `cannot write '${file}'`, error);
  }
}

/**
 * Reads the trace in `file`; `program` is its program's absolute path.
 *
 * @throws ProgramError PORTALS_TRACE_UNREADABLE
 */
export function readTrace(file: string): Trace & { readonly program: string } {
  try {
    const trace = parseTrace(readFileSync(file, 'utf8'));
    return { ...trace, program: resolve(dirname(file), trace.header.program) };
  } catch (error) {
    const code = error instanceof TraceError ? error.code : 'PORTALS_TRACE_UNREADABLE';
    throw failure(code, `cannot read '${file}'`, error);
  }
}

function failure(code: string, what: string, error: unknown): ProgramError {
  const message = `${what}: ${(error as Error).message}`;
  return new ProgramError([{ code, message }], { cause: error });
}
