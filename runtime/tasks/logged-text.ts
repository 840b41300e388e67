import { textOf } from '../format/text.ts';
import { isolate } from '../values/isolate.ts';

/** What a log line says, and a copy of the value if it is one object that can be copied. */
export function loggedText(values: readonly unknown[]): {
  readonly message: string;
  readonly value?: unknown;
} {
  const message = textOf(...values);
  const [value] = values;
  if (values.length !== 1 || typeof value !== 'object' || value === null) return { message };
  try {
    return { message, value: isolate(value) };
  } catch {
    // The message is all there is to say of what cannot be copied.
    return { message };
  }
}
