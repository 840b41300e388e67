import type { DebugProtocol } from '@vscode/debugprotocol';
import {
  type CallExpression,
  type Expression,
  type Identifier,
  type MemberExpression,
  parse,
} from 'acorn';
import type { Protocol } from 'devtools-protocol';
import { pathPattern } from '../../../program/index.ts';
import { evaluatedValue, refused, setInScope, setPart } from '../../inspection/assignment.ts';
import { evaluate } from '../../inspection/evaluation.ts';
import { isModuleScope } from '../../inspection/scopes.ts';
import type { VariableReader } from '../../inspection/variable-reader.ts';
import type { Slot } from '../../inspection/variable-store.ts';
import { type CallFrame, innermost } from '../../v8/pause.ts';
import { variableReaderOf } from '../pause-reading.ts';
import type { Session } from '../session.ts';
import { recordAssignment } from './record-assignment.ts';
import { editState } from './set-variable.ts';

/**
 * Assigns to what `expression` names in the frame: a variable, a part of an object, or a state.
 *
 * @returns what is there afterwards.
 * @throws AdapterError if it names nothing that can be set, or nothing was set.
 */
export async function setExpression(
  session: Session,
  expression: string,
  source: string,
  call: CallFrame | undefined,
): Promise<DebugProtocol.SetExpressionResponse['body']> {
  const reader = variableReaderOf(session);
  const { node, text } = targetOf(expression);
  if (node.type === 'CallExpression') {
    await setStateCalled(session, text, node, source);
  } else {
    if (node.type === 'Identifier') await setVariableCalled(reader, node.name, source, call);
    else await setMember(reader, text, node, source, call);
    const here = innermost(session.pause);
    const isHere = call !== undefined && call.callFrameId === here?.callFrameId;
    const assignment = isHere
      ? reader.sources.names.translate(`${expression} = (${source}\n)`, call.location)
      : undefined;
    const reason = `set ${expression} to ${source}`;
    await recordAssignment(session, { name: expression, reason, assignment });
  }
  session.invalidate('variables');
  const asked = { expression, call, context: 'watch' };
  const { result, ...body } = await evaluate(session.debuggee, variableReaderOf(session), asked);
  return { ...body, value: result };
}

interface Target {
  readonly node: CallExpression | Identifier | MemberExpression;
  /** The text that the node's offsets count in. */
  readonly text: string;
}

function targetOf(expression: string): Target {
  const text = `(${expression}\n)`;
  const node = parsed(text);
  if (node?.type === 'Identifier' || node?.type === 'MemberExpression') return { node, text };
  if (node?.type === 'CallExpression') {
    const { callee } = node;
    if (callee.type === 'Identifier' && callee.name === '$state') return { node, text };
  }
  throw refused(expression, 'it is not a variable, a part of an object, or a state');
}

function parsed(text: string): Expression | undefined {
  try {
    const { body } = parse(text, { ecmaVersion: 'latest', checkPrivateFields: false });
    const [only] = body;
    return body.length === 1 && only?.type === 'ExpressionStatement' ? only.expression : undefined;
  } catch {
    return undefined;
  }
}

async function setVariableCalled(
  reader: VariableReader,
  name: string,
  source: string,
  call: CallFrame | undefined,
): Promise<void> {
  if (!call) throw refused(name, 'there are no variables in this frame');
  const { names } = reader.sources;
  const place = call.location;
  const inScript = names.inScript(name, place);
  for (const [scopeNumber, scope] of call.scopeChain.entries()) {
    const { objectId } = scope.object;
    if (scope.type === 'global' || objectId === undefined) continue;
    const { result } = await reader.cdp.send('Runtime.getProperties', {
      objectId,
      ownProperties: true,
    });
    if (!result.some((each) => each.name === inScript)) continue;
    const settable = { callFrameId: call.callFrameId, scopeNumber };
    const isModule = isModuleScope(scope);
    const container = { kind: 'scope', objectId, isModule, place, settable } as const;
    const value = await evaluatedValue(reader, source, call);
    await setInScope(reader, container, name, value, call);
    return;
  }
  if (!names.moduleNames(place).has(name)) throw refused(name, 'there is no such variable');
  await evaluatedValue(reader, `${name} = (${source}\n)`, call);
}

async function setMember(
  reader: VariableReader,
  expression: string,
  target: MemberExpression,
  source: string,
  call: CallFrame | undefined,
): Promise<void> {
  const ownerText = expression.slice(target.object.start, target.object.end);
  if (/\$state\s*\(/.test(ownerText)) {
    throw refused(written(target, expression), 'it is a part of a state; set the state itself');
  }
  const owner = await evaluatedValue(reader, ownerText, call);
  if (owner.objectId === undefined || owner.type === 'symbol') {
    throw refused(written(target, expression), `'${ownerText}' is not an object`);
  }
  const slot = await slotOf(reader, expression, target, call);
  const value = await evaluatedValue(reader, source, call);
  await setPart(reader, owner.objectId, slot, value, true);
}

async function slotOf(
  reader: VariableReader,
  expression: string,
  { property, computed }: MemberExpression,
  call: CallFrame | undefined,
): Promise<Slot> {
  if (property.type === 'PrivateIdentifier') return { kind: 'private', name: `#${property.name}` };
  if (!computed && property.type === 'Identifier') return { kind: 'property', name: property.name };
  const text = expression.slice(property.start, property.end);
  const key: Protocol.Runtime.RemoteObject = await evaluatedValue(reader, text, call);
  if (key.type === 'symbol') return { kind: 'property', name: text, symbol: key };
  if (key.objectId !== undefined) throw refused(text, 'it is not the name of a property');
  return { kind: 'property', name: String(key.value ?? key.unserializableValue ?? key.type) };
}

/** `$state(task, name)` or `$state(task, name, key)`, each written out. */
async function setStateCalled(
  session: Session,
  expression: string,
  target: CallExpression,
  source: string,
): Promise<void> {
  const { arguments: args } = target;
  const [task, state, key] = args.map((each) => {
    return each.type === 'Literal' && typeof each.value === 'string'
      ? each.value
      : expression.slice(each.start, each.end);
  });
  if (task === undefined || state === undefined) {
    throw refused(
      written(target, expression),
      'a state is named by its task, its name and its key',
    );
  }
  const { nodes } = await session.debuggee.agentClient.call('topology');
  const paths = nodes.filter(({ kind }) => kind === 'task').map(({ path }) => String(path));
  const fitting = paths.includes(task) ? [task] : paths.filter(pathPattern(task));
  const [path] = fitting;
  if (path === undefined || fitting.length > 1) {
    throw refused(written(target, expression), `'${task}' names ${fitting.length} tasks`);
  }
  const keyText =
    args[2]?.type === 'Literal' && typeof args[2].value === 'string' ? JSON.stringify(key) : key;
  const scope = key === undefined ? 'task' : 'key';
  const named = {
    task: path,
    state,
    scope,
    ...(keyText !== undefined && { key: keyText }),
  } as const;
  await editState(session, named, source);
}

function written({ start, end }: { readonly start: number; readonly end: number }, text: string) {
  return text.slice(start, end);
}
