import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Protocol } from 'devtools-protocol';
import type { Path } from '../../runtime/index.ts';
import type { StateTarget, ViewRef } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import { formatValues } from '../inspection/remote-values.ts';
import type { VariableReader } from '../inspection/variable-reader.ts';
import type { VariableContainer } from '../inspection/variable-store.ts';
import { variablesOf, withoutLocationMark } from '../inspection/variables.ts';
import { PAUSE_GROUP } from '../v8/agent-client.ts';
import { CdpError } from '../v8/cdp.ts';
import { innermost } from '../v8/pause.ts';
import { Handle, remoteFunction } from '../v8/remote-function.ts';
import { inTime, limitOf } from '../v8/time-limit.ts';
import { variableReaderOf } from './pause-reading.ts';
import { recordAssignment } from './record-assignment.ts';
import type { Session } from './session.ts';

const setProperty = remoteFunction(function (
  this: Record<string, unknown>,
  name: string,
  value: unknown,
) {
  this[name] = value;
  return value;
});

/** Gives a state, a variable of the author's code, or a property of an object, another value. */
export async function setVariable(
  session: Session,
  container: VariableContainer,
  name: string,
  source: string,
): Promise<DebugProtocol.SetVariableResponse['body']> {
  const reader = variableReaderOf(session);
  if (container.kind !== 'view') {
    const body = await setInCode(reader, container, name, source);
    const assignment = assignmentOf(session, container, name, source);
    await recordAssignment(session, { name, reason: `set ${name} to ${source}`, assignment });
    return body;
  }
  await setState(session, container.ref, name, withoutLocationMark(source));
  const rows = await variablesOf(reader, container, {});
  const row = rows.find((each) => each.name === name);
  if (row) return row;
  throw new AdapterError('INTERNAL', `the state '${name}' has been set, but is shown no more`);
}

/** An expression that does the same at the innermost frame; `undefined` where there is none. */
function assignmentOf(
  { pause, execution }: Session,
  container: VariableContainer,
  name: string,
  source: string,
): string | undefined {
  const { names } = execution.image.sources;
  if (container.kind === 'scope') {
    const isHere = container.settable?.callFrameId === innermost(pause)?.callFrameId;
    return isHere ? names.translate(`${name} = (${source}\n)`, container.place) : undefined;
  }
  if (container.kind !== 'object' || container.expression === undefined) return undefined;
  return `(${container.expression})[${JSON.stringify(name)}] = (${source}\n)`;
}

/**
 * Sets the state that the row `name` of a view shows, or deletes it without a `source`. The run
 * then goes another way than it did, or would have gone.
 */
export async function setState(session: Session, ref: ViewRef, name: string, source?: string) {
  const { agentClient: control } = session.debuggee;
  const target = await control.call('stateTarget', name, ref);
  if (!target || (target.scope === 'key' && target.key === undefined)) {
    throw new AdapterError('UNSUPPORTED', `'${name}' cannot be set: it is not one state`);
  }
  await editState(session, target, source);
}

/** As {@link setState}; other views may show the state, too. */
export async function editState(
  session: Session,
  { task, state, key }: StateTarget,
  source?: string,
): Promise<void> {
  const what = `${state}${key === undefined ? '' : `[${key}]`} of ${task}`;
  const reason = source === undefined ? `deleted ${what}` : `set ${what} to ${source}`;
  const edited = { task: task as Path, name: state, ...(key !== undefined && { key }) };
  await session.execution.change(reason, (control) => control.edit(edited, source));
  session.sendChanged();
  session.invalidate('variables');
}

async function setInCode(
  reader: VariableReader,
  container: VariableContainer,
  name: string,
  source: string,
): Promise<DebugProtocol.SetVariableResponse['body']> {
  const value = await set(reader, container, name, source);
  const [shown] = await formatValues([{ name, value }], reader);
  if (!shown) throw new AdapterError('INTERNAL', 'the value cannot be shown');
  const { name: _name, ...body } = shown;
  return body;
}

async function set(
  { cdp, agent: control, variables: containers, sources: { names } }: VariableReader,
  container: VariableContainer,
  name: string,
  source: string,
): Promise<Protocol.Runtime.RemoteObject> {
  if (container.kind === 'scope' && container.settable) {
    const { callFrameId, scopeNumber } = container.settable;
    const variableName = names.inScript(name, container.place);
    const evaluated = cdp.send('Debugger.evaluateOnCallFrame', {
      callFrameId,
      expression: names.translate(`(${source}\n)`, container.place),
      objectGroup: PAUSE_GROUP,
      silent: true,
      timeout: limitOf('variables'),
    });
    const { result, exceptionDetails } = await inTime(evaluated, limitOf('variables'));
    if (exceptionDetails) throw failure(exceptionDetails);
    const newValue = argumentOf(result);
    const target = { callFrameId, scopeNumber, variableName, newValue };
    await cdp.send('Debugger.setVariableValue', target).catch((error: unknown) => {
      // V8 says no more than that something went wrong.
      if (!(error instanceof CdpError)) throw error;
      const why = 'it is a constant, or no variable of this scope';
      throw new AdapterError('EVALUATION_FAILED', `'${name}' cannot be set: ${why}`);
    });
    containers.assign(container.objectId, variableName, result);
    return result;
  }
  if (container.kind !== 'object') {
    throw new AdapterError('UNSUPPORTED', `'${name}' cannot be set: it is not a variable`);
  }
  const limit = limitOf('variables');
  const evaluated = await control.evaluate(`(${source}\n)`, limit);
  if (evaluated.exceptionDetails) throw failure(evaluated.exceptionDetails);
  const self = new Handle<Record<string, unknown>>({
    type: 'object',
    objectId: container.objectId,
  });
  const args = [name, new Handle(evaluated.result)] as const;
  const { result, exceptionDetails } = await control.inTime(self, setProperty, args, limit);
  if (exceptionDetails) throw failure(exceptionDetails);
  return result;
}

function argumentOf({ objectId, unserializableValue, value }: Protocol.Runtime.RemoteObject) {
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value } : { unserializableValue };
}

function failure({ exception, text }: Protocol.Runtime.ExceptionDetails): AdapterError {
  return new AdapterError('EVALUATION_FAILED', exception?.description?.split('\n')[0] ?? text);
}
