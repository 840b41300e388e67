import type { Protocol } from 'devtools-protocol';
import type { InnerError } from '../../runtime/index.ts';
import { AGENT_EXPRESSION, type DebugAgent, type PackedRows } from '../agent/index.ts';
import { AdapterError, notPausedError } from '../dap/errors.ts';
import type { Cdp } from './cdp.ts';
import { type CallFrame, originOf } from './pause.ts';
import { inTime, limitOf } from './time-limit.ts';

/** What lives until the program runs on: everything shown at one stop. */
export const PAUSE_GROUP = 'pause';

type Method = {
  [Name in keyof DebugAgent]: DebugAgent[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof DebugAgent];
type Arguments<Name extends Method> = Parameters<DebugAgent[Name]>;

const CALL = `function (name, ...args) {
  return JSON.stringify(this[name](...args) ?? null);
}`;
const CALL_FOR_OBJECT = 'function (name, ...args) { return this[name](...args); }';

/**
 * The debugger's hand inside the program's thread. It refuses to be used when that runs: V8 would
 * make the call between two statements, or at the entry of a function; and a pause that is wanted
 * at the same time then ends the whole process, as V8 cannot show a function that it is entering.
 */
export class AgentClient {
  private readonly cdp: Cdp;
  private readonly objectId: string;
  private readonly top: () => CallFrame | undefined;

  private constructor(cdp: Cdp, objectId: string, top: () => CallFrame | undefined) {
    this.cdp = cdp;
    this.objectId = objectId;
    this.top = top;
  }

  /**
   * Takes the hand from within the realm: V8 lets values meet only within one context. `top` is the
   * innermost frame of all while the program stands still.
   */
  static async within(
    cdp: Cdp,
    contextId: number,
    top: () => CallFrame | undefined,
  ): Promise<AgentClient> {
    const expression = AGENT_EXPRESSION;
    const { result } = await cdp.send('Runtime.evaluate', { expression, contextId });
    return new AgentClient(cdp, result.objectId ?? '', top);
  }

  /** Calls a method with plain data; the answer is plain data too. */
  async call<Name extends Method>(
    name: Name,
    ...args: Arguments<Name>
  ): Promise<ReturnType<DebugAgent[Name]>> {
    const values = [name, ...args].map((value) => ({ value }));
    const result = await this.invoke(CALL, values, true);
    return JSON.parse(String(result.value)) as ReturnType<DebugAgent[Name]>;
  }

  /** Calls a method that returns an object to be looked at through V8. */
  async object(
    name: 'view',
    ...args: Arguments<'view'>
  ): Promise<Protocol.Runtime.RemoteObject & { readonly of?: PackedRows }> {
    return this.invoke(
      CALL_FOR_OBJECT,
      [name, ...args].map((value) => ({ value })),
      false,
    );
  }

  /** One line for each value. */
  async previews(values: readonly Protocol.Runtime.CallArgument[]): Promise<readonly string[]> {
    if (values.length === 0) return [];
    const result = await this.invoke(CALL, [{ value: 'previews' }, ...values], true);
    return JSON.parse(String(result.value)) as readonly string[];
  }

  /** The errors that a thrown value names as its cause, or contains. */
  async innerErrors(thrown: Protocol.Runtime.RemoteObject): Promise<readonly InnerError[]> {
    const { objectId } = thrown;
    if (objectId === undefined) return [];
    const result = await this.invoke(CALL, [{ value: 'innerErrors' }, { objectId }], true);
    return JSON.parse(String(result.value)) as readonly InnerError[];
  }

  /** Whether the user wants to stop for what a handler throws. */
  async wantsError(thrown: Protocol.Runtime.RemoteObject): Promise<boolean> {
    const { objectId, value } = thrown;
    const argument = objectId === undefined ? { value } : { objectId };
    const call = 'function (thrown) { return this.wantsError(thrown); }';
    const { result } = await this.inTime(this.objectId, call, [argument], limitOf('condition'));
    return result.value === true;
  }

  /** Sets a state to the value of `expression`, or deletes it if there is none. */
  async edit(...[target, expression]: Arguments<'edit'>): Promise<void> {
    const call = 'function (target, expression) { this.edit(target, expression); }';
    const args = [{ value: target }, { value: expression }];
    const done = await this.inTime(this.objectId, call, args, limitOf('edit'));
    if (done.exceptionDetails) throw refusal(done.exceptionDetails);
  }

  /** The value of an expression in the realm's global scope. */
  evaluate(expression: string, limitMs: number): Promise<Protocol.Runtime.CallFunctionOnResponse> {
    const call = 'function (source) { return (0, eval)(source); }';
    return this.inTime(this.objectId, call, [{ value: expression }], limitMs);
  }

  /**
   * Calls a function that can run the author's code, on the object `objectId`, with a timeout; see
   * {@link GuardedCall}.
   */
  async inTime(
    objectId: string,
    functionDeclaration: string,
    args: readonly Protocol.Runtime.CallArgument[],
    limitMs: number,
  ): Promise<Protocol.Runtime.CallFunctionOnResponse> {
    const top = this.top();
    if (!top) throw notPausedError();
    const store = `function (self, ...args) {
      const job = ${functionDeclaration};
      this.guardedCall.store(() => job.apply(self, args));
    }`;
    await this.invoke(store, [{ objectId }, ...args], true);
    const agent = originOf(top) === 'halt' ? 'agent' : AGENT_EXPRESSION;
    const run = this.cdp.send('Debugger.evaluateOnCallFrame', {
      callFrameId: top.callFrameId,
      expression: `${agent}.guardedCall.run()`,
      objectGroup: PAUSE_GROUP,
      silent: true,
      timeout: limitMs,
    });
    const { exceptionDetails, result } = await inTime(run, limitMs);
    if (exceptionDetails) return { result, exceptionDetails };
    return {
      result: await this.invoke('function () { return this.guardedCall.fetch(); }', [], false),
    };
  }

  /** The whole value, for the clipboard: text as it is, all else as JSON where that is exact. */
  async wholeText(value: Protocol.Runtime.CallArgument): Promise<string> {
    const result = await this.invoke(CALL, [{ value: 'wholeText' }, value], true);
    return JSON.parse(String(result.value)) as string;
  }

  private async invoke(
    functionDeclaration: string,
    args: readonly Protocol.Runtime.CallArgument[],
    returnByValue: boolean,
  ): Promise<Protocol.Runtime.RemoteObject> {
    if (!this.top()) throw notPausedError();
    const { result, exceptionDetails } = await this.cdp.send('Runtime.callFunctionOn', {
      objectId: this.objectId,
      functionDeclaration,
      arguments: [...args],
      returnByValue,
      objectGroup: PAUSE_GROUP,
      silent: true,
    });
    if (exceptionDetails) throw refusal(exceptionDetails);
    return result;
  }
}

/** The error message of the simulator. */
function refusal({ exception, text }: Protocol.Runtime.ExceptionDetails): AdapterError {
  const [first = text] = exception?.description?.split('\n') ?? [];
  return new AdapterError('UNKNOWN_TARGET', first.replace(/^\w*Error: /, ''));
}
