import { PortalsError } from '../contracts/errors.ts';
import { isOpaque } from './built-in.ts';
import { hashValue } from './hash.ts';
import { isolate } from './isolate.ts';
import { writeSlots } from './slots.ts';

/**
 * The key that `value` stands for when it is given as one. Objects with equal contents, in
 * whatever order their properties were written, stand for one key: their hash (see
 * {@link hashValue}) or, where other contents already have that hash, a frozen copy of the first of
 * them. So distinct contents are distinct keys. Everything else stands for itself.
 */
export function keyFrom(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? contentKey(value) : value;
}

/** Why `value` cannot be a key; `undefined` if it can. */
export function keyProblem(value: unknown): string | undefined {
  return typeof value === 'symbol' ? 'a symbol, which no other run can make again' : undefined;
}

/** The texts and fractions that own their hash as the key that they imply. */
const owners = new Map<number, unknown>();

/**
 * The key of an event that was given none: the hash of its value (see {@link hashValue}). Where
 * another text or fraction already has that hash, the value itself is the key, so that no two of
 * them share a state. Objects keep their hash, 32 bits, whatever else has it: a program that keeps
 * state for objects gives them keys.
 */
export function impliedKey(value: unknown): unknown {
  const hash = hashValue(value);
  if (typeof value !== 'string' && (typeof value !== 'number' || value === hash)) return hash;
  const owner = owners.get(hash);
  if (owner !== undefined) return Object.is(owner, value) ? hash : value;
  owners.set(hash, value);
  return hash;
}

/** Each content met so far, with its key. Contents refer to those of their parts by number. */
const contents = new Map<string, Content>();
/** What is compared by identity: functions, symbols, and objects whose contents are hidden. */
const identities = new Map<unknown, number>();

interface Content {
  readonly id: number;
  key: unknown;
}

/** The contents whose key is their hash. */
const hashed = new Map<number, Content>();

/** The parts seen so far; while one is being written, minus its depth. */
type Seen = Map<object, number>;

function contentKey(value: object): unknown {
  const content = contentOf(value, new Map(), 1);
  if (content.key === undefined) {
    const hash = hashValue(value);
    const isFree = !hashed.has(hash);
    if (isFree) hashed.set(hash, content);
    content.key = isFree ? hash : frozen(isolate(value));
  }
  return content.key;
}

function frozen(key: object): object {
  return ArrayBuffer.isView(key) ? key : Object.freeze(key);
}

/** How deep a key may be nested: its parts are numbered from the innermost outwards. */
const DEPTH_MAX = 200;

function contentOf(value: object, seen: Seen, depth: number): Content {
  if (depth > DEPTH_MAX) throw tooDeep();
  seen.set(value, -depth);
  const part = (item: unknown): string => textOf(item, seen, depth);
  let text = Array.isArray(value) ? '[' : `${writeSlots(value, part) ?? ''}{`;
  const names = Reflect.ownKeys(value).map((name) => [part(name), name] as const);
  for (const [label, name] of names.sort(([one], [other]) => (one < other ? -1 : 1))) {
    const property = Object.getOwnPropertyDescriptor(value, name);
    if (property === undefined) continue;
    text += `${label}:${'value' in property ? part(property.value) : part(property.get)},`;
  }
  let content = contents.get(text);
  if (content === undefined) {
    content = { id: contents.size + 1, key: undefined };
    contents.set(text, content);
  }
  seen.set(value, content.id);
  return content;
}

function textOf(value: unknown, seen: Seen, depth: number): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol':
    case 'function':
      return identityOf(value);
    case 'object': {
      if (value === null) return 'null';
      if (isOpaque(value)) return identityOf(value);
      const known = seen.get(value);
      if (known !== undefined) return known > 0 ? `#${known}` : `^${depth + known}`;
      return `#${contentOf(value, seen, depth + 1).id}`;
    }
    default:
      return String(value);
  }
}

function identityOf(value: unknown): string {
  let id = identities.get(value);
  if (id === undefined) {
    id = identities.size;
    identities.set(value, id);
  }
  return `@${id}`;
}

function tooDeep(): PortalsError {
  return new PortalsError(
    'PORTALS_VALUE_TOO_DEEP',
    `a key is nested more than ${DEPTH_MAX} levels deep; give a key that names the value, such ` +
      'as its id, instead of the value itself',
  );
}
