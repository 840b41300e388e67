import type { RecordedInput } from '../../runtime/index.ts';
import type { DebugAgent, PendingAssignment } from '../agent/index.ts';
import type { Cdp } from './cdp.ts';
import { type Probe, setProbe } from './probe.ts';
import { AGENT, Code, callExpression, remoteFunction } from './remote-function.ts';

/** Assigns if it is time to; a breakpoint with this condition never pauses. */
const assignIfDue = remoteFunction(
  (agent: DebugAgent, asked: PendingAssignment, assign: () => void) => {
    if (agent.isAssignmentDue(asked)) agent.promises.during(assign);
    return false;
  },
);

/**
 * Repeats the assignments that the user made to variables in an earlier run. Each is a probe: its
 * condition assigns and evaluates to false.
 */
export class RecordedAssignments {
  private readonly probes = new Map<string, Probe>();
  private readonly cdp: Cdp;

  constructor(cdp: Cdp) {
    this.cdp = cdp;
  }

  /** Replaces the probes by those that `inputs` need. */
  async expect(inputs: readonly RecordedInput[]): Promise<void> {
    const wanted = new Map<string, string>();
    for (const [nth, { at: moment, input }] of inputs.entries()) {
      if (input.kind !== 'assign') continue;
      const { at, arrival, assignment } = input;
      const asked = { ...moment, at, hitCount: arrival, nth };
      const known = wanted.get(at);
      const assign = new Code<() => void>(`() => void (${assignment}\n)`);
      const condition = callExpression(assignIfDue, AGENT, asked, assign);
      wanted.set(at, known === undefined ? condition : `${known} || ${condition}`);
    }
    for (const [at, { breakpointId, condition }] of this.probes) {
      if (wanted.get(at) === condition) continue;
      await this.cdp.send('Debugger.removeBreakpoint', { breakpointId });
      this.probes.delete(at);
    }
    for (const [at, condition] of wanted) {
      if (!this.probes.has(at))
        this.probes.set(at, await setProbe(this.cdp, at, condition, 'assign'));
    }
  }
}
