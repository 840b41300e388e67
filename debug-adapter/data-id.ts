import * as z from 'zod/mini';
import type { StateTarget } from '../host/index.ts';

const schema = z.tuple(
  [z.string().check(z.startsWith('/')), z.enum(['key', 'task']), z.string()],
  z.string(),
);

/** The stable name of a state, or of one key's value in it: the same in every run. */
export function dataIdOf({ task, scope, state, key }: StateTarget): string {
  return JSON.stringify(key === undefined ? [task, scope, state] : [task, scope, state, key]);
}

/** @throws Error when it is no id of {@link dataIdOf}. */
export function readDataId(dataId: string): StateTarget {
  const read = schema.safeParse(parsed(dataId));
  if (!read.success) throw new Error(`'${dataId}' names no state of a task`);
  const [task, scope, state, key] = read.data;
  return { task, scope, state, ...(key !== undefined && { key }) };
}

/** A state for people: `cart/items.items[1]`; with `[*]` for any key. */
export function targetText({ task, scope, state, key }: StateTarget): string {
  const names = task.split('/');
  const index = scope === 'task' ? '' : `[${key ?? '*'}]`;
  return `${names.slice(-2).join('/')}.${state}${index}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
