import type { Inspector } from '../../../runtime/index.ts';
import type { Row } from './rows.ts';

/** The handler invocation under way. */
export function eventRows(inspect: Inspector): readonly Row[] {
  const event = inspect.event();
  const { choice, attempt } = inspect.status();
  if (!event) return [];
  return [
    { name: 'value', value: event.value },
    { name: 'key', value: event.key },
    { name: 'cause', text: event.cause },
    { name: 'event', text: `${event.index + 1} of ${event.count}` },
    { name: 'task', text: event.task },
    { name: 'atom', text: choice?.label ?? '' },
    { name: 'step', text: String(event.step) },
    { name: 'attempt', text: String(attempt) },
  ];
}

/** What the step under way would publish if it committed now. */
export function uncommittedRows(inspect: Inspector): readonly Row[] {
  return inspect.uncommitted().map(({ kind, task, value }, index) => ({
    name: `${index} ${kind} by ${task.split('/').at(-1)}`,
    value,
    uncommitted: true,
  }));
}

/** What the scheduler may do next. */
export function choiceRows(inspect: Inspector): readonly Row[] {
  return inspect
    .enabled()
    .map(({ label, action }, index) => ({ name: String(index), text: `${action} ${label}` }));
}
