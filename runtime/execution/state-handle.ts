import { SHARED } from '../values/isolate.ts';
import type { TaskExecution } from './task-execution.ts';

/** `PerKeyState` lives under (task, key, name), `PerTaskState` under (task, name). */
export type StateScope = 'key' | 'task';

/** One named value of a task's state; two handles of the same name are the same state. */
export class StateHandle {
  readonly [SHARED] = true;
  readonly #task: TaskExecution;
  readonly #scope: StateScope;
  readonly #name: unknown;
  readonly #initial: unknown;

  constructor(task: TaskExecution, scope: StateScope, name: unknown, initial: unknown) {
    this.#task = task;
    this.#scope = scope;
    this.#name = name;
    this.#initial = initial;
  }

  get(): unknown {
    return this.#task.store(this.#scope, this.#name).get(this.#key(), this.#initial);
  }

  set(value: unknown): void {
    this.#task.store(this.#scope, this.#name).set(this.#key(), value);
  }

  del(): void {
    this.#task.store(this.#scope, this.#name).delete(this.#key());
  }

  #key(): unknown {
    return this.#scope === 'key' ? this.#task.currentKey() : undefined;
  }
}
