import type { InnerError } from '../contracts/notices.ts';
import { innerErrorsOf, preview, stackOf } from '../format/index.ts';

const DIRECTIVE = /%[sdifjoOc%]/g;

/**
 * The text of a `console.log` call: directives of the first value are replaced by the values that
 * follow (WHATWG Console, section 2.2), what is left over is appended.
 */
export function formatMessage(values: readonly unknown[]): string {
  const [first, ...rest] = values;
  if (values.length === 0) return '';
  if (typeof first !== 'string') return values.map(plain).join(' ');
  let used = 0;
  const text = first.replace(DIRECTIVE, (directive) => {
    if (directive === '%%') return rest.length === 0 ? directive : '%';
    if (used >= rest.length) return directive;
    return substitute(directive, rest[used++]);
  });
  return [text, ...rest.slice(used).map(plain)].join(' ');
}

/**
 * A string stands for itself, an error for its stack, followed by the errors inside it as Node
 * writes them; anything else is shown as a value.
 */
function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  const stack = stackOf(value);
  if (stack === undefined) return preview(value, CONSOLE_LIMITS);
  return stack + innerTexts(innerErrorsOf(value));
}

function innerTexts(inner: readonly InnerError[]): string {
  if (inner.length === 0) return '';
  const texts = inner.map(({ relation, message, stack = message, inner: below = [] }) => {
    const text = `[${relation}]: ${stack}${innerTexts(below)}`;
    return `  ${text.replaceAll('\n', '\n  ')}`;
  });
  return ` {\n${texts.join('\n')}\n}`;
}

/** A printed value is read, not glanced at: show more of it than a list of variables does. */
const CONSOLE_LIMITS = { depth: 4, items: 100, text: 10_000 };

function substitute(directive: string, value: unknown): string {
  switch (directive) {
    case '%s':
      return plain(value);
    case '%d':
    case '%i': {
      if (typeof value === 'bigint') return `${value}n`;
      const number = typeof value === 'symbol' ? Number.NaN : Number(value);
      return String(directive === '%i' ? Math.trunc(number) : number);
    }
    case '%f':
      return String(typeof value === 'symbol' ? Number.NaN : Number.parseFloat(String(value)));
    case '%c':
      return '';
    default:
      return preview(value, CONSOLE_LIMITS);
  }
}
