import type { EnvironmentState } from '../contracts/environment.ts';
import type { Continuation, Reply, Request } from '../tasks/messages.ts';
import type { StateStore } from '../tasks/state-store.ts';
import type { TaskInput } from '../tasks/task-input.ts';

/** One thing that happened between an activation and the portals, with its outcome. */
export type Exchange =
  | { readonly kind: 'asked'; readonly ask: Request }
  /** A reply was read; without one it had not come. */
  | { readonly kind: 'read'; readonly reply: Reply | undefined }
  /** A continuation was registered; without one it ran at once. */
  | { readonly kind: 'suspended'; readonly suspension: Continuation | undefined }
  | { readonly kind: 'resumed'; readonly suspensions: readonly Continuation[] };

/**
 * One task's part of one step, remembered by all that decides what its handlers do, so that they
 * can be run once more. It refers to values that nobody changes; it copies nothing but its events.
 */
export class Activation {
  /** Orders the activations of a task by time. */
  readonly order: number;
  readonly input: TaskInput;
  readonly environment: EnvironmentState | undefined;
  readonly exchanges: Exchange[] = [];
  /** What its state was where it touched it first. */
  readonly state = new Map<StateStore, Map<unknown, unknown>>();

  constructor(order: number, input: TaskInput, environment: EnvironmentState | undefined) {
    this.order = order;
    const { events } = input;
    this.input = events?.hasObjects ? { ...input, events: events.copy() } : input;
    this.environment = environment;
  }

  onAccess(store: StateStore, key: unknown): void {
    let values = this.state.get(store);
    if (values === undefined) {
      values = new Map();
      this.state.set(store, values);
    }
    if (!values.has(key)) values.set(key, store.stored(key));
  }
}
