import { SHARED } from '../values/isolate.ts';
import type { StateStore } from './state-store.ts';
import type { TaskRunner } from './task-runner.ts';

/** `PerKeyState` lives under (task, key, name), `PerTaskState` under (task, name). */
export type StateScope = 'key' | 'task';

/** One named value of a task's state; two handles of the same name are the same state. */
export class StateHandle {
  get [SHARED](): true {
    return true;
  }
  readonly name: unknown;
  readonly initial: unknown;
  readonly #task: TaskRunner;
  readonly #store: StateStore;
  readonly #perKey: boolean;

  constructor(task: TaskRunner, scope: StateScope, name: unknown, initial: unknown) {
    this.#task = task;
    this.name = name;
    this.initial = initial;
    this.#perKey = scope === 'key';
    this.#store = task.store(scope, name);
  }

  /**
   * The value that {@link get} would give, seen from outside: no handler is given it, and nobody is
   * told. `undefined` if `value` is no handle.
   */
  static peek(value: object): { readonly scope: string; readonly value: unknown } | undefined {
    if (!(#store in value)) return undefined;
    const key = value.#perKey ? value.#task.currentKey() : undefined;
    const scope = value.#perKey ? 'PerKeyState' : 'PerTaskState';
    const now = value.#store.peek(key);
    return { scope, value: now === undefined ? value.initial : now };
  }

  get(): unknown {
    return this.#store.get(this.#perKey ? this.#task.currentKey() : undefined, this.initial);
  }

  set(value: unknown): void {
    this.#store.set(this.#perKey ? this.#task.currentKey() : undefined, value);
  }

  del(): void {
    this.#store.delete(this.#perKey ? this.#task.currentKey() : undefined);
  }
}
