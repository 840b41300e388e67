import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Protocol } from 'devtools-protocol';
import type { AgentClient } from '../v8/agent-client.ts';
import { Handle } from '../v8/remote-function.ts';
import type { Sources } from '../v8/script/sources.ts';
import { previewsOfAll } from './remote-functions.ts';
import type { ObjectShape, Slot, VariableStore } from './variable-store.ts';

type RemoteObject = Protocol.Runtime.RemoteObject;

/** Where values are shown, and what has to be known for it. */
export interface ValueFormatting {
  readonly agent: AgentClient;
  readonly variables: VariableStore;
  readonly sources: Sources;
}

/** A value of the program with the name it goes by. */
export interface NamedValue {
  readonly name: string;
  /** Names the value instead of `name`, as the keys of a map do. */
  readonly key?: RemoteObject;
  readonly value: RemoteObject;
  /** An expression for the value, if one is known. */
  readonly expression?: string;
  readonly hint?: DebugProtocol.VariablePresentationHint;
  /** A reference under which the value is read when the user asks for it. */
  readonly lazy?: number;
  /** A reference to rows that are shown below this one instead of the value. */
  readonly below?: number;
  /** Shown instead of the value. */
  readonly text?: string;
  /** Where the value is kept; absent if it cannot be set. */
  readonly slot?: Slot;
}

/** Longer lists are shown in pages. */
const PAGED_FROM = 100;

/** Shows values of the program as DAP variables; one question to the program for all of them. */
export async function formatValues(
  values: readonly NamedValue[],
  { agent: control, variables: containers, sources }: ValueFormatting,
): Promise<DebugProtocol.Variable[]> {
  const all = values.flatMap(({ value, key }) => (key ? [value, key] : [value]));
  const previews = await previewsOf(all, control);
  const show = (value: RemoteObject) => previews.get(value) ?? valueText(located(value, sources));
  return values.map(({ name, key, value, expression, hint, lazy, below, text }) => {
    if (lazy !== undefined) return lazyVariable(name, lazy, hint);
    if (below !== undefined || text !== undefined) {
      const row = { name, value: text ?? '', variablesReference: below ?? 0 };
      return { ...row, ...(hint && { presentationHint: hint }) };
    }
    return {
      name: key ? show(key) : name,
      value: show(value),
      type: value.subtype === 'proxy' ? 'Proxy' : (value.className ?? value.subtype ?? value.type),
      ...(expression !== undefined && { evaluateName: expression }),
      ...(hint && { presentationHint: hint }),
      ...referenceTo(value, expression, containers),
      ...locationOf(value, containers),
    };
  });
}

function lazyVariable(
  name: string,
  variablesReference: number,
  hint: DebugProtocol.VariablePresentationHint = {},
): DebugProtocol.Variable {
  return { name, value: '(…)', variablesReference, presentationHint: { ...hint, lazy: true } };
}

/** Functions of the author's can be followed to where they stand. */
function locationOf(
  { type, objectId, description = '' }: RemoteObject,
  { locations }: VariableStore,
): Pick<DebugProtocol.Variable, 'valueLocationReference'> {
  const isAuthored = type === 'function' && !description.includes('[native code]');
  if (!isAuthored || objectId === undefined) return {};
  return { valueLocationReference: locations.add({ kind: 'function', objectId }) };
}

/** What makes a value unfold; nothing does in a primitive. */
function referenceTo(
  value: RemoteObject,
  expression: string | undefined,
  containers: VariableStore,
): Pick<DebugProtocol.Variable, 'variablesReference' | 'indexedVariables' | 'namedVariables'> {
  const { objectId } = value;
  if (objectId === undefined || value.type === 'symbol') return { variablesReference: 0 };
  const shape = shapeOf(value);
  const container = { kind: 'object', objectId, shape } as const;
  const variablesReference = containers.add(
    expression === undefined ? container : { ...container, expression },
  );
  if (!('length' in shape) || shape.length <= PAGED_FROM) return { variablesReference };
  return { variablesReference, indexedVariables: shape.length, namedVariables: 1 };
}

async function previewsOf(
  values: readonly RemoteObject[],
  control: AgentClient,
): Promise<ReadonlyMap<RemoteObject, string>> {
  const asked = values.filter(({ objectId }) => objectId !== undefined);
  let texts: readonly string[];
  try {
    texts = await control.data(previewsOfAll, ...asked.map((each) => new Handle(each)));
  } catch {
    // With the stack exhausted no function can be called; V8's own description has to do.
    texts = asked.map(({ description, type }) => description ?? type);
  }
  return new Map(asked.map((value, index) => [value, texts[index] ?? value.type]));
}

function shapeOf({ subtype, description = '' }: RemoteObject): ObjectShape {
  const length = Number(/\((\d+)\)$/.exec(description)?.[1] ?? 0);
  switch (subtype) {
    case 'array':
    case 'typedarray':
      return { kind: 'list', length };
    case 'proxy':
      return { kind: 'proxy' };
    case 'map':
    case 'set':
      return { kind: subtype, length };
    default:
      return { kind: 'plain' };
  }
}

/** Stacks of errors are texts with positions, which the author's files are wanted for. */
function located(value: RemoteObject, { positions }: Sources): RemoteObject {
  if (value.type !== 'string') return value;
  return { ...value, value: positions.linked(String(value.value)) };
}

/** A primitive as JavaScript writes it. */
export function valueText({ type, value, unserializableValue, description }: RemoteObject): string {
  if (type === 'string') return `'${String(value).replace(/[\\'\n\r\t]/g, escaped)}'`;
  if (unserializableValue !== undefined) return unserializableValue;
  if (type === 'undefined') return 'undefined';
  if (value !== undefined) return String(value);
  return description ?? type;
}

function escaped(char: string): string {
  const known: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return known[char] ?? `\\${char}`;
}
