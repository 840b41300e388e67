import { preview } from './preview.ts';

/** A line that is read rather than glanced at shows more than a row of variables. */
const LOG_LIMITS = { depth: 4, items: 100, text: 10_000 };

/**
 * The text that logging writes of `values`, separated by spaces: `String(value)` of each, or what
 * `console.log` writes where that would only say `[object …]`, or throws.
 */
export function textOf(...values: readonly unknown[]): string {
  return values.map(textOfOne).join(' ');
}

function textOfOne(value: unknown): string {
  const isObject = typeof value === 'object' && value !== null;
  try {
    const text = String(value);
    return isObject && text.includes('[object ') ? preview(value, LOG_LIMITS) : text;
  } catch {
    // An object without a prototype, or with a toString that throws, has no text of its own.
    return preview(value, LOG_LIMITS);
  }
}
