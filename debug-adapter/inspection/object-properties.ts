import type { Protocol } from 'devtools-protocol';
import { Handle } from '../v8/remote-function.ts';
import { itemsOfObject } from './remote-functions.ts';
import type { NamedValue } from './remote-values.ts';
import type { VariableReader } from './variable-reader.ts';
import type { VariableContainer, VariableStore } from './variable-store.ts';

/** Which part of a container is asked for. */
export interface PropertyFilter {
  readonly filter?: 'indexed' | 'named' | undefined;
  readonly start?: number | undefined;
  readonly count?: number | undefined;
}

type ObjectContainer = Extract<VariableContainer, { kind: 'object' }>;
type Property = Protocol.Runtime.PropertyDescriptor;

/** Clients that do not page get no more than this. */
const ITEMS_MAX = 10_000;

/** The parts of an object: its items, its own properties, and what V8 knows besides. */
export async function propertiesOfObject(
  reader: VariableReader,
  container: ObjectContainer,
  part: PropertyFilter,
): Promise<readonly NamedValue[]> {
  const { shape } = container;
  const items =
    shape.kind === 'plain' || part.filter === 'named' ? [] : await itemsOf(reader, container, part);
  if (part.filter === 'indexed') return items;
  const named = await propertiesOf(reader, container);
  return [...items, ...named];
}

async function itemsOf(
  { cdp, agent: control }: VariableReader,
  { objectId, shape, expression }: ObjectContainer,
  { start = 0, count = ITEMS_MAX }: PropertyFilter,
): Promise<readonly NamedValue[]> {
  if (shape.kind === 'plain') return [];
  const object = new Handle({ type: 'object', objectId });
  const result = await control.object(itemsOfObject, object, shape.kind, start, count);
  const { result: properties } = await cdp.send('Runtime.getProperties', {
    objectId: result.objectId ?? '',
    ownProperties: true,
  });
  const values = properties.filter(({ name }) => /^\d+$/.test(name));
  if (shape.kind === 'map') return pairs(values);
  return values.flatMap(({ name, value }) => {
    if (!value) return [];
    const index = String(Number(name) + start);
    const whole = expression !== undefined && shape.kind === 'list';
    return { name: index, value, ...(whole && { expression: `${expression}[${index}]` }) };
  });
}

/** Keys and values alternate. */
function pairs(properties: readonly Property[]): readonly NamedValue[] {
  return properties.flatMap(({ name, value }) => {
    const index = Number(name);
    const key = properties.find((other) => other.name === String(index - 1))?.value;
    return index % 2 === 1 && key && value ? [{ name, key, value }] : [];
  });
}

async function propertiesOf(
  { cdp, variables: containers }: VariableReader,
  { objectId, shape, expression }: ObjectContainer,
): Promise<readonly NamedValue[]> {
  const { result, internalProperties = [] } = await cdp.send('Runtime.getProperties', {
    objectId,
    ownProperties: true,
    nonIndexedPropertiesOnly: shape.kind === 'list',
  });
  const isItem = ({ name }: Property) => shape.kind === 'list' && /^\d+$/.test(name);
  const own = result
    .filter((each) => !isItem(each))
    .map((property) => propertyOf(property, objectId, expression, containers));
  const internal = internalProperties
    .filter(({ name, value }) => value && !HIDDEN.has(name))
    .map(({ name, value = { type: 'undefined' } }): NamedValue => {
      return { name, value, hint: { kind: 'virtual', visibility: 'internal' } };
    });
  const isLast = ({ name }: NamedValue) => Number(name === '[[Prototype]]');
  const isQuiet = ({ hint }: NamedValue) => Number(hint?.visibility === 'internal');
  return [...own.sort((a, b) => isQuiet(a) - isQuiet(b)), ...internal].sort(
    (a, b) => isLast(a) - isLast(b),
  );
}

/** Shown as the object's items already. */
const HIDDEN = new Set(['[[Entries]]']);

function propertyOf(
  property: Property,
  objectId: string,
  owner: string | undefined,
  containers: VariableStore,
): NamedValue {
  const { name, value, enumerable } = property;
  const expression = owner === undefined ? undefined : memberOf(owner, property);
  const common = { name, ...(expression !== undefined && { expression }) };
  if (value) {
    return enumerable
      ? { ...common, value }
      : { ...common, value, hint: { visibility: 'internal' } };
  }
  const reference = containers.add({ kind: 'getter', objectId, name });
  return { ...common, value: { type: 'undefined' }, lazy: reference };
}

/** `owner.name`, or `owner["name"]`; symbols have no expression. */
function memberOf(owner: string, { name, symbol }: Property): string | undefined {
  if (symbol) return undefined;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? `${owner}.${name}`
    : `${owner}[${JSON.stringify(name)}]`;
}
