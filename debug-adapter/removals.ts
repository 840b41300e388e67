import type { Cdp } from './cdp.ts';
import { hide } from './time-travel/assignments.ts';

/**
 * Takes breakpoints away from a run. V8, at least that of Node 20 to 24, goes astray when it steps
 * in a function whose last breakpoint has been taken away since the function was entered: it runs
 * on past a `return`. So another breakpoint, which is never met, stands in for each until no
 * handler of the author's is under way.
 */
export class Removals {
  /** Those that stand in, by their places. */
  private readonly standIns = new Map<string, string>();
  private readonly cdp: Cdp;

  constructor(cdp: Cdp) {
    this.cdp = cdp;
  }

  /** Removes V8's breakpoint of that name, at `at`: `LINE:COLUMN` of the script. */
  async remove(breakpointId: string, at: string): Promise<void> {
    if (!this.standIns.has(at)) {
      // Known before V8 has answered, so that there is no other one.
      this.standIns.set(at, '');
      const standIn = await hide(this.cdp, at, 'false', 'stand-in');
      this.standIns.set(at, standIn.breakpointId);
    }
    await this.cdp.send('Debugger.removeBreakpoint', { breakpointId });
  }

  /** No handler of the author's is under way. */
  async release(): Promise<void> {
    const ids = [...this.standIns.values()].filter((id) => id !== '');
    this.standIns.clear();
    for (const breakpointId of ids) {
      await this.cdp.send('Debugger.removeBreakpoint', { breakpointId });
    }
  }
}
