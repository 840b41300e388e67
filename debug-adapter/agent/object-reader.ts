import { DEFAULT_LIMITS, type PreviewLimits, preview, toJson } from '../../runtime/index.ts';

/** What the debugger shows of values of the program; no code of the program runs. */
export class ObjectReader {
  private readonly stateOf: PreviewLimits['stateOf'];

  constructor(stateOf: PreviewLimits['stateOf']) {
    this.stateOf = stateOf;
  }

  /** A one-line preview of each value. */
  previews(values: readonly unknown[]): readonly string[] {
    const limits = { ...DEFAULT_LIMITS, ...(this.stateOf && { stateOf: this.stateOf }) };
    const previews: string[] = [];
    // The list is the program's, and so are the methods of its prototype.
    for (let at = 0; at < values.length; at++) previews.push(preview(values[at], limits));
    return previews;
  }

  /** A part of the items of a list, a set, or a map; of a map, keys and values alternate. */
  items(
    object: unknown,
    kind: 'list' | 'map' | 'set',
    start: number,
    count: number,
  ): readonly unknown[] {
    const items: unknown[] = [];
    if (kind === 'list') {
      const list = object as ArrayLike<unknown>;
      for (let at = start; at < Math.min(list.length, start + count); at++) {
        const item = Object.getOwnPropertyDescriptor(list, at);
        if (item) items[at - start] = item.value;
      }
      return items;
    }
    const entries: Iterable<unknown[]> =
      kind === 'map'
        ? Map.prototype.entries.call(object as Map<unknown, unknown>)
        : Set.prototype.entries.call(object as Set<unknown>);
    let at = -1;
    for (const entry of entries) {
      if (++at < start) continue;
      if (at >= start + count) break;
      items.push(...(kind === 'map' ? [entry[0], entry[1]] : [entry[0]]));
    }
    return items;
  }

  /** The whole value, for the clipboard: text as it is, all else as JSON where that is exact. */
  wholeText(value: unknown): string {
    if (typeof value === 'string') return value;
    if (typeof value !== 'object' || value === null) return preview(value);
    return JSON.stringify(toJson(value), null, 2);
  }
}
