import { isBoxed } from './built-in.ts';

/**
 * The kind and the contents of a built-in object that stand in internal slots rather than in
 * properties, as text; `part` gives the text of each value in them. `undefined` without any.
 */
export function writeSlots(value: object, part: (item: unknown) => string): string | undefined {
  if (value instanceof Map) {
    return `Map(${[...value].map(([key, item]) => `${part(key)}>${part(item)}`).join()})`;
  }
  if (value instanceof Set) return `Set(${[...value].map(part).join()})`;
  if (value instanceof Date) return `Date(${value.getTime()})`;
  if (value instanceof RegExp) return `RegExp(${part(String(value))})`;
  if (value instanceof ArrayBuffer) return `Bytes(${new Uint8Array(value).join()})`;
  if (value instanceof DataView) {
    return `View(${value.byteOffset},${value.byteLength},${part(value.buffer)})`;
  }
  if (ArrayBuffer.isView(value)) return Object.prototype.toString.call(value);
  return isBoxed(value) ? `Boxed(${part(value.valueOf())})` : undefined;
}
