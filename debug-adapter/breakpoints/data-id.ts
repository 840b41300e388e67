import * as z from 'zod/mini';
import type { StateTarget } from '../agent/index.ts';

const schema = z.looseObject({
  task: z.string().check(z.startsWith('/')),
  scope: z.enum(['key', 'task']),
  state: z.string(),
  key: z.optional(z.string()),
  mode: z.optional(z.string()),
});

/**
 * The stable name of a state, or of one key's value in it: the same in every run. The protocol has
 * the mode of a breakpoint asked for with its name, and so it is part of it.
 */
export function dataIdOf(target: StateTarget, mode: string | undefined): string {
  const { task, scope, state, key } = target;
  return JSON.stringify({ task, scope, state, key, mode });
}

/** @throws Error when it is no id of {@link dataIdOf}. */
export function readDataId(dataId: string): { target: StateTarget; mode: string | undefined } {
  const read = schema.safeParse(parsed(dataId));
  if (!read.success) throw new Error(`'${dataId}' names no state of a task`);
  const { task, scope, state, key, mode } = read.data;
  return { target: { task, scope, state, ...(key !== undefined && { key }) }, mode };
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
