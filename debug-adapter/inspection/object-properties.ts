import type { Protocol } from 'devtools-protocol';
import { Handle } from '../v8/remote-function.ts';
import { type Internal, internalRows, isProgramFunction } from './internal-properties.ts';
import { itemsOfKind, layoutOf, makerOf, prototypeOf, slotsOf } from './remote-functions.ts';
import type { NamedValue } from './remote-values.ts';
import type { VariableReader } from './variable-reader.ts';
import type { ObjectContainer } from './variable-store.ts';

/** Which part of a container is asked for. */
export interface PropertyFilter {
  readonly filter?: 'indexed' | 'named' | undefined;
  readonly start?: number | undefined;
  readonly count?: number | undefined;
}

type Property = Protocol.Runtime.PropertyDescriptor;
type RemoteObject = Protocol.Runtime.RemoteObject;

/** Clients that do not page get no more than this. */
const ITEMS_MAX = 10_000;

/** An object with more properties is shown in ranges of this many. */
const NAMES_MAX = 1000;

const UNDEFINED: RemoteObject = { type: 'undefined' };

/** The parts of an object: its items, its own properties, and what V8 knows besides. */
export async function propertiesOfObject(
  reader: VariableReader,
  container: ObjectContainer,
  part: PropertyFilter,
): Promise<readonly NamedValue[]> {
  const items = part.filter === 'named' ? [] : await itemsOf(reader, container, part);
  if (part.filter === 'indexed') return items;
  return [...items, ...(await namedOf(reader, container))];
}

/** Own properties from the `start`-th on; V8 lists those of a copy that has no prototype. */
export async function propertiesInRange(
  reader: VariableReader,
  container: ObjectContainer,
  start: number,
  count: number,
): Promise<readonly NamedValue[]> {
  const copy = await reader.agent.object(slotsOf, handleOf(container), start, count);
  const { result } = await listed(reader, copy);
  return result.map((property) => rowOf(reader, property, container));
}

async function itemsOf(
  reader: VariableReader,
  container: ObjectContainer,
  { start = 0, count = ITEMS_MAX }: PropertyFilter,
): Promise<readonly NamedValue[]> {
  const { agent } = reader;
  const { shape } = container;
  if (shape.kind === 'plain' || shape.kind === 'proxy') return [];
  const wanted = Math.max(0, Math.min(count, shape.length - start));
  const { result } = await listed(
    reader,
    await agent.object(itemsOfKind, handleOf(container), shape.kind, start, wanted),
  );
  const values = result.filter(({ name }) => /^\d+$/.test(name));
  switch (shape.kind) {
    case 'map':
      return entries(values);
    case 'set':
      return values.map(({ name, value = UNDEFINED }) => {
        return { name: String(Number(name) + start), value, slot: { kind: 'item', value } };
      });
    case 'list':
      return values.map((property) => rowOf(reader, property, container));
  }
}

/** Keys and values alternate. */
function entries(properties: readonly Property[]): readonly NamedValue[] {
  return properties.flatMap(({ name, value }, at) => {
    const key = properties[at - 1]?.value;
    const isValue = at % 2 === 1 && key && value;
    return isValue ? [{ name, key, value, slot: { kind: 'entry', key } }] : [];
  });
}

async function namedOf(
  reader: VariableReader,
  container: ObjectContainer,
): Promise<readonly NamedValue[]> {
  const { agent } = reader;
  const handle = handleOf(container);
  if (container.shape.kind === 'plain') {
    const { names, behindProxy } = await agent.data(layoutOf, handle);
    if (names > NAMES_MAX || behindProxy) {
      const own =
        names > NAMES_MAX
          ? rangesOf(reader, container, names)
          : await propertiesInRange(reader, container, 0, names);
      const prototype = await agent.object(prototypeOf, handle);
      return [
        ...own,
        ...internalRows(reader, [{ name: '[[Prototype]]', value: prototype }], container),
      ];
    }
  }
  return properties(reader, container);
}

async function properties(
  reader: VariableReader,
  container: ObjectContainer,
): Promise<readonly NamedValue[]> {
  const { shape, objectId } = container;
  const {
    result,
    privateProperties = [],
    internalProperties = [],
  } = await reader.cdp.send('Runtime.getProperties', {
    objectId,
    ownProperties: true,
    nonIndexedPropertiesOnly: shape.kind === 'list',
  });
  const isItem = ({ name }: Property) => shape.kind === 'list' && /^\d+$/.test(name);
  const own = result
    .filter((each) => !isItem(each))
    .map((property) => rowOf(reader, property, container));
  const isPrivateShown =
    privateProperties.length > 0 && (await isAuthored(reader, container, internalProperties));
  const isQuiet = ({ hint }: NamedValue) => Number(hint?.visibility === 'internal');
  return [
    ...own.filter((each) => !isQuiet(each)),
    ...(isPrivateShown ? privateProperties : []).map((property) =>
      privateRow(reader, property, container),
    ),
    ...own.filter(isQuiet),
    ...internalRows(reader, internalProperties, container),
  ];
}

/** Whether the object's class is the program's: fields of the simulator's own are hidden. */
async function isAuthored(
  reader: VariableReader,
  container: ObjectContainer,
  internal: readonly Internal[],
): Promise<boolean> {
  if (isProgramFunction(reader, internal)) return true;
  const maker = await reader.agent.object(makerOf, handleOf(container));
  if (maker.type !== 'function') return true;
  const { internalProperties = [] } = await listed(reader, maker);
  return isProgramFunction(reader, internalProperties);
}

/** `[0 … 999]`, each of which unfolds to its properties. */
function rangesOf(
  { variables }: VariableReader,
  container: ObjectContainer,
  names: number,
): readonly NamedValue[] {
  return Array.from({ length: Math.ceil(names / NAMES_MAX) }, (_, nth) => {
    const start = nth * NAMES_MAX;
    const count = Math.min(NAMES_MAX, names - start);
    const below = variables.add({ kind: 'range', of: container, start, count });
    return { name: `[${start} … ${start + count - 1}]`, value: UNDEFINED, below };
  });
}

function rowOf(
  { variables }: VariableReader,
  property: Property,
  owner: ObjectContainer,
): NamedValue {
  const { name, symbol, value, enumerable } = property;
  const expression =
    owner.expression === undefined ? undefined : memberOf(owner.expression, property);
  const common = {
    name,
    ...(expression !== undefined && { expression }),
    slot: { kind: 'property', name, ...(symbol && { symbol }) },
  } as const;
  if (value) {
    return enumerable
      ? { ...common, value }
      : { ...common, value, hint: { visibility: 'internal' } };
  }
  const { objectId } = owner;
  const lazy = variables.add({ kind: 'getter', objectId, name, ...(symbol && { symbol }) });
  return { ...common, value: UNDEFINED, lazy };
}

/** A `#field`, or an accessor of the same kind, which is read by an expression when asked for. */
function privateRow(
  { variables }: VariableReader,
  { name, value }: Protocol.Runtime.PrivatePropertyDescriptor,
  { objectId, expression: owner }: ObjectContainer,
): NamedValue {
  const common = {
    name,
    ...(owner !== undefined && { expression: `${owner}.${name}` }),
    hint: { visibility: 'private' },
    slot: { kind: 'private', name },
  } as const;
  if (value) return { ...common, value };
  const lazy = variables.add({ kind: 'getter', objectId, name, isPrivate: true });
  return { ...common, value: UNDEFINED, lazy };
}

/** `owner.name`, or `owner["name"]`; symbols have no expression. */
function memberOf(owner: string, { name, symbol }: Property): string | undefined {
  if (symbol) return undefined;
  if (/^(0|[1-9]\d*)$/.test(name)) return `${owner}[${name}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? `${owner}.${name}`
    : `${owner}[${JSON.stringify(name)}]`;
}

function listed({ cdp }: VariableReader, { objectId = '' }: RemoteObject) {
  return cdp.send('Runtime.getProperties', { objectId, ownProperties: true });
}

function handleOf<Value extends object>({ objectId }: ObjectContainer): Handle<Value> {
  return new Handle<Value>({ type: 'object', objectId });
}
