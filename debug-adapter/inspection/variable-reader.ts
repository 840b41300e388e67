import type { Cdp } from '../v8/cdp.ts';
import type { ValueFormatting } from './remote-values.ts';

/** What reading variables at a pause needs. */
export interface VariableReader extends ValueFormatting {
  readonly cdp: Cdp;
  /** Whether a script of V8's is the program's. */
  readonly isProgram: (scriptId: string) => boolean;
}
