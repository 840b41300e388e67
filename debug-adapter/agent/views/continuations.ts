import { type Inspector, preview } from '../../../runtime/index.ts';
import type { Row } from './rows.ts';
import { keyText } from './text.ts';

/** One continuation each, by portal and key. */
export function continuationRows(inspect: Inspector, unit: string | undefined): readonly Row[] {
  return inspect
    .continuations()
    .filter(({ task }) => unit === undefined || task.startsWith(`${unit}/`))
    .map(({ id, portal, key, request, step, site, uncommitted }) => ({
      name: `#${id}`,
      text: `waits for ${portal}: ${preview(request)}, key ${keyText(key)}, since step ${step}`,
      below: { view: 'continuation', id } as const,
      ...(site && { site }),
      ...(uncommitted && { uncommitted, mark: 'uncommitted' }),
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
    { name: 'atom', text: atomOf(inspect, found.step) },
    { name: 'callback', value: found.callback, ...(found.site && { site: found.site }) },
    { name: 'captured variables', value: found.callback, captured: true },
  ];
}

/** What was processed in the step that registered a continuation. */
function atomOf(inspect: Inspector, step: number): string {
  const status = inspect.status();
  const [entry] = inspect.history(step, 1).items;
  const choice = status.step === step ? status.choice : entry?.choice;
  return choice ? `step ${step}: ${choice.label}` : `step ${step}`;
}
