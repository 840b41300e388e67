import type { Inspector, Page, Path, StateEntry } from '../../../runtime/index.ts';
import { preview } from '../../../runtime/index.ts';
import { keyOfText, keyText } from './text.ts';

/** Which entries of the state are looked for. Plain data. */
export interface StateSearch {
  readonly task?: Path;
  readonly name?: string;
  /** The only key, as text. */
  readonly key?: string;
  /** A part of the key's or the value's text. */
  readonly match?: string;
}

/** A window of the entries that fit `search`; a `match` has to look at every entry of the task. */
export function searchState(
  inspect: Inspector,
  { task, name, key, match }: StateSearch,
  start: number,
  count: number,
): Page<StateEntry> {
  const query = {
    ...(task !== undefined && { task }),
    ...(name !== undefined && { name }),
    ...(key !== undefined && { key: keyOfText(key), scope: 'key' as const }),
  };
  if (match === undefined || match === '') return inspect.state({ ...query, start, count });
  const all = inspect.state({ ...query, start: 0, count: Number.MAX_SAFE_INTEGER });
  const found = all.items.filter((entry) => contains(entry, match));
  return { start, total: found.length, items: found.slice(start, start + count) };
}

function contains({ key, value }: StateEntry, text: string): boolean {
  if (keyText(key).includes(text)) return true;
  // What has no parts is not worth a preview, of which there may be a million.
  const isPlain = typeof value === 'number' || typeof value === 'string';
  return (isPlain ? String(value) : preview(value)).includes(text);
}
