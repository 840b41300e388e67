import { PROGRAM_URL } from '../../program/index.ts';
import type { RecordedInput } from '../../runtime/index.ts';
import { CONTROL_EXPRESSION } from '../agent/index.ts';
import type { Cdp } from './cdp.ts';
import { locationOf } from './script-location.ts';

interface Hidden {
  readonly breakpointId: string;
  readonly condition: string;
}

const PROGRAM_PATTERN = `${PROGRAM_URL.replaceAll('.', '\\.')}$`;

/**
 * Repeats in a run what the user has assigned to variables when it ran before: by breakpoints that
 * never stop, because their conditions do the assigning and are not met.
 */
export class RecordedAssignments {
  private readonly hidden = new Map<string, Hidden>();
  private readonly cdp: Cdp;

  constructor(cdp: Cdp) {
    this.cdp = cdp;
  }

  /** Prepares the run for these `inputs`. */
  async expect(inputs: readonly RecordedInput[]): Promise<void> {
    const wanted = new Map<string, string>();
    for (const [nth, { at: moment, input }] of inputs.entries()) {
      if (input.kind !== 'assign') continue;
      const { at, arrival, assignment } = input;
      const asked = JSON.stringify({ ...moment, at, arrival, nth });
      const due = `${CONTROL_EXPRESSION}.isDue(${asked})`;
      const known = wanted.get(at);
      const condition = `(${due} && void (${assignment}\n))`;
      wanted.set(at, known === undefined ? condition : `${known} || ${condition}`);
    }
    for (const [at, { breakpointId, condition }] of this.hidden) {
      if (wanted.get(at) === condition) continue;
      await this.cdp.send('Debugger.removeBreakpoint', { breakpointId });
      this.hidden.delete(at);
    }
    for (const [at, condition] of wanted) {
      if (!this.hidden.has(at))
        this.hidden.set(at, await setProbe(this.cdp, at, condition, 'assign'));
    }
  }
}

/**
 * Has `condition` evaluated whenever the place `at`, `LINE:COLUMN` of the script, is reached. There
 * may be one for each `purpose`, beside the breakpoints of the user.
 */
export async function setProbe(
  cdp: Cdp,
  at: string,
  condition: string,
  purpose: 'assign' | 'count' | 'end' | 'footsteps' | 'stand-in',
): Promise<Hidden> {
  // V8 tells breakpoints at one place apart by their patterns only.
  const urlRegex = `${PROGRAM_PATTERN}(?!${purpose})`;
  const place = { urlRegex, ...locationOf(at), condition };
  const { breakpointId } = await cdp.send('Debugger.setBreakpointByUrl', place);
  return { breakpointId, condition };
}
