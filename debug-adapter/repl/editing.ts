import type { StateTarget } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import { editState } from '../session/assignments/set-variable.ts';
import type { Session } from '../session/session.ts';
import { type Command, elementsOf, pathNamed } from './command.ts';

/** `STATE[KEY] = VALUE`; the key may hold brackets of its own. */
const EDIT = /^([^[=\s]+)(?:\[(.*?)\])?(?:\s*=\s*(.+))?$/s;

export const setStateCommand: Command = {
  usage: '.set TASK STATE[KEY] = VALUE',
  description:
    "give a task's state another value, of one key or, without [KEY], of the task itself",
  async run(session, [name, ...rest]) {
    const { target, value } = readEdit(session, name, rest);
    if (value === undefined) throw new AdapterError('BAD_REQUEST', 'say which value: … = VALUE');
    await editState(session, target, value);
    return { text: `set ${textOf(target)} to ${value}` };
  },
  suggest,
};

export const deleteStateCommand: Command = {
  usage: '.delete TASK STATE[KEY]',
  description: "delete a task's state, of one key or, without [KEY], of the task itself",
  async run(session, [name, ...rest]) {
    const { target, value } = readEdit(session, name, rest);
    if (value !== undefined) throw new AdapterError('BAD_REQUEST', 'a deletion takes no value');
    await editState(session, target);
    return { text: `deleted ${textOf(target)}` };
  },
  suggest,
};

function readEdit(session: Session, name: string | undefined, rest: readonly string[]) {
  const [, state, key, value] = EDIT.exec(rest.join(' ')) ?? [];
  if (name === undefined || state === undefined) {
    throw new AdapterError('BAD_REQUEST', 'name a task and its state: TASK STATE[KEY]');
  }
  const task = pathNamed(name, elementsOf(session, ['task']), 'task');
  const scope = key === undefined ? 'task' : 'key';
  const target: StateTarget = { task, state, scope, ...(key !== undefined && { key }) };
  return { target, value };
}

function suggest(session: Session, at: number) {
  return at === 0 ? elementsOf(session, ['task']).map((label) => ({ label })) : [];
}

function textOf({ state, key }: StateTarget): string {
  return key === undefined ? state : `${state}[${key}]`;
}
