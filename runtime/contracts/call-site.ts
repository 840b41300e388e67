/**
 * Where in the running script a builder method was called. `url`, `line` and `column` (1-based)
 * are those the JavaScript engine reports, that is, positions in the bundled script; the host maps
 * them to the author's source.
 */
export interface CallSite {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** The script name under which hosts evaluate the runtime; frames of it are never call sites. */
export const RUNTIME_URL = 'portals-runtime.js';

const FRAME = /(?:\(|at (?:async )?)([^()\s][^()]*):(\d+):(\d+)\)?$/;

/** The nearest caller outside the runtime, or `undefined` when the engine gives no stack. */
export function captureCallSite(): CallSite | undefined {
  return parseCallSite(defaultStackOf(errorWithFrames('call site')));
}

let formatsByDefault = false;

/** Whether a stack is being read by the runtime, which does not want the program's own format. */
export function isReadByRuntime(): boolean {
  return formatsByDefault;
}

/** The stack of `error` as V8 writes it, whatever the program made of `prepareStackTrace`. */
function defaultStackOf(error: Error): string | undefined {
  formatsByDefault = true;
  try {
    return error.stack;
  } finally {
    formatsByDefault = false;
  }
}

const scriptStacks = new WeakMap<object, string>();

/** Remembers a stack with positions in the script; the program sees another text. */
export function keepScriptStack(error: object, text: string): void {
  scriptStacks.set(error, text);
}

/** The stack of an error with positions in the script; its `stack` is for the program. */
export function scriptStackOf(error: Error): string | undefined {
  const { stack } = error;
  return scriptStacks.get(error) ?? stack;
}

/** V8's own default. */
export const FRAMES_MAX = 10;

/** An error that has frames, whatever limit the program has set. */
function errorWithFrames(message: string): Error {
  const limited = Error as { stackTraceLimit?: number };
  const limit = limited.stackTraceLimit;
  limited.stackTraceLimit = FRAMES_MAX;
  const error = new Error(message);
  if (limit !== FRAMES_MAX) limited.stackTraceLimit = limit as number;
  return error;
}

/** The first frame of `stack` (V8's format) that is neither the runtime nor the platform. */
export function parseCallSite(stack: string | undefined): CallSite | undefined {
  for (const line of stack?.split('\n').slice(1) ?? []) {
    const match = FRAME.exec(line.trim());
    const [, url, row, column] = match ?? [];
    if (url === undefined || url.endsWith(RUNTIME_URL) || url.startsWith('node:')) continue;
    return { url, line: Number(row), column: Number(column) };
  }
  return undefined;
}

/** The place of a call in the author's script. V8 formats the stack only when it is read. */
export class CallTrace {
  readonly #error = errorWithFrames('call trace');

  /** `LINE:COLUMN` of the script, or nothing where the engine gives no stack. */
  get text(): string {
    const site = parseCallSite(defaultStackOf(this.#error));
    return site === undefined ? '' : `${site.line}:${site.column}`;
  }
}
