import type { Protocol } from 'devtools-protocol';
import { AGENT_EXPRESSION, type DebugAgent } from '../agent/index.ts';

/**
 * A function that is written here and runs in V8's context of the program: its text is sent. It
 * must not refer to anything outside itself but the globals of the language, and must not use
 * built-ins that a program may replace where that could run the program's code.
 */
export interface RemoteFunction<Self, Parameters extends readonly unknown[], Result> {
  readonly text: string;
  /** Carries the type of the function; never present. */
  readonly type?: (this: Self, ...args: Parameters) => Result;
}

/** @see RemoteFunction; a test parses the text of each in the built files. */
export function remoteFunction<Self, Parameters extends readonly unknown[], Result>(
  code: (this: Self, ...args: Parameters) => Result,
): RemoteFunction<Self, Parameters, Result> {
  return { text: code.toString() };
}

/** A value of the program, passed by reference where a function expects the value itself. */
export class Handle<Value = unknown> {
  readonly argument: Protocol.Runtime.CallArgument;
  /** Carries the type of the value; never present. */
  declare readonly type?: Value;

  constructor({ objectId, unserializableValue, value }: Protocol.Runtime.RemoteObject) {
    if (objectId !== undefined) this.argument = { objectId };
    else this.argument = unserializableValue === undefined ? { value } : { unserializableValue };
  }
}

/** Arguments of a remote function: plain data, or handles of values of the program. */
export type RemoteArguments<Parameters extends readonly unknown[]> = {
  readonly [Index in keyof Parameters]: Parameters[Index] | Handle<Parameters[Index]>;
};

/** As V8 takes them. */
export function callArguments(args: readonly unknown[]): Protocol.Runtime.CallArgument[] {
  return args.map((value) => (value instanceof Handle ? value.argument : { value }));
}

/** An expression of the program's, or of the user's, as an argument in an expression. */
export class Code<Value = unknown> {
  readonly text: string;
  /** Carries the type of what the expression evaluates to; never present. */
  declare readonly type?: Value;

  constructor(text: string) {
    this.text = text;
  }
}

/** The agent, in an expression that is evaluated in the author's code. */
export const AGENT: Code<DebugAgent> = new Code(AGENT_EXPRESSION);

type CodeArguments<Parameters extends readonly unknown[]> = {
  readonly [Index in keyof Parameters]: Parameters[Index] | Code<Parameters[Index]>;
};

/**
 * An expression that calls the function: for conditions of probes, and for `evaluateOnCallFrame`.
 * Arguments are plain data or {@link Code}.
 */
export function callExpression<Parameters extends readonly unknown[]>(
  { text }: RemoteFunction<void, Parameters, unknown>,
  ...args: CodeArguments<Parameters>
): string {
  const texts = args.map((each) => (each instanceof Code ? each.text : JSON.stringify(each)));
  return `(${text})(${texts.join(', ')})`;
}
