import type { KeptState, StateEntry } from '../session/messages.ts';
import { shortName } from '../views/short-name.ts';

/** One line of a quick pick and the value it stands for. */
export interface Pick<Value> {
  readonly label: string;
  readonly description: string;
  readonly value: Value;
  /** Shown whatever was typed. */
  readonly alwaysShow?: boolean;
}

/** One state, of one key or of a task; its key is as the adapter reads it. */
export interface ChosenState {
  readonly task: string;
  readonly state: string;
  readonly key?: string;
}

/** The tasks that keep any state, in the order of `states`. */
export function taskPicks(states: readonly KeptState[]): Pick<string>[] {
  const tasks = [...new Set(states.map(({ task }) => task))];
  return tasks.map((task) => {
    const names = states.filter((each) => each.task === task).map(({ name }) => name);
    return { label: shortName(task), description: names.join(', '), value: task };
  });
}

/** The states of one task. */
export function statePicks(states: readonly KeptState[], task: string): Pick<KeptState>[] {
  return states
    .filter((each) => each.task === task)
    .map((state) => ({ label: state.name, description: extent(state), value: state }));
}

function extent({ scope, count }: KeptState): string {
  if (scope === 'task') return 'of the task';
  return `of each key, ${count} ${count === 1 ? 'key' : 'keys'}`;
}

/** A key, as the adapter reads it, and an expression for what is kept for it. */
export interface ChosenKey {
  readonly key: string;
  readonly source: string;
}

/** What a state is kept for, with what is kept. */
export function keyPicks(entries: readonly StateEntry[]): Pick<ChosenKey>[] {
  return entries.flatMap(({ key, value }) => {
    if (key === undefined) return [];
    const chosen = { key: keyText(key), source: valueSource(value) };
    return [{ label: key.preview, description: value.preview, value: chosen }];
  });
}

/** A key that nothing is kept for yet; nothing if `typed` names none, or one of `known`. */
export function newKeyPick(typed: string, known: readonly Pick<ChosenKey>[]): Pick<ChosenKey>[] {
  const text = typed.trim().replace(/^'(.*)'$/s, (_, inner: string) => JSON.stringify(inner));
  const asTyped = [text, JSON.stringify(text)];
  if (text === '' || known.some(({ value }) => asTyped.includes(value.key))) return [];
  const label = `$(add) Key ${typed.trim()}`;
  const value = { key: text, source: '' };
  return [{ label, description: 'nothing is kept for it', value, alwaysShow: true }];
}

/** A key as the adapter reads it: text in double quotes, all else as it is shown. */
function keyText({ preview, json }: StateEntry['value']): string {
  return typeof json === 'string' ? JSON.stringify(json) : preview;
}

/** An expression for a value that is shown as `preview`; empty if only a part of it is shown. */
export function valueSource({ preview }: StateEntry['value']): string {
  const source = preview.replace(/^\(\d+\) /, '');
  const isWhole = /^[[{'"\d-]|^(true|false|null|undefined|NaN|Infinity)$/.test(source);
  return isWhole && !/…|ƒ|\(\d+\) \[/.test(source) ? source : '';
}

/** A state for people: `items[1]`. */
export function stateText({ state, key }: ChosenState): string {
  return key === undefined ? state : `${state}[${key}]`;
}
