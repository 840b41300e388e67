import type { Inspector, StateEntry } from '../../../runtime/index.ts';
import type { StateTarget } from '../breakpoints/data-breakpoints.ts';
import type { ViewRef } from './rows.ts';
import { foundName, stateRowName } from './state.ts';
import { searchState } from './state-search.ts';
import { keyText } from './text.ts';

/** The state behind the row `name` of a view; `undefined` where the row is something else. */
export function targetOfRow(
  inspect: Inspector,
  ref: ViewRef,
  name: string,
): StateTarget | undefined {
  switch (ref.view) {
    case 'entries':
      return { task: ref.task, state: ref.name, scope: 'key', key: name };
    case 'found': {
      const all = { start: 0, count: Number.MAX_SAFE_INTEGER };
      const found = searchState(inspect, ref.search, all.start, all.count).items.find((entry) => {
        return foundName(entry, ref.search) === name;
      });
      return found && targetOf(found);
    }
    case 'key-state':
      return targetOfName(inspect, name);
    case 'all-keys':
    case 'task-state': {
      const scope = ref.view === 'all-keys' ? 'key' : 'task';
      const all = inspect.stateNames().filter((each) => each.scope === scope);
      const found = all.find((each) => stateRowName(each, ref.unit, all) === name);
      return found && { task: found.task, state: found.name, scope };
    }
    default:
      return undefined;
  }
}

function targetOf({ task, name, scope, key }: StateEntry): StateTarget {
  const named = { task, state: name, scope };
  return scope === 'key' ? { ...named, key: keyText(key) } : named;
}

/** The state called `name` of the task and the key under way. */
export function targetOfName(inspect: Inspector, name: string): StateTarget | undefined {
  const event = inspect.event();
  if (!event) return undefined;
  const { task, key } = event;
  const own = inspect.stateNames().filter((each) => each.task === task && each.name === name);
  const scopes = own.map(({ scope }) => scope);
  if (scopes.includes('key')) return { task, state: name, scope: 'key', key: keyText(key) };
  return scopes.includes('task') ? { task, state: name, scope: 'task' } : undefined;
}
