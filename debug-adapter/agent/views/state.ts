import {
  type Inspector,
  type Path,
  preview,
  type StateEntry,
  type StateName,
} from '../../../runtime/index.ts';
import type { Row, Window } from './rows.ts';
import { type StateSearch, searchState } from './state-search.ts';
import { counted, keyText } from './text.ts';

/** The state of the key that is being processed, by name. */
export function keyStateRows(inspect: Inspector): readonly Row[] {
  const event = inspect.event();
  if (!event) return [];
  const { task, key } = event;
  const { items } = inspect.state({ task, key, scope: 'key', deleted: true });
  return items.map((entry) => rowOf(entry, entry.name));
}

/** The `PerTaskState`s of a workflow, by name; with the task's name where there are several. */
export function taskStateRows(inspect: Inspector, unit: Path): readonly Row[] {
  return namesOf(inspect, unit, 'task').flatMap((known) => {
    const { task, name } = known;
    const { items } = inspect.state({ task, name, scope: 'task' });
    return items.map((entry) => rowOf(entry, stateRowName(known, unit, [])));
  });
}

/** The `PerKeyState`s of a workflow (or of all), by name, each unfolding to its keys. */
export function allKeysRows(inspect: Inspector, unit: Path | undefined): readonly Row[] {
  return namesOf(inspect, unit, 'key').map((known, _index, all) => {
    const { task, name, count } = known;
    const below = { view: 'entries', task, name } as const;
    return { name: stateRowName(known, unit, all), text: counted(count, 'key'), below, count };
  });
}

/** What a state is called where all states of `unit`, or of all units, are listed. */
export function stateRowName(
  { task, name }: StateName,
  unit: Path | undefined,
  all: readonly StateName[],
): string {
  if (unit !== undefined) return `${nameOf(task)}.${name}`;
  // Two applications may have a workflow of one name.
  const isShared = all.some(
    (other) => other.task !== task && placeOf(other.task) === placeOf(task),
  );
  return `${isShared ? task : placeOf(task)}.${name}`;
}

/** A task's workflow and name, which stay distinct in a narrow list. */
function placeOf(task: Path): string {
  return task.split('/').slice(-2).join('/');
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

/** The entries that a search found, each labelled so that it is unique. */
export function foundRows(
  inspect: Inspector,
  search: StateSearch,
  { start, count }: Window,
): readonly Row[] {
  const { items } = searchState(inspect, search, start, count);
  return items.map((entry) => rowOf(entry, foundName(entry, search)));
}

/** What a found entry is called. */
export function foundName({ task, name, scope, key }: StateEntry, search: StateSearch): string {
  const place = search.task === undefined ? `${task}.` : '';
  return `${place}${name}${scope === 'key' ? `[${keyText(key)}]` : ''}`;
}

function namesOf(inspect: Inspector, unit: Path | undefined, scope: 'key' | 'task') {
  return inspect
    .stateNames()
    .filter((known) => known.scope === scope)
    .filter(({ task }) => unit === undefined || task.startsWith(`${unit}/`));
}

function rowOf(entry: StateEntry, name: string): Row {
  const { value, uncommitted, deleted } = entry;
  const mark = uncommitted ? { uncommitted, mark: markOf(entry) } : {};
  if (deleted) return { name, text: 'deleted', ...mark };
  return { name, value, expression: expressionOf(entry), isState: true, ...mark };
}

/** How the entry differs from what is committed. */
function markOf({ committed }: StateEntry): string {
  return committed ? `uncommitted, was ${preview(committed.value)}` : 'uncommitted, new';
}

/** What a watch expression for the entry says; see `StateReader`. */
function expressionOf({ task, name, scope, key }: StateEntry): string {
  const place = [task, name].map((text) => JSON.stringify(text));
  return `$state(${[...place, ...(scope === 'key' ? [keyText(key)] : [])].join(', ')})`;
}

function nameOf(task: Path): string {
  return task.split('/').at(-1) ?? task;
}
