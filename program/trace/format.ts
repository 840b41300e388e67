import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Fault, isFault, type RunOptions } from '../../runtime/index.ts';

/** The version of the format that this module writes, and the only one it reads. */
export const TRACE_VERSION = 1;

const optionsSchema = z.object({
  seed: z.number().int(),
  schedule: z.enum(['drain', 'random', 'pct', 'manual']),
  faults: z.array(z.custom<Fault>(isFault, 'not a fault')),
  snapshotEvery: z.number().int().min(1),
  onHandlerError: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('propagate') }),
    z.object({ kind: z.literal('retry'), attempts: z.number().int().min(0) }),
    z.object({ kind: z.literal('fail') }),
  ]),
  maxSteps: z.number().int().min(0).optional(),
});

const headerSchema = z.object({
  kind: z.literal('header'),
  version: z.literal(TRACE_VERSION),
  /** The program's file, relative to the directory of the trace. */
  program: z.string(),
  /** The bundle's hash. */
  hash: z.string(),
  options: optionsSchema,
  engine: z.object({ node: z.string(), v8: z.string() }),
});

const recordSchema = z.object({
  /** `decision`: a step chosen; `fault`: a crash that happened; `end`: the run came to rest. */
  kind: z.enum(['decision', 'fault', 'end']),
  label: z.string(),
  /** A rolling hash of everything that the run decided and committed up to this line. */
  hash: z.string(),
});

/** One line after the header. */
export type TraceRecord = z.infer<typeof recordSchema>;

export type TraceHeader = Omit<z.infer<typeof headerSchema>, 'options'> & {
  readonly options: RunOptions;
};

/** A recorded run: with the program it determines the run to the bit. */
export interface Trace {
  readonly header: TraceHeader;
  readonly records: readonly TraceRecord[];
}

/** A text that is no trace; the message names the line and what is wrong with it. */
export class TraceError extends Error {
  readonly code = 'PORTALS_TRACE_UNREADABLE';
}

/**
 * Parses the text of a `.ptrace` file.
 *
 * @throws TraceError if the text is not a trace of this version.
 */
export function parseTrace(text: string): Trace {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [first, ...rest] = lines;
  if (first === undefined) throw new TraceError('the trace is empty');
  const header = parseLine(headerSchema, first, 1);
  const { maxSteps, ...options } = header.options;
  return {
    header: { ...header, options: { ...options, ...(maxSteps !== undefined && { maxSteps }) } },
    records: rest.map((line, at) => parseLine(recordSchema, line, at + 2)),
  };
}

/** The text that {@link parseTrace} parses. */
export function formatTrace({ header, records }: Trace): string {
  return [header, ...records].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The rolling hash after `text` has been added to what `before` stands for. */
export function rollHash(before: string, text: string): string {
  return createHash('sha256').update(before).update('\n').update(text).digest('hex').slice(0, 16);
}

function parseLine<Value>(schema: z.ZodType<Value>, line: string, number: number): Value {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new TraceError(`line ${number} of the trace is not JSON`);
  }
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new TraceError(`line ${number} of the trace: ${where}: ${issue?.message ?? 'invalid'}`);
}
