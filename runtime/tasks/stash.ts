import { SHARED } from '../values/isolate.ts';
import type { StateHandle } from './state-handle.ts';
import type { TaskRunner } from './task-runner.ts';

/** The name under which the events put aside are kept, per key, visible in the debugger. */
const STASH_STATE = '$stash';

/** The events that a task's handlers have put aside under the current key. */
export class Stash {
  readonly #task: TaskRunner;

  constructor(task: TaskRunner) {
    this.#task = task;
  }

  get [SHARED](): true {
    return true;
  }

  /** Puts `value` aside. */
  stash(value: unknown): void {
    this.#state().set([...this.#events(), value]);
  }

  /**
   * Has the task handle the events put aside, in the order in which they came: now, or in a `vsm`
   * when the next behaviour is in force.
   */
  unstashAll(): void {
    const events = this.#events();
    this.#state().del();
    this.#task.reprocess(events);
  }

  /** How many events are put aside. */
  size(): number {
    return this.#events().length;
  }

  #events(): unknown[] {
    return this.#state().get() as unknown[];
  }

  #state(): StateHandle {
    return this.#task.keyState(STASH_STATE, []);
  }
}
