import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Protocol } from 'devtools-protocol';
import { AGENT_EXPRESSION } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import { PAUSE_GROUP } from '../v8/agent-client.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { CallFrame } from '../v8/pause.ts';
import { Handle } from '../v8/remote-function.ts';
import { refuseAssignments } from '../v8/script/assigned-names.ts';
import type { Sources } from '../v8/script/sources.ts';
import { inTime, limitOf } from '../v8/time-limit.ts';
import { wholeTextOf } from './remote-functions.ts';
import { formatValues } from './remote-values.ts';
import type { VariableReader } from './variable-reader.ts';

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
  reader: VariableReader,
  { expression, call, context }: Evaluation,
): Promise<DebugProtocol.EvaluateResponse['body']> {
  const value = await evaluateValue(debuggee, reader.sources, { expression, call, context });
  if (context === 'clipboard') {
    return {
      result: await reader.agent.data(wholeTextOf, new Handle(value)),
      variablesReference: 0,
    };
  }
  const [shown] = await formatValues([{ name: '', value, expression }], reader);
  if (!shown) throw new AdapterError('INTERNAL', 'the value cannot be shown');
  const { value: result, name: _name, evaluateName: _expression, ...rest } = shown;
  return { ...rest, result };
}

/** @throws AdapterError with what the expression threw. */
export async function evaluateValue(
  debuggee: Debuggee,
  { names }: Sources,
  { expression: source, call, context = 'repl' }: Evaluation,
): Promise<Protocol.Runtime.RemoteObject> {
  // A watch is evaluated at each stop; a run that is repeated would not know of it.
  if (context === 'watch') refuseAssignments('the watch', source);
  const written = asExpression(source);
  const expression = call ? names.translate(written, call.location) : written;
  const isHover = context === 'hover' && !READING.test(source);
  const found = call
    ? await inFrame(debuggee, call, expression, isHover, limitOf(context))
    : await inGlobal(debuggee, expression, isHover, limitOf(context));
  const { result, exceptionDetails } = found;
  if (!exceptionDetails) return result;
  const { exception, text } = exceptionDetails;
  const [first = text] = exception?.description?.split('\n') ?? [String(exception?.value)];
  const isError = exception === undefined || exception.subtype === 'error';
  throw new AdapterError('EVALUATION_FAILED', isError ? first : `threw ${first}`);
}

type Found = Protocol.Runtime.CallFunctionOnResponse;

async function inFrame(
  { cdp, agentClient }: Debuggee,
  { callFrameId }: CallFrame,
  expression: string,
  throwOnSideEffect: boolean,
  limitMs: number,
): Promise<Found> {
  const common = { objectGroup: PAUSE_GROUP, silent: true, timeout: limitMs };
  const asked = { ...common, callFrameId, expression, throwOnSideEffect };
  const evaluated = () => inTime(cdp.send('Debugger.evaluateOnCallFrame', asked), limitMs);
  if (throwOnSideEffect) return evaluated();
  // With the stack exhausted, V8 calls no function, but evaluates names.
  await agentClient.call('beginEvaluation').catch(() => undefined);
  // A program that has been resumed meanwhile ends the evaluation itself.
  return evaluated().finally(() => agentClient.call('endEvaluation').catch(() => undefined));
}

/**
 * V8 would evaluate in no frame as well, and have no end of it if the expression has none. It can
 * watch for side effects there only, so that it has to do for names.
 */
async function inGlobal(
  debuggee: Debuggee,
  expression: string,
  isHover: boolean,
  limitMs: number,
): Promise<Found> {
  const { cdp, agentClient: control, context } = debuggee;
  if (!isHover) return control.evaluate(expression, limitMs);
  if (!NAMED.test(expression)) {
    throw new AdapterError('EVALUATION_FAILED', 'outside of functions only names are looked up');
  }
  const common = { objectGroup: PAUSE_GROUP, silent: true, throwOnSideEffect: true };
  return cdp.send('Runtime.evaluate', { ...common, expression, contextId: context });
}

/** `one.or.more`, or `Object(one.or.more)`. */
const NAMED = /^\s*(Object\()?[\p{ID_Start}$_][\p{ID_Continue}$]*(\.[\p{ID_Continue}$]+)*\)?\s*$/u;

/** Reads one state, which V8 cannot know to have no side effects. */
const READING = /^\$state\((\s*("([^"\\]|\\.)*"|-?[\d.]+n?)\s*,?)*\)$/;

/** The one name that expressions of the user have beside the author's. */
const STATE = /(?<![\w$.])\$state(?=\s*\()/g;

/** `{a: 1}` is meant as an object, though as a statement it is a block. */
function asExpression(source: string): string {
  const expression = /^\s*\{.*\}\s*$/s.test(source) ? `(${source}\n)` : source;
  return expression.replace(STATE, `${AGENT_EXPRESSION}.state`);
}
