import type { Page, StateEntry, StateName, StateQuery } from '../../contracts/inspection.ts';
import type { WatchedState } from '../../contracts/state-access.ts';
import type { StateStore } from '../../tasks/state-store.ts';
import type { TaskRunner } from '../../tasks/task-runner.ts';
import { keyFrom } from '../../values/key.ts';
import type { RuntimeGraph } from '../runtime-graph.ts';

export interface NamedStore {
  readonly task: TaskRunner;
  readonly name: string;
  readonly scope: 'key' | 'task';
  readonly store: StateStore;
}

/**
 * A window of the state of `tasks`: by task, then name, then key in order of
 * first write. Only the entries of the window are visited one by one, so that a window into a
 * million keys costs little more than the keys before it.
 */
export function stateEntries(
  tasks: readonly TaskRunner[],
  given: StateQuery,
  start: number,
  count: number,
): Page<StateEntry> {
  const query = 'key' in given ? { ...given, key: keyFrom(given.key) } : given;
  const items: StateEntry[] = [];
  let total = 0;
  const asked = ({ name, scope }: NamedStore) =>
    (query.name ?? name) === name && (query.scope ?? scope) === scope;
  const kept = query.deleted === true ? changedStores : namedStores;
  for (const named of tasks.flatMap(kept).filter(asked)) {
    const single = 'key' in query && named.scope === 'key';
    const size = single ? Number(isListed(named, query)) : named.store.size;
    const from = Math.max(0, start - total);
    const to = Math.min(size, start + count - total);
    if (from < to && single) items.push(entryOf(named, query.key, named.store.peek(query.key)));
    else if (from < to) items.push(...windowOf(named, from, to));
    total += size;
  }
  return { start, total, items };
}

/** Every state that holds anything. */
export function stateNames(tasks: readonly TaskRunner[]): StateName[] {
  return tasks.flatMap(namedStores).map(({ task, name, scope, store }) => {
    return { task: task.spec.path, name, scope, count: store.size };
  });
}

/** The store of a state, once the task has used it. */
export function findStore(
  { workflows }: RuntimeGraph,
  { task, state, scope }: WatchedState,
): StateStore | undefined {
  const found = [...workflows.values()]
    .flatMap(({ runner: execution }) => execution.tasks)
    .find(({ spec }) => spec.path === task);
  const stores = scope === 'key' ? found?.keyStores : found?.taskStores;
  return [...(stores ?? [])].find(([name]) => String(name) === state)?.[1];
}

function isListed({ store }: NamedStore, { key, deleted }: StateQuery): boolean {
  return store.has(key) || (deleted === true && isDeleted(store, key));
}

function isDeleted(store: StateStore, key: unknown): boolean {
  return !store.has(key) && store.isChanged(key) && store.committed(key) !== undefined;
}

/** The stores that hold anything. */
export function namedStores(task: TaskRunner): NamedStore[] {
  return changedStores(task).filter(({ store }) => store.size > 0);
}

/** All stores: those that hold nothing may have held something at the last commit. */
function changedStores(task: TaskRunner): NamedStore[] {
  const named = (scope: 'key' | 'task', stores: ReadonlyMap<unknown, StateStore>) =>
    [...stores].map(([name, store]) => ({ task, name: String(name), scope, store }));
  return [...named('key', task.keyStores), ...named('task', task.taskStores)].sort((one, other) =>
    one.name < other.name ? -1 : one.name > other.name ? 1 : 0,
  );
}

function* windowOf(named: NamedStore, from: number, to: number): Iterable<StateEntry> {
  let at = 0;
  for (const [key, value] of named.store.entries()) {
    if (at >= to) return;
    at += 1;
    if (at > from) yield entryOf(named, key, value);
  }
}

function entryOf({ task, name, scope, store }: NamedStore, key: unknown, value: unknown) {
  const uncommitted = store.isChanged(key);
  const committed = uncommitted ? store.committed(key) : undefined;
  return {
    task: task.spec.path,
    name,
    scope,
    ...(scope === 'key' ? { key } : {}),
    value,
    uncommitted,
    ...(uncommitted && committed && { committed }),
    ...(uncommitted && isDeleted(store, key) && { deleted: true as const }),
  };
}
