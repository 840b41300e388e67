import { type Inspector, type Path, preview } from '../../../runtime/index.ts';
import type { Row, Window } from './rows.ts';
import { counted, keyText } from './text.ts';

/** Every stream, by how many atoms it has. */
export function streamRows(inspect: Inspector): readonly Row[] {
  return Object.keys(inspect.status().streams).map((name) => {
    const path = name as Path;
    const { start, total } = inspect.stream(path, 0, 0);
    const count = total - start;
    const dropped = start > 0 ? `, the first ${start} consumed and dropped` : '';
    const below = { view: 'stream', path } as const;
    return { name, text: counted(total, 'atom') + dropped, ...(count > 0 && { below, count }) };
  });
}

/** The atoms of one stream, each unfolding to its events. */
export function streamAtoms(inspect: Inspector, path: Path, window: Window): readonly Row[] {
  const { start: first, total } = inspect.stream(path, 0, 0);
  const from = first + window.start;
  const { items } = inspect.stream(path, from, window.count);
  const length = Math.max(0, Math.min(window.count, total - from));
  return Array.from({ length }, (_, index) => {
    const atom = from + index;
    const values = items.filter((item) => item.atom === atom).map(({ value }) => value);
    const shown = values.slice(0, EVENTS_SHOWN).map((value) => preview(value));
    const text = [counted(values.length, 'event'), ...(shown.length > 0 ? [shown.join(', ')] : [])];
    return {
      name: `atom ${atom}`,
      text: text.join(': '),
      ...(values.length > 0 && { below: { view: 'atom', path, atom } }),
    };
  });
}

/** An atom's line names this many of its events. */
const EVENTS_SHOWN = 8;

/** The events of one atom. */
export function atomEvents(inspect: Inspector, path: Path, atom: number): readonly Row[] {
  return inspect.stream(path, atom, 1).items.map(({ key, value }, index) => ({
    name: `${index} (key ${keyText(key)})`,
    value,
  }));
}

/** How many batches wait at each portal. */
export function portalRows(inspect: Inspector): readonly Row[] {
  return Object.entries(inspect.status().portals).map(([path, { requests, replies }]) => ({
    name: path,
    text: `requests: ${batches(requests)}, replies: ${batches(replies)}`,
  }));
}

function batches(count: number): string {
  return counted(count, 'batch', 'batches');
}
