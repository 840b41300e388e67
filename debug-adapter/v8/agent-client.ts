import type { Protocol } from 'devtools-protocol';
import type { EditTarget, InnerError } from '../../runtime/index.ts';
import {
  AGENT_EXPRESSION,
  type DebugAgent,
  HALT_AGENT,
  type PackedRows,
  type ViewRef,
  type Window,
} from '../agent/index.ts';
import { AdapterError, notPausedError } from '../dap/errors.ts';
import type { Cdp } from './cdp.ts';
import { type CallFrame, originOf } from './pause.ts';
import {
  AGENT,
  Code,
  callArguments,
  callExpression,
  Handle,
  type RemoteArguments,
  type RemoteFunction,
  remoteFunction,
} from './remote-function.ts';
import { inTime, limitOf } from './time-limit.ts';

/** What lives until the program runs on: everything shown at one stop. */
export const PAUSE_GROUP = 'pause';

type Method = {
  [Name in keyof DebugAgent]: DebugAgent[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof DebugAgent];
type Arguments<Name extends Method> = Parameters<DebugAgent[Name]>;

type Remote = Protocol.Runtime.RemoteObject;

const answerOf = remoteFunction(function (this: DebugAgent, name: string, ...args: unknown[]) {
  return this.answer(name, args);
});

const viewOf = remoteFunction(function (this: DebugAgent, ref: ViewRef, window: Window) {
  return this.view(ref, window);
});

const wantsError = remoteFunction(function (this: DebugAgent, thrown: unknown) {
  return this.wantsError(thrown);
});

const innerErrors = remoteFunction(function (this: DebugAgent, thrown: unknown) {
  return this.innerErrors(thrown);
});

const edit = remoteFunction(function (this: DebugAgent, target: EditTarget, expression?: string) {
  this.edit(target, expression);
});

/** An indirect call of `eval` evaluates in the global scope. */
const evaluateGlobally = remoteFunction((source: string): unknown => {
  // biome-ignore lint/security/noGlobalEval: the user's own expression, in the program's realm
  // biome-ignore lint/complexity/noCommaOperator: makes the call indirect
  return (0, eval)(source);
});

const storeCall = remoteFunction(function (
  this: DebugAgent,
  job: (...args: unknown[]) => unknown,
  self: unknown,
  ...args: unknown[]
) {
  this.guardedCall.store(job, self, args);
});

const hold = remoteFunction(function (this: DebugAgent, self: unknown, value: unknown) {
  this.guardedCall.hold(self, value);
});

const runStoredCall = remoteFunction((agent: DebugAgent) => agent.guardedCall.run());

const fetchResult = remoteFunction(function (this: DebugAgent) {
  return this.guardedCall.fetch();
});

/**
 * The debugger's hand inside the program's thread. It refuses to be used when that runs: V8 would
 * make the call between two statements, or at the entry of a function; and a pause that is wanted
 * at the same time then ends the whole process, as V8 cannot show a function that it is entering.
 */
export class AgentClient {
  private readonly cdp: Cdp;
  private readonly contextId: number;
  private readonly agent: Handle<DebugAgent>;
  private readonly top: () => CallFrame | undefined;
  private readonly functions = new Map<string, Promise<Handle>>();

  private constructor(
    cdp: Cdp,
    contextId: number,
    agent: Handle<DebugAgent>,
    top: () => CallFrame | undefined,
  ) {
    this.cdp = cdp;
    this.contextId = contextId;
    this.agent = agent;
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
    return new AgentClient(cdp, contextId, new Handle(result), top);
  }

  /** Calls a method with plain data; the answer is plain data too. */
  async call<Name extends Method>(
    name: Name,
    ...args: Arguments<Name>
  ): Promise<ReturnType<DebugAgent[Name]>> {
    const { value } = await this.invoke(answerOf, [name, ...args], true);
    return JSON.parse(String(value)) as ReturnType<DebugAgent[Name]>;
  }

  /** Calls a function that runs no code of the author; the result is plain data. */
  async data<Parameters extends readonly unknown[], Result>(
    called: RemoteFunction<DebugAgent, Parameters, Result>,
    ...args: RemoteArguments<Parameters>
  ): Promise<Result> {
    return (await this.invoke(called, args, true)).value as Result;
  }

  /** Calls a function that runs no code of the author; the result is examined through V8. */
  object<Parameters extends readonly unknown[]>(
    called: RemoteFunction<DebugAgent, Parameters, unknown>,
    ...args: RemoteArguments<Parameters>
  ): Promise<Remote> {
    return this.invoke(called, args, false);
  }

  /** An array that V8 shows; see {@link PackedRows}. */
  view(ref: ViewRef, window: Window): Promise<Remote & { readonly of?: PackedRows }> {
    return this.object(viewOf, ref, window);
  }

  /** The errors that a thrown value names as its cause, or contains. */
  async innerErrors(thrown: Remote): Promise<readonly InnerError[]> {
    return thrown.objectId === undefined ? [] : this.data(innerErrors, new Handle(thrown));
  }

  /** Whether the user wants to stop for what a handler throws. */
  async wantsError(thrown: Remote): Promise<boolean> {
    const args = [new Handle(thrown)] as const;
    const { result } = await this.inTime(this.agent, wantsError, args, limitOf('condition'));
    return result.value === true;
  }

  /** Sets a state to the value of `expression`, or deletes it if there is none. */
  async edit(...args: Arguments<'edit'>): Promise<void> {
    const done = await this.inTime(this.agent, edit, args, limitOf('edit'));
    if (done.exceptionDetails) throw refusal(done.exceptionDetails);
  }

  /** Calls a function of the agent that can run the author's code, with a timeout. */
  onAgent<Parameters extends readonly unknown[]>(
    called: RemoteFunction<DebugAgent, Parameters, unknown>,
    args: RemoteArguments<Parameters>,
    limitMs: number,
  ): Promise<Protocol.Runtime.CallFunctionOnResponse> {
    return this.inTime(this.agent, called, args, limitMs);
  }

  /** The value of an expression in the realm's global scope. */
  evaluate(expression: string, limitMs: number): Promise<Protocol.Runtime.CallFunctionOnResponse> {
    return this.inTime(this.agent, evaluateGlobally, [expression], limitMs);
  }

  /**
   * Calls a function that can run the author's code, on `self`, with a timeout; see
   * {@link GuardedCall}.
   */
  async inTime<Self, Parameters extends readonly unknown[]>(
    self: Handle<Self>,
    called: RemoteFunction<Self, Parameters, unknown>,
    args: RemoteArguments<Parameters>,
    limitMs: number,
  ): Promise<Protocol.Runtime.CallFunctionOnResponse> {
    const top = this.top();
    if (!top) throw notPausedError();
    const job = await this.compiled(called.text);
    await this.invoke(storeCall, [job, self, ...args], true);
    const run = callExpression(runStoredCall, agentAt(top));
    const { exceptionDetails, result } = await this.evaluateAt(top, run, limitMs);
    if (exceptionDetails) return { result, exceptionDetails };
    return { result: await this.invoke(fetchResult, [], false) };
  }

  /**
   * Reads a private member of `self`, or sets it to `value`. Outside of its class only expressions
   * that V8 evaluates in a frame can name it.
   */
  async privateMember(
    self: Handle,
    name: string,
    value: Handle | undefined,
    limitMs: number,
  ): Promise<Protocol.Runtime.CallFunctionOnResponse> {
    const top = this.top();
    if (!top) throw notPausedError();
    await this.invoke(hold, value ? [self, value] : [self], true);
    const held = `${agentAt(top).text}.guardedCall.held`;
    const assignment = value ? ` = ${held}.value` : '';
    return this.evaluateAt(top, `${held}.self.${name}${assignment}`, limitMs);
  }

  private evaluateAt({ callFrameId }: CallFrame, expression: string, limitMs: number) {
    const options = { objectGroup: PAUSE_GROUP, silent: true, timeout: limitMs };
    const asked = { callFrameId, expression, ...options };
    return inTime(this.cdp.send('Debugger.evaluateOnCallFrame', asked), limitMs);
  }

  /** The function as a value of the realm; it is compiled once. */
  private compiled(text: string): Promise<Handle> {
    const known = this.functions.get(text);
    if (known) return known;
    const { contextId } = this;
    const compiling = this.cdp
      .send('Runtime.evaluate', { expression: `(${text})`, contextId, silent: true })
      .then(({ result }) => new Handle(result));
    this.functions.set(text, compiling);
    return compiling;
  }

  private async invoke<Self>(
    called: RemoteFunction<Self, never, unknown>,
    args: readonly unknown[],
    returnByValue: boolean,
  ): Promise<Remote> {
    if (!this.top()) throw notPausedError();
    const { result, exceptionDetails } = await this.cdp.send('Runtime.callFunctionOn', {
      ...this.agent.argument,
      functionDeclaration: called.text,
      arguments: callArguments(args),
      returnByValue,
      objectGroup: PAUSE_GROUP,
      silent: true,
    });
    if (exceptionDetails) throw refusal(exceptionDetails);
    return result;
  }
}

function agentAt(frame: CallFrame): Code<DebugAgent> {
  return originOf(frame) === 'halt' ? new Code(HALT_AGENT) : AGENT;
}

/** The error message of the simulator. */
function refusal({ exception, text }: Protocol.Runtime.ExceptionDetails): AdapterError {
  const [first = text] = exception?.description?.split('\n') ?? [];
  return new AdapterError('UNKNOWN_TARGET', first.replace(/^\w*Error: /, ''));
}
