import { dataProperty, kindOf, take } from './kind.ts';

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

/** Deeper, or more, than any data is meant to be read; beyond it stands `{"$truncated": …}`. */
const DEPTH_MAX = 100;
const NODES_MAX = 100_000;

/**
 * Any value as JSON, without loss of distinctions. What JSON has stands for itself. All else is an
 * object with one name that begins with `$`: `{"$bigint": "10"}`, `{"$number": "NaN"}` (also `-0`
 * and the infinities), `{"$undefined": true}`, `{"$map": [[key, value]]}`, `{"$set": […]}`,
 * `{"$date": "…"}`, `{"$regexp": "/a/g"}`, `{"$symbol": "…"}`, `{"$function": "name"}`,
 * `{"$error": {"name", "message"}}`, `{"$class": "Point", "fields": {…}}`, `{"$hole": true}`,
 * `{"$getter": true}`, `{"$proxy": {"target", "handler"}}` (`null` if it is revoked), and `{"$up":
 * n}` for the value `n` levels above, which closes a cycle. An object's own names that begin with
 * `$` get a second `$`, and its symbols stand in `$symbols`.
 */
export function toJson(value: unknown): Json {
  return new Writer().write(value, []);
}

class Writer {
  #nodes = 0;

  write(value: unknown, above: readonly unknown[]): Json {
    if (typeof value !== 'object' && typeof value !== 'function') return primitive(value);
    if (value === null) return null;
    const cycle = above.lastIndexOf(value);
    if (cycle >= 0) return { $up: above.length - cycle };
    if (above.length >= DEPTH_MAX) return { $truncated: 'depth' };
    if (++this.#nodes > NODES_MAX) return { $truncated: 'size' };
    return this.#writeObject(value, [...above, value]);
  }

  #writeObject(value: object, above: readonly unknown[]): Json {
    const kind = kindOf(value);
    const all = (items: readonly unknown[]): Json[] => items.map((item) => this.write(item, above));
    switch (kind.kind) {
      case 'array':
        return this.#array(kind.value, kind.value.length, above);
      case 'map':
        return { $map: take(kind.entries, NODES_MAX).map(all) };
      case 'set':
        return { $set: all(take(kind.items, NODES_MAX)) };
      case 'typed':
        return { $typed: kind.name, items: this.#array(kind.items, kind.length, above) };
      case 'date':
        return { $date: Number.isNaN(kind.ms) ? null : new Date(kind.ms).toISOString() };
      case 'regexp':
        return { $regexp: kind.text };
      case 'error':
        return { $error: { name: kind.name, message: kind.message } };
      case 'boxed':
        return { $boxed: this.write(kind.value, above) };
      case 'function':
        return { $function: kind.name };
      case 'proxy': {
        const { target, handler } = kind;
        if (target === null) return { $proxy: null };
        return {
          $proxy: { target: this.write(target, above), handler: this.write(handler, above) },
        };
      }
      case 'opaque':
        return { $opaque: kind.name };
      case 'primitive':
        return primitive(kind.value);
      case 'object': {
        const fields = this.#fields(value, above);
        return kind.name === undefined ? fields : { $class: kind.name, fields };
      }
    }
  }

  #array(items: object, length: number, above: readonly unknown[]): Json {
    // A sparse array may claim four billion holes.
    if (length > NODES_MAX) return { $truncated: 'size', length };
    return Array.from({ length }, (_, at) =>
      Object.hasOwn(items, at) ? this.write(dataProperty(items, at), above) : { $hole: true },
    );
  }

  #fields(value: object, above: readonly unknown[]): { [name: string]: Json } {
    // Without a prototype, a field named `__proto__` is a field like any other.
    const fields: { [name: string]: Json } = Object.create(null);
    const symbols: Json[] = [];
    for (const [name, property] of enumerable(value)) {
      const json =
        'value' in property ? this.write(property.value, above) : { $getter: true as const };
      if (typeof name === 'symbol') symbols.push([name.description ?? '', json]);
      else fields[name.startsWith('$') ? `$${name}` : name] = json;
    }
    if (symbols.length > 0) fields['$symbols'] = symbols;
    return fields;
  }
}

function primitive(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $number: Object.is(value, -0) ? '-0' : String(value) };
    case 'bigint':
      return { $bigint: String(value) };
    case 'symbol':
      return { $symbol: value.description ?? '' };
    default:
      return { $undefined: true };
  }
}

function enumerable(value: object): [string | symbol, PropertyDescriptor][] {
  try {
    return Reflect.ownKeys(value).flatMap((name): [string | symbol, PropertyDescriptor][] => {
      const property = Object.getOwnPropertyDescriptor(value, name);
      return property?.enumerable === true ? [[name, property]] : [];
    });
  } catch {
    // A proxy whose trap throws shows nothing.
    return [];
  }
}
