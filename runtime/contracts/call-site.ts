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
  return parseCallSite(new Error('call site').stack);
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
  readonly #error = new Error('call trace');

  /** `LINE:COLUMN` of the script, or nothing where the engine gives no stack. */
  get text(): string {
    const site = parseCallSite(this.#error.stack);
    return site === undefined ? '' : `${site.line}:${site.column}`;
  }
}
