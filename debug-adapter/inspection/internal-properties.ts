import type { Protocol } from 'devtools-protocol';
import type { NamedValue } from './remote-values.ts';
import type { VariableReader } from './variable-reader.ts';
import type { ObjectContainer } from './variable-store.ts';

export type Internal = Pick<Protocol.Runtime.InternalPropertyDescriptor, 'name' | 'value'>;

const HINT = { kind: 'virtual', visibility: 'internal' } as const;

/** What V8 knows of an object beside its properties, as `[[Prototype]]`, which comes last. */
export function internalRows(
  reader: VariableReader,
  properties: readonly Internal[],
  owner: ObjectContainer,
): readonly NamedValue[] {
  const { kind: shape } = owner.shape;
  const isAuthored = isProgramFunction(reader, properties);
  const rows = properties.flatMap(({ name, value }): NamedValue[] => {
    if (!value) return [];
    const row = { name, value, hint: HINT };
    switch (name) {
      case '[[Entries]]':
        // The items of a map or a set, which are shown as such.
        return shape === 'map' || shape === 'set' ? [] : [row];
      case '[[FunctionLocation]]':
        return isAuthored ? [locationRow(reader, row)] : [];
      case '[[Scopes]]':
        return isAuthored ? [capturedRow(reader, owner)] : [];
      default:
        return [row];
    }
  });
  const isLast = ({ name }: NamedValue) => Number(name === '[[Prototype]]');
  return rows.sort((a, b) => isLast(a) - isLast(b));
}

interface FunctionLocation {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** Whether these are the internal properties of a function of the program. */
export function isProgramFunction(
  { isProgram }: VariableReader,
  properties: readonly Internal[],
): boolean {
  const found = properties.find(({ name }) => name === '[[FunctionLocation]]');
  const location = found?.value?.value as FunctionLocation | undefined;
  return location !== undefined && isProgram(location.scriptId);
}

/** Positions are those of the author's files. */
function locationRow({ sources }: VariableReader, row: NamedValue): NamedValue {
  const found = sources.ofLocation(row.value.value as FunctionLocation);
  if (!found) return { ...row, text: '' };
  const { name } = sources.sourceOf(found.file);
  return { ...row, text: `${name}:${found.line}:${found.column}` };
}

/** V8 would also list the variables of the bundle and the globals. */
function capturedRow({ variables }: VariableReader, { objectId }: ObjectContainer): NamedValue {
  const below = variables.add({ kind: 'captured', objectId });
  return { name: '[[Scopes]]', value: { type: 'undefined' }, hint: HINT, below };
}
