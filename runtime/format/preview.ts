import { kindOf, take } from './kind.ts';

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
    case 'proxy': {
      if (kind.target === null) return 'Proxy(revoked)';
      return depth === 0 ? 'Proxy(…)' : `Proxy(${inner(kind.target)}, ${inner(kind.handler)})`;
    }
    case 'opaque':
      return `${kind.name} {…}`;
    case 'array':
      return depth === 0
        ? `Array(${kind.value.length})`
        : showArray(kind.value, kind.value.length, limits, inner, kind.value.length > 1);
    case 'typed': {
      const head = `${kind.name}(${kind.length})`;
      const items = () => showArray(kind.items, kind.length, limits, inner, false);
      return depth === 0 ? head : `${head} ${items()}`;
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
        : braces(head, propertyNames(value as object), limits, (name) => {
            if (name === undefined) return '(inaccessible)';
            const label = typeof name === 'symbol' ? `[${String(name)}]` : name;
            return `${label}: ${showProperty(value as object, name, inner)}`;
          });
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
  items: object,
  length: number,
  limits: PreviewLimits,
  inner: (item: unknown) => string,
  counted: boolean,
): string {
  const shown: string[] = [];
  let at = 0;
  while (at < length && shown.length < limits.items) {
    const start = at;
    while (at < length && !Object.hasOwn(items, at)) {
      at++;
      // A sparse array may claim four billion holes.
      if (at - start > 1000) at = length;
    }
    if (at > start) shown.push(`empty × ${at - start}`);
    else shown.push(showProperty(items, at++, inner));
  }
  if (at < length) shown.push('…');
  return `${counted ? `(${length}) ` : ''}[${shown.join(', ')}]`;
}

/** A getter is not run: what it would give is not known. */
function showProperty(owner: object, name: PropertyKey, inner: (item: unknown) => string): string {
  const property = Object.getOwnPropertyDescriptor(owner, name);
  return property === undefined || 'value' in property ? inner(property?.value) : '(…)';
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

/** The names of the enumerable properties, read as far as they are asked for. */
function* propertyNames(value: object): Generator<string | symbol | undefined> {
  let names: readonly (string | symbol)[] = [];
  try {
    names = Reflect.ownKeys(value);
  } catch {
    // A proxy of another realm, with a trap that throws.
    yield undefined;
  }
  for (const name of names) {
    if (Object.getOwnPropertyDescriptor(value, name)?.enumerable === true) yield name;
  }
}
