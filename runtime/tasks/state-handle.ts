import type * as api from '../contracts/authors-api.ts';
import { SHARED } from '../values/isolate.ts';
import type { StateStore } from './state-store.ts';

/** `PerKeyState` lives under (task, key, name), `PerTaskState` under (task, name). */
export type StateScope = 'key' | 'task';

/** The task whose state it is. */
export interface StateOwner {
  /** The store of that state, made when it is first used. */
  store(scope: StateScope, name: unknown): StateStore;
  currentKey(): unknown;
  /** @throws PortalsError PORTALS_CONTEXT_OUTSIDE_HANDLER unless a handler of the task runs */
  expectHandling(operation: string): void;
}

/**
 * One named value of a task's state; two handles of the same name are the same state. It is used
 * in the task's handlers only: elsewhere no epoch could undo a change.
 */
export class StateHandle<Value = unknown> implements api.State<Value> {
  get [SHARED](): true {
    return true;
  }
  readonly name: string;
  readonly initial: Value;
  readonly #owner: StateOwner;
  readonly #store: StateStore;
  readonly #perKey: boolean;

  constructor(owner: StateOwner, scope: StateScope, name: unknown, initial: Value) {
    this.#owner = owner;
    // A name of another type is as good at run time, and shown as it is.
    this.name = name as string;
    this.initial = initial;
    this.#perKey = scope === 'key';
    this.#store = owner.store(scope, name);
  }

  /**
   * The value that {@link get} would give, for inspection: no handler gets it, and no watch is
   * notified. `undefined` if `value` is no handle.
   */
  static peek(value: object): { readonly scope: string; readonly value: unknown } | undefined {
    if (!(#store in value)) return undefined;
    const key = value.#perKey ? value.#owner.currentKey() : undefined;
    const scope = value.#perKey ? 'PerKeyState' : 'PerTaskState';
    const now = value.#store.peek(key);
    return { scope, value: now === undefined ? value.initial : now };
  }

  get(): Value {
    this.#owner.expectHandling('state.get()');
    return this.#store.get(
      this.#perKey ? this.#owner.currentKey() : undefined,
      this.initial,
    ) as Value;
  }

  set(value: Value): void {
    this.#owner.expectHandling('state.set()');
    this.#store.set(this.#perKey ? this.#owner.currentKey() : undefined, value);
  }

  del(): void {
    this.#owner.expectHandling('state.del()');
    this.#store.delete(this.#perKey ? this.#owner.currentKey() : undefined);
  }
}
