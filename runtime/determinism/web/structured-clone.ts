import { dataProperty, kindOf } from '../../format/kind.ts';
import { isolate } from '../../values/isolate.ts';
import { define, type Realm } from '../realm.ts';
import { refusal } from '../refusal.ts';

/** `structuredClone` of the HTML standard; nothing can be transferred. */
export function structuredCloning(realm: Realm): void {
  define(realm, 'structuredClone', function structuredClone(value: unknown, options?: unknown) {
    const transfer = (options as { transfer?: unknown[] } | undefined)?.transfer;
    if (transfer?.length) throw refusal('transfer', 'there is no receiver. Copy instead.');
    const copies = new Map<object, object>();
    const copy = clone(value, copies);
    // A loop over a map comes to the copies that are made meanwhile, too.
    for (const [from, to] of copies) fill(from, to, copies);
    return copy;
  });
}

/** The copy of `value`, which is filled later: values may be nested to any depth. */
function clone(value: unknown, copies: Map<object, object>): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw notCloned(value);
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  const copy = shell(value);
  copies.set(value, copy);
  return copy;
}

/** An empty object of the kind of `value`, or its copy if nothing is in it that could be cyclic. */
function shell(value: object): object {
  const kind = kindOf(value);
  switch (kind.kind) {
    case 'array':
      return new Array(kind.value.length);
    case 'map':
      return new Map();
    case 'set':
      return new Set();
    case 'error':
      return new (ERRORS.get(kind.name) ?? Error)(kind.message);
    case 'object':
      return {};
    case 'regexp':
      return new RegExp(value as RegExp);
    case 'opaque':
    case 'proxy':
      throw notCloned(value);
    default:
      return isolate(value);
  }
}

const ERRORS = new Map<string, ErrorConstructor>(
  [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((each) => [
    each.name,
    each as ErrorConstructor,
  ]),
);

function fill(value: object, copy: object, copies: Map<object, object>): void {
  if (copy instanceof Map) {
    for (const [key, item] of value as Map<unknown, unknown>) {
      copy.set(clone(key, copies), clone(item, copies));
    }
  } else if (copy instanceof Set) {
    for (const item of value as Set<unknown>) copy.add(clone(item, copies));
  } else if (copy instanceof Error) {
    const stack = dataProperty(value, 'stack');
    if (typeof stack === 'string') define(copy, 'stack', stack);
    if ('cause' in value) define(copy, 'cause', clone(value.cause, copies));
  } else if (Array.isArray(copy) || Object.getPrototypeOf(copy) === Object.prototype) {
    for (const name of Object.keys(value)) {
      (copy as Record<string, unknown>)[name] = clone(
        (value as Record<string, unknown>)[name],
        copies,
      );
    }
  }
}

function notCloned(value: unknown): Error {
  const what = typeof value === 'object' ? 'an opaque object' : `a ${typeof value}`;
  const error = new Error(`${what} could not be cloned`);
  return Object.assign(error, { name: 'DataCloneError' });
}
