import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Protocol } from 'devtools-protocol';
import { CdpError } from './cdp.ts';
import type { Container } from './containers.ts';
import { PAUSE_GROUP } from './control-proxy.ts';
import { AdapterError } from './errors.ts';
import { showValues } from './remote-values.ts';
import type { Reader } from './variables.ts';

/** Gives a variable of the author's code, or a property of an object, another value. */
export async function setVariable(
  reader: Reader,
  container: Container,
  name: string,
  source: string,
): Promise<DebugProtocol.SetVariableResponse['body']> {
  const value = await set(reader, container, name, source);
  const [shown] = await showValues([{ name, value }], reader);
  if (!shown) throw new AdapterError('INTERNAL', 'the value cannot be shown');
  const { name: _name, ...body } = shown;
  return body;
}

async function set(
  { cdp }: Reader,
  container: Container,
  name: string,
  source: string,
): Promise<Protocol.Runtime.RemoteObject> {
  if (container.kind === 'scope' && container.settable) {
    const { callFrameId, scopeNumber } = container.settable;
    const { result, exceptionDetails } = await cdp.send('Debugger.evaluateOnCallFrame', {
      callFrameId,
      expression: `(${source}\n)`,
      objectGroup: PAUSE_GROUP,
      silent: true,
    });
    if (exceptionDetails) throw failure(exceptionDetails);
    const newValue = argumentOf(result);
    const target = { callFrameId, scopeNumber, variableName: name, newValue };
    await cdp.send('Debugger.setVariableValue', target).catch((error: unknown) => {
      // V8 says no more than that something went wrong.
      if (!(error instanceof CdpError)) throw error;
      const why = 'it is a constant, or no variable of this scope';
      throw new AdapterError('EVALUATION_FAILED', `'${name}' cannot be set: ${why}`);
    });
    return result;
  }
  if (container.kind !== 'object') {
    throw new AdapterError('UNSUPPORTED', `'${name}' cannot be set: it is not a variable`);
  }
  const { result, exceptionDetails } = await cdp.send('Runtime.callFunctionOn', {
    objectId: container.objectId,
    functionDeclaration: `function (name) { return (this[name] = (${source}\n)); }`,
    arguments: [{ value: name }],
    objectGroup: PAUSE_GROUP,
    silent: true,
  });
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
