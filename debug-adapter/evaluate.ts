import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Protocol } from 'devtools-protocol';
import { CONTROL_EXPRESSION } from '../host/index.ts';
import { PAUSE_GROUP } from './control-proxy.ts';
import type { Debuggee } from './debuggee.ts';
import { AdapterError } from './errors.ts';
import type { CallFrame } from './pause.ts';
import { showValues } from './remote-values.ts';
import type { Reader } from './variables.ts';

export interface Evaluation {
  readonly expression: string;
  /** The frame to evaluate in; absent for the program's global scope. */
  readonly call: CallFrame | undefined;
  /** DAP's `hover`, `watch`, `repl`, `clipboard` or `variables`. */
  readonly context: string | undefined;
}

/** The value of an expression of the author's language, where the program stands still. */
export async function evaluate(
  debuggee: Debuggee,
  reader: Reader,
  { expression, call, context }: Evaluation,
): Promise<DebugProtocol.EvaluateResponse['body']> {
  const value = await evaluated(debuggee, call, expression, context ?? 'repl');
  if (context === 'clipboard') {
    const { objectId } = value;
    const argument = objectId === undefined ? { value: value.value } : { objectId };
    return { result: await reader.control.wholeText(argument), variablesReference: 0 };
  }
  const [shown] = await showValues([{ name: '', value, expression }], reader);
  if (!shown) throw new AdapterError('INTERNAL', 'the value cannot be shown');
  const { value: result, name: _name, evaluateName: _expression, ...rest } = shown;
  return { ...rest, result };
}

/** What the user did not ask for must not be waited for. */
const TIMEOUT_MS: Readonly<Record<string, number>> = { hover: 500, watch: 1000, repl: 10_000 };

/** @throws AdapterError with what the expression threw. */
export async function evaluated(
  debuggee: Debuggee,
  call: CallFrame | undefined,
  source: string,
  context: string,
): Promise<Protocol.Runtime.RemoteObject> {
  const { cdp } = debuggee;
  const throwOnSideEffect = context === 'hover' && !READING.test(source);
  const common = {
    expression: asExpression(source),
    throwOnSideEffect,
    timeout: TIMEOUT_MS[context] ?? 1000,
    objectGroup: PAUSE_GROUP,
    silent: true,
  };
  const { result, exceptionDetails } = call
    ? await cdp.send('Debugger.evaluateOnCallFrame', { ...common, callFrameId: call.callFrameId })
    : // Not in V8's REPL mode: its answer waits for promise jobs, which none runs in a pause.
      await cdp.send('Runtime.evaluate', { ...common, contextId: debuggee.context });
  if (!exceptionDetails) return result;
  const { exception, text } = exceptionDetails;
  const [first = text] = exception?.description?.split('\n') ?? [String(exception?.value)];
  throw new AdapterError('EVALUATION_FAILED', first);
}

/** Reads one state, which V8 cannot know to have no side effects. */
const READING = /^\$state\((\s*("([^"\\]|\\.)*"|-?[\d.]+n?)\s*,?)*\)$/;

/** The one name that expressions of the user have beside the author's. */
const STATE = /(?<![\w$.])\$state(?=\s*\()/g;

/** `{a: 1}` is meant as an object, though as a statement it is a block. */
function asExpression(source: string): string {
  const expression = /^\s*\{.*\}\s*$/s.test(source) ? `(${source}\n)` : source;
  return expression.replace(STATE, `${CONTROL_EXPRESSION}.state`);
}
