import { pathPattern } from '../../../program/index.ts';
import type { Inspector } from '../../../runtime/index.ts';

/**
 * `$state(task, name, key)` as conditions and watch expressions use it: the value under one key; a
 * `Map` of all keys' values without `key`; a task's value for `PerTaskState`. The task is named by
 * its path, or by the end of it.
 */
export type StateReader = (task: string, name: string, ...key: unknown[]) => unknown;

export function stateReader(inspect: Inspector): StateReader {
  return (task, name, ...key) => {
    const path = taskCalled(inspect, task);
    const [own] = inspect.state({ task: path, name, scope: 'task' }).items;
    if (own) return own.value;
    if (key.length > 0) {
      const { items } = inspect.state({ task: path, name, scope: 'key', key: key[0] });
      return items[0]?.value;
    }
    const all = { task: path, name, scope: 'key', count: Number.MAX_SAFE_INTEGER } as const;
    return new Map(inspect.state(all).items.map(({ key: each, value }) => [each, value]));
  };
}

function taskCalled(inspect: Inspector, task: string) {
  const tasks = inspect
    .topology()
    .nodes.filter(({ kind }) => kind === 'task')
    .map(({ path }) => path);
  const fitting = tasks.includes(task as never) ? [task] : tasks.filter(pathPattern(task));
  const [path] = fitting;
  if (path === undefined) throw new Error(`no task is called '${task}'`);
  if (fitting.length > 1) {
    throw new Error(`'${task}' is the name of several tasks: ${fitting.join(', ')}`);
  }
  return path as (typeof tasks)[number];
}
