import type { Inspector, Path, StateEntry } from '../../runtime/index.ts';
import type { Row, Window } from './rows.ts';
import { counted, keyText } from './text.ts';

/** The state of the key that is being processed, by name. */
export function keyStateRows(inspect: Inspector): readonly Row[] {
  const event = inspect.event();
  if (!event) return [];
  const { items } = inspect.state({ task: event.task, key: event.key, scope: 'key' });
  return items.map((entry) => rowOf(entry, entry.name));
}

/** The `PerTaskState`s of a workflow, by name; with the task's name where there are several. */
export function taskStateRows(inspect: Inspector, unit: Path): readonly Row[] {
  return namesOf(inspect, unit, 'task').flatMap(({ task, name }) =>
    inspect
      .state({ task, name, scope: 'task' })
      .items.map((entry) => rowOf(entry, `${nameOf(task)}.${name}`)),
  );
}

/** The `PerKeyState`s of a workflow (or of all), by name, each unfolding to its keys. */
export function allKeysRows(inspect: Inspector, unit: Path | undefined): readonly Row[] {
  return namesOf(inspect, unit, 'key').map(({ task, name, count }) => ({
    name: unit === undefined ? `${task}.${name}` : `${nameOf(task)}.${name}`,
    text: counted(count, 'key'),
    below: { view: 'entries', task, name },
    count,
  }));
}

/** One state's values, by key. */
export function entryRows(
  inspect: Inspector,
  task: Path,
  name: string,
  window: Window,
): readonly Row[] {
  return inspect
    .state({ task, name, scope: 'key', ...window })
    .items.map((entry) => rowOf(entry, keyText(entry.key)));
}

function namesOf(inspect: Inspector, unit: Path | undefined, scope: 'key' | 'task') {
  return inspect
    .stateNames()
    .filter((known) => known.scope === scope)
    .filter(({ task }) => unit === undefined || task.startsWith(`${unit}/`));
}

function rowOf(entry: StateEntry, name: string): Row {
  return { name, value: entry.value, ...(entry.uncommitted && { uncommitted: true }) };
}

function nameOf(task: Path): string {
  return task.split('/').at(-1) ?? task;
}
