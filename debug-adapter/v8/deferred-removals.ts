import type { Cdp } from './cdp.ts';
import { setProbe } from './probe.ts';

/**
 * Takes breakpoints away from a run. V8, at least that of Node 20 to 24, goes astray when it steps
 * in a function whose last breakpoint has been taken away since the function was entered: it runs
 * on past a `return`. So another breakpoint, which is never met, stands in for each until no
 * handler of the author's is under way.
 */
export class DeferredRemovals {
  /** Those that stand in, by the names of their places. */
  private readonly standIns = new Map<string, ReturnType<typeof setProbe>>();
  private readonly cdp: Cdp;

  constructor(cdp: Cdp) {
    this.cdp = cdp;
  }

  /** Removes V8's breakpoint of that name, which stands at the place `at`. */
  async remove(breakpointId: string, at: string): Promise<void> {
    const standIn = this.standIns.get(at) ?? setProbe(this.cdp, at, 'false', 'stand-in');
    this.standIns.set(at, standIn);
    await standIn;
    await this.cdp.send('Debugger.removeBreakpoint', { breakpointId });
  }

  /** No handler of the author's is under way. */
  async release(): Promise<void> {
    const standIns = [...this.standIns.values()];
    this.standIns.clear();
    for (const standIn of standIns) {
      const { breakpointId } = await standIn;
      await this.cdp.send('Debugger.removeBreakpoint', { breakpointId });
    }
  }
}
