import type { Inspector, Path } from '../../runtime/index.ts';
import type { Row, Window } from './rows.ts';
import { counted, keyText } from './text.ts';

/** Every stream, by how many atoms it has. */
export function streamRows(inspect: Inspector): readonly Row[] {
  return Object.entries(inspect.status().streams).map(([name, atoms]) => {
    const path = name as Path;
    const count = inspect.stream(path, 0, 0).total;
    const text = `${counted(atoms, 'atom')}, ${counted(count, 'event')}`;
    return { name, text, ...(count > 0 && { below: { view: 'stream', path } as const, count }) };
  });
}

/** The events of one stream. */
export function streamEvents(inspect: Inspector, path: Path, window: Window): readonly Row[] {
  const { start, items } = inspect.stream(path, window.start, window.count);
  return items.map(({ atom, key, value }, index) => ({
    name: `${start + index} (atom ${atom}, key ${keyText(key)})`,
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
