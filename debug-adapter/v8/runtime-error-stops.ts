import type { Protocol } from 'devtools-protocol';
import type { Cdp } from './cdp.ts';

type Paused = Protocol.Debugger.PausedEvent;

/**
 * The errors by which the runtime refuses what a handler asks for. V8 does not stop where they are
 * thrown, because the runtime is blackboxed and catches what handlers throw. A breakpoint on the
 * making of such an error stops while the handler still stands.
 */
export class RuntimeErrorStops {
  /** V8's name of that breakpoint. */
  private breakpoint: string | undefined;
  private readonly cdp: Cdp;

  constructor(cdp: Cdp) {
    this.cdp = cdp;
  }

  /** Sets the breakpoint, in the realm with this execution context. */
  async watch(contextId: number): Promise<void> {
    const { result } = await this.cdp.send('Runtime.evaluate', {
      expression: 'PortalsRuntime.PortalsError',
      contextId,
    });
    const { breakpointId } = await this.cdp.send('Debugger.setBreakpointOnFunctionCall', {
      objectId: result.objectId ?? '',
    });
    this.breakpoint = breakpointId;
  }

  /** A pause at that breakpoint as one at an exception; any other pause as it is. */
  async asException(paused: Paused): Promise<Paused> {
    const [top] = paused.callFrames;
    const { breakpoint } = this;
    if (!top || breakpoint === undefined || !paused.hitBreakpoints?.includes(breakpoint)) {
      return paused;
    }
    const { result } = await this.cdp.send('Debugger.evaluateOnCallFrame', {
      callFrameId: top.callFrameId,
      // Its second parameter is the message; bundling may have renamed it.
      expression: 'String(arguments[1])',
    });
    const description = `PortalsError: ${result.value}`;
    const data = { type: 'object', className: 'PortalsError', description };
    return { ...paused, reason: 'exception', hitBreakpoints: [], data };
  }
}
