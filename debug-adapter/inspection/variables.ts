import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Protocol } from 'devtools-protocol';
import type { RowLabel, ViewRef } from '../agent/index.ts';
import type { AgentClient } from '../v8/agent-client.ts';
import type { Cdp } from '../v8/cdp.ts';
import { Handle } from '../v8/remote-function.ts';
import { limitOf } from '../v8/time-limit.ts';
import { type PropertyFilter, propertiesInRange, propertiesOfObject } from './object-properties.ts';
import { propertyOf } from './remote-functions.ts';
import { formatValues, type NamedValue } from './remote-values.ts';
import type { VariableReader } from './variable-reader.ts';
import type {
  PropertyContainer,
  Slot,
  VariableContainer,
  VariableStore,
} from './variable-store.ts';

type Variable = DebugProtocol.Variable;
type RemoteObject = Protocol.Runtime.RemoteObject;

/** What a container unfolds to. */
export async function variablesOf(
  reader: VariableReader,
  container: VariableContainer,
  part: PropertyFilter,
): Promise<Variable[]> {
  const { cdp, agent: control, variables: containers } = reader;
  switch (container.kind) {
    case 'view':
      return viewVariables(reader, container.ref, part);
    case 'captured':
      return formatValues(await capturedBy(cdp, container.objectId), reader);
    case 'getter':
      return shown(reader, container, [await getterValue(control, container)]);
    case 'range': {
      const { of: owner, start, count } = container;
      return shown(reader, container, await propertiesInRange(reader, owner, start, count));
    }
    case 'scope': {
      const { objectId } = container;
      const values = (await ownValues(cdp, objectId)).map((each) => {
        return { ...each, value: containers.assignedTo(objectId, each.name) ?? each.value };
      });
      return formatValues(namedAsInSource(reader, container, values), reader);
    }
    case 'object':
      return shown(reader, container, await propertiesOfObject(reader, container, part));
    case 'line':
      return [];
  }
}

/** Rows that remember where their values are kept. */
async function shown(
  reader: VariableReader,
  container: VariableContainer,
  values: readonly NamedValue[],
): Promise<Variable[]> {
  const rows = await formatValues(values, reader);
  reader.variables.keepSlots(
    container,
    rows.map(({ name }, at) => [name, values[at]?.slot] as const),
  );
  return rows;
}

/** A module's scope shows the variables and imports of its own file only. */
function namedAsInSource(
  { sources: { names } }: VariableReader,
  { isModule, place }: Extract<VariableContainer, { kind: 'scope' }>,
  values: readonly NamedValue[],
): readonly NamedValue[] {
  const renamed = (each: NamedValue, name: string) => ({ ...each, name, expression: name });
  if (!isModule) return values.map((each) => renamed(each, names.shown(each.name, place)));
  const byName = new Map(values.map((each) => [each.name, each]));
  return [...names.moduleNames(place)].flatMap(([name, inScript]) => {
    const value = byName.get(inScript);
    return value ? [renamed(value, name)] : [];
  });
}

/** The bundler adds helpers, and names for modules, to the author's variables. */
function isAuthored({ name }: NamedValue): boolean {
  return !BUNDLER.has(name) && !/^(__|portals\$)|_exports$/.test(name);
}

const BUNDLER = new Set(['PortalsJS', 'module', 'exports', 'arguments', 'runtime_default']);

/** The rows of a view of the model, each with its value, its own text, or a view below it. */
async function viewVariables(
  reader: VariableReader,
  ref: ViewRef,
  { start = 0, count = VIEW_ROWS_MAX }: PropertyFilter,
): Promise<Variable[]> {
  const { cdp, agent: control, variables: containers } = reader;
  const packed = await control.view(ref, { start, count });
  const [labels, values] = await unpack(cdp, packed);
  const named = labels.map((label, index): NamedValue => {
    const { name, expression, uncommitted } = label;
    const value = values[index] ?? { type: 'undefined' };
    const known = expression === undefined ? { name, value } : { name, value, expression };
    return { ...known, ...(uncommitted && { hint: { attributes: ['uncommitted'] } }) };
  });
  const shown = await formatValues(named, reader);
  return shown.map((variable, index) =>
    rowVariable(variable, labels[index], values[index], containers),
  );
}

/** Clients that do not page get no more than this. */
const VIEW_ROWS_MAX = 1000;

async function unpack(
  cdp: Cdp,
  { objectId = '' }: RemoteObject,
): Promise<[readonly RowLabel[], readonly (RemoteObject | undefined)[]]> {
  const { result } = await cdp.send('Runtime.getProperties', { objectId, ownProperties: true });
  const items = new Map(result.map(({ name, value }) => [name, value]));
  const labels = JSON.parse(String(items.get('0')?.value)) as readonly RowLabel[];
  return [labels, labels.map((_, index) => items.get(String(index + 1)))];
}

function rowVariable(
  variable: Variable,
  label: RowLabel | undefined,
  value: RemoteObject | undefined,
  containers: VariableStore,
): Variable {
  const { text, below, count, captured, site, mark, isState } = label ?? {};
  if (captured && value?.objectId !== undefined) {
    const variablesReference = containers.add({ kind: 'captured', objectId: value.objectId });
    return { name: variable.name, value: '', variablesReference };
  }
  const said = mark === undefined ? '' : `${MARK}${mark}`;
  if (text === undefined && below === undefined) {
    return { ...variable, value: `${variable.value}${said}`, ...(isState && STATE_MENU) };
  }
  const variablesReference = below ? containers.add({ kind: 'view', ref: below }) : 0;
  return {
    name: variable.name,
    value: `${text ?? ''}${said}`,
    variablesReference,
    ...(count !== undefined && { indexedVariables: count }),
    ...(variable.presentationHint && { presentationHint: variable.presentationHint }),
    ...(site && { valueLocationReference: containers.locations.add({ kind: 'site', site }) }),
  };
}

/** VS Code's own extension of the protocol: what commands may ask of a variable in its menu. */
const STATE_MENU = { __vscodeVariableMenuContext: 'state' };

/** Stands between a value and what is said of it. */
const MARK = ' · ';

/** What a client sends back as a new value may have what was said of the old one at its end. */
export function withoutLocationMark(source: string): string {
  return source.replace(/ · uncommitted.*$/s, '');
}

/** Own data properties by name; what they are called is also the expression for them. */
async function ownValues(cdp: Cdp, objectId: string): Promise<readonly NamedValue[]> {
  const { result } = await cdp.send('Runtime.getProperties', { objectId, ownProperties: true });
  return result.flatMap(({ name, value }) => (value ? [{ name, value, expression: name }] : []));
}

/** Runs the author's getter; what it throws is shown as its value. */
async function getterValue(
  agent: AgentClient,
  { objectId, name, symbol, isPrivate }: PropertyContainer,
): Promise<NamedValue> {
  const self = new Handle<Readonly<Record<PropertyKey, unknown>>>({ type: 'object', objectId });
  const limit = limitOf('variables');
  const key = symbol ? new Handle<PropertyKey>(symbol) : name;
  const { result, exceptionDetails } = isPrivate
    ? await agent.privateMember(self, name, undefined, limit)
    : await agent.inTime(self, propertyOf, [key], limit);
  const slot: Slot = isPrivate
    ? { kind: 'private', name }
    : { kind: 'property', name, ...(symbol && { symbol }) };
  return { name, value: exceptionDetails?.exception ?? result, slot };
}

/** The variables a function has taken along from where it was written, nearest scope first. */
async function capturedBy(cdp: Cdp, objectId: string): Promise<readonly NamedValue[]> {
  const { internalProperties = [] } = await cdp.send('Runtime.getProperties', {
    objectId,
    ownProperties: true,
  });
  const scopes = internalProperties.find(({ name }) => name === '[[Scopes]]')?.value;
  if (scopes?.objectId === undefined) return [];
  const { result } = await cdp.send('Runtime.getProperties', {
    objectId: scopes.objectId,
    ownProperties: true,
  });
  const closures = result.filter(({ value }) =>
    /^(Closure|Block|With)/.test(value?.description ?? ''),
  );
  const captured = new Map<string, NamedValue>();
  for (const { value } of closures) {
    for (const each of await ownValues(cdp, value?.objectId ?? '')) {
      const { name, value: known } = each;
      if (!captured.has(name) && isAuthored(each)) captured.set(name, { name, value: known });
    }
  }
  return [...captured.values()];
}
