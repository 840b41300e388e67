import type { CallTrace } from '../contracts/call-site.ts';
import type { EnvironmentState } from '../contracts/environment.ts';
import type { Continuation, Reply, Request } from '../tasks/messages.ts';
import type { StateStore } from '../tasks/state-store.ts';
import type { TaskInput } from '../tasks/task-input.ts';

/** One thing that happened between an activation and the portals, with its outcome. */
export type Exchange =
  | { readonly kind: 'asked'; readonly request: Request; readonly trace: CallTrace }
  /** A reply was read; without one it had not come. */
  | { readonly kind: 'read'; readonly request: Request; readonly reply: Reply | undefined }
  /** A continuation was registered; without one it ran at once. */
  | {
      readonly kind: 'awaited';
      readonly requests: readonly Request[];
      readonly replyingTo: Request | undefined;
      readonly callback: Continuation['callback'];
      readonly trace: CallTrace;
      readonly continuation: Continuation | undefined;
    }
  | { readonly kind: 'resumed'; readonly continuations: readonly Continuation[] };

/**
 * One task's part of one step, recorded by all that decides what its handlers do, so that they can
 * be executed once more. It refers to immutable values; it copies nothing but its events.
 */
export class Activation {
  /** Orders the activations of a task by time. */
  readonly order: number;
  readonly input: TaskInput;
  readonly environment: EnvironmentState | undefined;
  readonly exchanges: Exchange[] = [];
  /** The task's state, each value as it was before its first access. */
  readonly state = new Map<StateStore, Map<unknown, unknown>>();
  /** Whether a handler threw, which ended the atom. */
  threw = false;

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
