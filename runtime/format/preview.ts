import { dataProperty, kindOf, take } from './kind.ts';

/** Bounds of a preview: levels of nesting, items per level, and characters of the whole text. */
export interface PreviewLimits {
  readonly depth: number;
  readonly items: number;
  readonly text: number;
  /** The state that a handle of one stands for: it is of more interest than the handle. */
  readonly stateOf?: (
    value: object,
  ) => { readonly scope: string; readonly value: unknown } | undefined;
}

/** Fits a line of the Variables view. */
export const DEFAULT_LIMITS: PreviewLimits = { depth: 2, items: 8, text: 200 };

/**
 * One line that shows a value the way Chrome's console does: `{id: 7, tags: Array(2)}`,
 * `(2) ['a', 'b']`, `Map(1) {'k' => 1}`, `ƒ add()`. Getters are not run, cycles are named.
 */
export function preview(value: unknown, limits: PreviewLimits = DEFAULT_LIMITS): string {
  const text = show(value, limits, limits.depth, []);
  return text.length <= limits.text ? text : `${text.slice(0, limits.text - 1)}…`;
}

function show(
  value: unknown,
  limits: PreviewLimits,
  depth: number,
  above: readonly unknown[],
): string {
  if (above.includes(value)) return '[Circular]';
  const kind = kindOf(value);
  const inner = (item: unknown): string => show(item, limits, depth - 1, [...above, value]);
  switch (kind.kind) {
    case 'primitive':
      return showPrimitive(kind.value, limits);
    case 'function':
      return kind.isClass ? `class ${kind.name}`.trimEnd() : `ƒ ${kind.name}()`;
    case 'date':
      return Number.isNaN(kind.ms) ? 'Invalid Date' : new Date(kind.ms).toISOString();
    case 'regexp':
      return kind.text;
    case 'error':
      return kind.message === '' ? kind.name : `${kind.name}: ${kind.message}`;
    case 'boxed':
      return `${kind.name} {${showPrimitive(kind.value, limits)}}`;
    case 'opaque':
      return `${kind.name} {…}`;
    case 'array':
      return depth === 0
        ? `Array(${kind.value.length})`
        : showArray(kind.value, limits, inner, kind.value.length > 1);
    case 'typed': {
      const head = `${kind.name}(${kind.items.length})`;
      return depth === 0 ? head : `${head} ${showArray(kind.items, limits, inner, false)}`;
    }
    case 'set':
      return braces(`${kind.name}(${kind.size}) `, depth === 0 ? [] : kind.items, limits, inner);
    case 'map':
      return braces(
        `${kind.name}(${kind.size}) `,
        depth === 0 ? [] : kind.entries,
        limits,
        ([key, item]) => `${inner(key)} => ${inner(item)}`,
      );
    case 'object': {
      const state = limits.stateOf?.(value as object);
      if (state) return depth === 0 ? state.scope : `${state.scope} {${inner(state.value)}}`;
      const head = kind.name === undefined ? '' : `${kind.name} `;
      return depth === 0
        ? `${head}{…}`
        : braces(head, properties(value as object), limits, (property) => property(inner));
    }
  }
}

function showPrimitive(value: unknown, limits: PreviewLimits): string {
  if (typeof value === 'string') {
    const cut = value.length > limits.text ? `${value.slice(0, limits.text)}…` : value;
    return `'${cut.replace(/[\\'\n\r\t]/g, (char) => ESCAPES[char] ?? char)}'`;
  }
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  return String(value);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Runs of holes of a sparse array are shown as one. */
function showArray(
  items: ArrayLike<unknown>,
  limits: PreviewLimits,
  inner: (item: unknown) => string,
  counted: boolean,
): string {
  const shown: string[] = [];
  let at = 0;
  while (at < items.length && shown.length < limits.items) {
    const start = at;
    while (at < items.length && !Object.hasOwn(items, at)) {
      at++;
      // A sparse array may claim four billion holes.
      if (at - start > 1000) at = items.length;
    }
    if (at > start) shown.push(`empty × ${at - start}`);
    else shown.push(inner(dataProperty(items, at++)));
  }
  if (at < items.length) shown.push('…');
  return `${counted ? `(${items.length}) ` : ''}[${shown.join(', ')}]`;
}

function braces<Item>(
  head: string,
  items: Iterable<Item>,
  limits: PreviewLimits,
  text: (item: Item) => string,
): string {
  const some = take(items, limits.items + 1);
  const shown = some.slice(0, limits.items).map(text);
  if (some.length > limits.items) shown.push('…');
  return `${head}{${shown.join(', ')}}`;
}

type Property = (inner: (item: unknown) => string) => string;

function properties(value: object): Property[] {
  try {
    return Reflect.ownKeys(value).flatMap((name): Property[] => {
      const property = Object.getOwnPropertyDescriptor(value, name);
      if (property === undefined || property.enumerable !== true) return [];
      const label = typeof name === 'symbol' ? `[${String(name)}]` : name;
      return [(inner) => `${label}: ${'value' in property ? inner(property.value) : '(…)'}`];
    });
  } catch {
    return [() => '(inaccessible)'];
  }
}
