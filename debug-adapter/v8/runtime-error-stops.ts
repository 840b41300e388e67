import type { Protocol } from 'devtools-protocol';
import { AGENT_EXPRESSION } from '../agent/index.ts';
import type { Cdp } from './cdp.ts';
import { remoteFunction } from './remote-function.ts';

type Paused = Protocol.Debugger.PausedEvent;

/** An expression for the class of those errors; the global is of the runtime's script. */
const ERROR_CLASS = `${AGENT_EXPRESSION}.errorClass`;

/** The second parameter of its constructor is the message; bundling may have renamed it. */
const messageOf = remoteFunction(function (this: IArguments) {
  return this[1] as string;
});

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
      expression: ERROR_CLASS,
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
    const { result: args } = await this.cdp.send('Debugger.evaluateOnCallFrame', {
      callFrameId: top.callFrameId,
      expression: 'arguments',
    });
    const { result } = await this.cdp.send('Runtime.callFunctionOn', {
      functionDeclaration: messageOf.text,
      objectId: args.objectId ?? '',
    });
    const description = `PortalsError: ${result.value}`;
    const data = { type: 'object', className: 'PortalsError', description };
    return { ...paused, reason: 'exception', hitBreakpoints: [], data };
  }
}
