/** Whether `value` is a primitive in an object: its content stands in an internal slot. */
export function isBoxed(value: object): boolean {
  return (
    value instanceof Number ||
    value instanceof String ||
    value instanceof Boolean ||
    value instanceof BigInt ||
    value instanceof Symbol
  );
}

/** Whether the contents of `value` cannot be read, and so can neither be copied nor compared. */
export function isOpaque(value: object): boolean {
  return value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet;
}
