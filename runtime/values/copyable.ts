import { sourceTextOf } from './source-text.ts';

/**
 * The method by which a class whose instances have private fields says how to copy them:
 * `[Symbol.for('portals.clone')]() { return new Money(this.#cents); }`. It returns `this` if
 * instances never change.
 */
export const CLONE = Symbol.for('portals.clone');

/** How objects of one prototype are copied. */
export type Copying =
  | { readonly kind: 'properties' }
  | { readonly kind: 'hook' }
  /** No copy would be exact; `what` names the object, `why` gives the reason and the remedy. */
  | { readonly kind: 'refused'; readonly what: string; readonly why: string };

export const PROXY = {
  kind: 'refused',
  what: 'a Proxy',
  why: 'the copy would lose its handler. Pass the object behind it',
} as const;

const PROPERTIES: Copying = { kind: 'properties' };
const known = new WeakMap<object, Copying>([[Object.prototype, PROPERTIES]]);

/** How `value` is copied. Asked for every object but plain ones: cheap after the first time. */
export function copyingOf(value: object, prototype: object | null): Copying {
  if (prototype === null) return PROPERTIES;
  let copying = known.get(prototype);
  if (copying === undefined) {
    copying = examine(value, prototype);
    known.set(prototype, copying);
  }
  return copying;
}

function examine(value: object, prototype: object): Copying {
  if (typeof (value as { [CLONE]?: unknown })[CLONE] === 'function') return { kind: 'hook' };
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at)) {
    const hidden = HIDDEN.get(at);
    if (hidden !== undefined) {
      return {
        kind: 'refused',
        what: `${/^[aeiou]/i.test(hidden) ? 'an' : 'a'} ${hidden}`,
        why: 'it hides what it holds. Pass the data that it is made of',
      };
    }
    const maker: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    const field = typeof maker === 'function' ? privateField(maker) : undefined;
    if (field !== undefined && typeof maker === 'function') {
      return {
        kind: 'refused',
        what: `an instance of ${maker.name || 'a class'}`,
        why:
          `the copy would lose its private field ${field}. Give the class a method ` +
          "[Symbol.for('portals.clone')]() that returns a copy, or this if instances never change",
      };
    }
  }
  return PROPERTIES;
}

const TEXTS_AND_COMMENTS =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
const DECLARED =
  /(?:[{};*]|\n|\b(?:static|get|set|async|accessor))\s*(#[\p{ID_Continue}$]+)\s*[=;(}\n]/u;

/** The first private field or method that a class declares for its instances. */
function privateField(maker: object): string | undefined {
  let text: string;
  try {
    text = sourceTextOf(maker);
  } catch {
    return undefined;
  }
  if (!text.startsWith('class') || !text.includes('#')) return undefined;
  return DECLARED.exec(text.replace(TEXTS_AND_COMMENTS, '""'))?.[1];
}

/** Prototypes of built-in objects whose contents nothing but the engine can read. */
const HIDDEN: ReadonlyMap<object, string> = new Map([
  ...[Promise, WeakMap, WeakSet, WeakRef, FinalizationRegistry].map(
    (maker) => [maker.prototype as object, maker.name] as const,
  ),
  ...Object.getOwnPropertyNames(Intl).flatMap((name) => {
    const maker = (Intl as unknown as Record<string, unknown>)[name];
    const isMaker = typeof maker === 'function' && name !== 'getCanonicalLocales';
    const prototype: unknown = isMaker ? maker.prototype : undefined;
    return prototype ? [[prototype as object, `Intl.${name}`] as const] : [];
  }),
  ...Object.entries({
    generator: Object.getPrototypeOf(function* () {}).prototype,
    'asynchronous generator': Object.getPrototypeOf(async function* () {}).prototype,
    iterator: Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())),
  }).map(([name, prototype]) => [prototype as object, name] as const),
]);
