import { PortalsError } from '../contracts/errors.ts';
import { isProxy } from './proxies.ts';

/** Thrown where the copying of a value comes to a part that cannot be copied. */
export class RefusedPart {
  readonly part: object;
  readonly what: string;
  readonly why: string;

  constructor(part: object, what: string, why: string) {
    this.part = part;
    this.what = what;
    this.why = why;
  }
}

/** The error that says which part of `value` cannot be copied, and why. */
export function notCopyable(value: object, { part, what, why }: RefusedPart): PortalsError {
  const place = pathTo(part, value);
  const where = place === undefined || place === '' ? '' : ` in the field ${place}`;
  return new PortalsError(
    'PORTALS_NOT_COPYABLE',
    `values are copied when they leave a handler, and ${what}${where} cannot be copied: ${why}.`,
  );
}

/** The names that lead from `value` to `part`, as in `order.items.0`; breadth first. */
function pathTo(part: object, value: object): string | undefined {
  const seen = new Set<object>([value]);
  const queue: [path: string, object: object][] = [['', value]];
  for (const [path, object] of queue) {
    if (object === part) return path.slice(1);
    if (isProxy(object)) continue;
    const inside =
      object instanceof Map || object instanceof Set ? [...object].flat().entries() : [];
    const named = Object.entries(Object.getOwnPropertyDescriptors(object));
    for (const [name, item] of [
      ...inside,
      ...named.map(([name, { value }]) => [name, value] as const),
    ]) {
      if (typeof item !== 'object' || item === null || seen.has(item)) continue;
      seen.add(item);
      queue.push([`${path}.${name}`, item]);
    }
  }
  return undefined;
}
