import type { Inspector } from '../../runtime/index.ts';
import type { Row } from './rows.ts';
import { keyText } from './text.ts';

/** One continuation each, by portal and key. */
export function continuationRows(inspect: Inspector, unit: string | undefined): readonly Row[] {
  return inspect
    .continuations()
    .filter(({ task }) => unit === undefined || task.startsWith(`${unit}/`))
    .map(({ id, portal, key, site, uncommitted }) => ({
      name: `#${id}`,
      text: `waits for ${portal}, key ${keyText(key)}`,
      below: { view: 'continuation', id } as const,
      ...(site && { site }),
      ...(uncommitted && { uncommitted }),
    }));
}

/** Everything about one continuation, its captured variables included. */
export function continuationParts(inspect: Inspector, id: number): readonly Row[] {
  const found = inspect.continuations().find((continuation) => continuation.id === id);
  if (!found) return [];
  return [
    { name: 'request', value: found.request },
    { name: 'key', value: found.key },
    { name: 'portal', text: found.portal },
    { name: 'task', text: found.task },
    { name: 'step', text: String(found.step) },
    { name: 'callback', value: found.callback, ...(found.site && { site: found.site }) },
    { name: 'captured variables', value: found.callback, captured: true },
  ];
}
