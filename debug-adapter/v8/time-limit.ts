import { AdapterError } from '../dap/errors.ts';
import { CdpError } from './cdp.ts';

/**
 * What the user did not ask for must not be waited for. Conditions end by themselves, unless what
 * they call has no end.
 */
const LIMITS_MS = new Map([
  ['hover', 500],
  ['repl', 10_000],
  ['condition', 3000],
]);
const LIMIT_MS = 1000;

/** How long an expression may take; `context` is DAP's. */
export function limitOf(context: string): number {
  return LIMITS_MS.get(context) ?? LIMIT_MS;
}

/** V8's answer to what it was given so much time for, or in plain words that it took longer. */
export async function inTime<Answer>(answer: Promise<Answer>, limitMs: number): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof CdpError) || !/^Execution was terminated/.test(error.message)) {
      throw error;
    }
    const limit = limitMs < 1000 ? `${limitMs} ms` : `${limitMs / 1000} s`;
    const said = `the expression took longer than ${limit}, and was ended; what it did stays done`;
    throw new AdapterError('EVALUATION_FAILED', said);
  }
}
