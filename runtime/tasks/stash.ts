import type * as api from '../contracts/authors-api.ts';
import { SHARED } from '../values/isolate.ts';
import type { RunningTask } from './running-task.ts';
import type { StateHandle } from './state-handle.ts';

/** The name under which the stashed events are kept, per key, visible in the debugger. */
export const STASH_STATE = '$stash';

/** The events that a task's handlers have put aside under the current key. */
export class Stash implements api.Stash<unknown> {
  readonly #task: RunningTask;

  constructor(task: RunningTask) {
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
   * The task handles the stashed events in the order in which they came: now, or in a `vsm` once
   * the next behaviour is in force. When a handler throws, the events after the one it handled are
   * stashed again.
   */
  unstashAll(): void {
    const events = this.#events();
    this.#state().del();
    this.#task.reprocess(events, (rest) => this.#state().set([...rest, ...this.#events()]));
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
