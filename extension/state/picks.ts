import type { StateEntry, StateSummary } from '../session/messages.ts';
import { shortName } from '../views/short-name.ts';

/** An item of a quick pick and its value. */
export interface Pick<Value> {
  readonly label: string;
  readonly description: string;
  readonly value: Value;
  /** Shown regardless of the filter. */
  readonly alwaysShow?: boolean;
}

/** A per-key or per-task state; the key is in the syntax of the adapter. */
export interface ChosenState {
  readonly task: string;
  readonly state: string;
  readonly key?: string;
}

/** The tasks with state, in the order of `states`. */
export function taskPicks(states: readonly StateSummary[]): Pick<string>[] {
  const tasks = [...new Set(states.map(({ task }) => task))];
  return tasks.map((task) => {
    const names = states.filter((each) => each.task === task).map(({ name }) => name);
    return { label: shortName(task), description: names.join(', '), value: task };
  });
}

/** The states of one task. */
export function statePicks(states: readonly StateSummary[], task: string): Pick<StateSummary>[] {
  return states
    .filter((each) => each.task === task)
    .map((state) => ({ label: state.name, description: extent(state), value: state }));
}

function extent({ scope, count }: StateSummary): string {
  if (scope === 'task') return 'per task';
  return `per key, ${count} ${count === 1 ? 'key' : 'keys'}`;
}

/** A key in the syntax of the adapter, and an expression for its value. */
export interface ChosenKey {
  readonly key: string;
  readonly source: string;
}

/** The keys of a state with their values. */
export function keyPicks(entries: readonly StateEntry[]): Pick<ChosenKey>[] {
  return entries.flatMap(({ key, value }) => {
    if (key === undefined) return [];
    const chosen = { key: keyText(key), source: valueSource(value) };
    return [{ label: key.preview, description: value.preview, value: chosen }];
  });
}

/** An item for a new key, unless `typed` is empty or one of `known`. */
export function newKeyPick(typed: string, known: readonly Pick<ChosenKey>[]): Pick<ChosenKey>[] {
  const text = typed.trim().replace(/^'(.*)'$/s, (_, inner: string) => JSON.stringify(inner));
  const asTyped = [text, JSON.stringify(text)];
  if (text === '' || known.some(({ value }) => asTyped.includes(value.key))) return [];
  const label = `$(add) Key ${typed.trim()}`;
  const value = { key: text, source: '' };
  return [{ label, description: 'no value yet', value, alwaysShow: true }];
}

/** A key in the syntax of the adapter: strings in double quotes, other values as previewed. */
function keyText({ preview, json }: StateEntry['value']): string {
  return typeof json === 'string' ? JSON.stringify(json) : preview;
}

/** An expression for a previewed value; empty if the preview is truncated. */
export function valueSource({ preview }: StateEntry['value']): string {
  const source = preview.replace(/^\(\d+\) /, '');
  const isComplete = /^[[{'"\d-]|^(true|false|null|undefined|NaN|Infinity)$/.test(source);
  return isComplete && !/…|ƒ|\(\d+\) \[/.test(source) ? source : '';
}

/** Formats a state: `items[1]`. */
export function stateText({ state, key }: ChosenState): string {
  return key === undefined ? state : `${state}[${key}]`;
}
