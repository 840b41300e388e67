import type { Protocol } from 'devtools-protocol';
import type { DebugAgent } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import { PAUSE_GROUP } from '../v8/agent-client.ts';
import { type Cdp, CdpError } from '../v8/cdp.ts';
import type { CallFrame } from '../v8/pause.ts';
import {
  Handle,
  type RemoteArguments,
  type RemoteFunction,
  remoteFunction,
} from '../v8/remote-function.ts';
import { inTime, limitOf } from '../v8/time-limit.ts';
import type { VariableReader } from './variable-reader.ts';
import type { Slot, VariableContainer } from './variable-store.ts';

type RemoteObject = Protocol.Runtime.RemoteObject;
type Answer = Protocol.Runtime.CallFunctionOnResponse;
type ScopeContainer = Extract<VariableContainer, { kind: 'scope' }>;

const setProperty = remoteFunction(function (
  this: DebugAgent,
  object: object,
  name: PropertyKey,
  value: unknown,
  mayAdd: boolean,
) {
  return this.writer.property(object, name, value, mayAdd);
});

const setEntry = remoteFunction(function (
  this: DebugAgent,
  map: Map<unknown, unknown>,
  key: unknown,
  value: unknown,
) {
  return this.writer.entry(map, key, value);
});

const setItem = remoteFunction(function (
  this: DebugAgent,
  set: Set<unknown>,
  old: unknown,
  value: unknown,
) {
  return this.writer.item(set, old, value);
});

/** The value of what the user writes, where the frame is, or in the global scope without one. */
export async function evaluatedValue(
  { cdp, agent, sources: { names } }: VariableReader,
  source: string,
  call: CallFrame | undefined,
): Promise<RemoteObject> {
  const limit = limitOf('variables');
  const evaluated = call
    ? inTime(
        cdp.send('Debugger.evaluateOnCallFrame', {
          callFrameId: call.callFrameId,
          expression: names.translate(`(${source}\n)`, call.location),
          objectGroup: PAUSE_GROUP,
          silent: true,
          timeout: limit,
        }),
        limit,
      )
    : agent.evaluate(`(${source}\n)`, limit);
  return resultOf(await evaluated);
}

/**
 * Gives a part of an object another value.
 *
 * @param mayAdd whether an object may get a property that it does not have.
 * @returns what is there afterwards, which may differ from `value`.
 * @throws AdapterError saying why nothing was set.
 */
export async function setPart(
  { agent }: VariableReader,
  objectId: string,
  slot: Slot,
  value: RemoteObject,
  mayAdd = false,
): Promise<RemoteObject> {
  const limit = limitOf('variables');
  const object = new Handle<never>({ type: 'object', objectId });
  const given = new Handle(value);
  const call = async <Parameters extends readonly unknown[]>(
    called: RemoteFunction<DebugAgent, Parameters, unknown>,
    ...args: RemoteArguments<Parameters>
  ) => resultOf(await agent.onAgent(called, args, limit), slot);
  switch (slot.kind) {
    case 'property':
      return call(
        setProperty,
        object,
        slot.symbol ? new Handle<symbol>(slot.symbol) : slot.name,
        given,
        mayAdd,
      );
    case 'entry':
      return call(setEntry, object, new Handle(slot.key), given);
    case 'item':
      return call(setItem, object, new Handle(slot.value), given);
    case 'private': {
      resultOf(await agent.privateMember(object, slot.name, given, limit), slot);
      const now = await agent.privateMember(object, slot.name, undefined, limit);
      // An accessor without a getter cannot be read back.
      return now.exceptionDetails ? value : now.result;
    }
  }
}

/** Gives a variable of a scope another value. */
export async function setInScope(
  { cdp, variables, sources: { names } }: VariableReader,
  container: ScopeContainer,
  name: string,
  value: RemoteObject,
  frame: CallFrame | undefined,
): Promise<RemoteObject> {
  const { settable, place, objectId } = container;
  if (!settable || !frame) throw refused(name, 'its frame is not on the stack');
  const { callFrameId, scopeNumber } = settable;
  const variableName = names.inScript(name, place);
  const nth = await countOf(cdp, frame.scopeChain.slice(0, scopeNumber), variableName);
  // V8 sets constants, too.
  if (names.isConstant(variableName, place, nth)) throw refused(name, 'it is a constant');
  const target = { callFrameId, scopeNumber, variableName, newValue: new Handle(value).argument };
  await cdp.send('Debugger.setVariableValue', target).catch((error: unknown) => {
    // V8 says no more than that something went wrong.
    if (!(error instanceof CdpError)) throw error;
    throw refused(name, 'it is no variable of this scope, or cannot be assigned to');
  });
  variables.assign(objectId, variableName, value);
  return value;
}

/** In how many of `scopes` a variable is called `name`. */
async function countOf(cdp: Cdp, scopes: CallFrame['scopeChain'], name: string): Promise<number> {
  let count = 0;
  for (const { object } of scopes) {
    const { objectId = '' } = object;
    const { result } = await cdp.send('Runtime.getProperties', { objectId, ownProperties: true });
    if (result.some((each) => each.name === name)) count++;
  }
  return count;
}

export function refused(name: string, why: string): AdapterError {
  return new AdapterError('EVALUATION_FAILED', `'${name}' cannot be set: ${why}`);
}

function resultOf({ result, exceptionDetails }: Answer, slot?: Slot): RemoteObject {
  if (!exceptionDetails) return result;
  const { exception, text } = exceptionDetails;
  const [first = text] = exception?.description?.split('\n') ?? [];
  // The agent's own refusals are plain errors; those of the engine and of setters have classes.
  const why = /^Error: (.*)/.exec(first)?.[1];
  if (slot && why !== undefined) throw refused(nameOf(slot), why);
  throw new AdapterError('EVALUATION_FAILED', first);
}

function nameOf(slot: Slot): string {
  return 'name' in slot ? slot.name : slot.kind;
}
