/** The text that logging writes of `value`: `String(value)`, or a substitute where that throws. */
export function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    // An object without a prototype, or with a toString that throws, has no text of its own.
    return Object.prototype.toString.call(value);
  }
}
