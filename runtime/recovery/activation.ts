import type { EnvironmentState } from '../determinism/index.ts';
import type { Batch } from '../tasks/batch.ts';
import type { Ask, Reply, Suspension } from '../tasks/messages.ts';
import type { StateStore } from '../tasks/state-store.ts';

/** What ends an atom: its marker, the seal of the stream, or an upstream handler's error. */
export type Marker =
  | { readonly kind: 'atomComplete' }
  | { readonly kind: 'complete' }
  | { readonly kind: 'error'; readonly thrown: unknown };

/** What one task consumes in a step: what reached it, in this order. */
export interface TaskInput {
  readonly events: Batch | undefined;
  readonly asks: readonly Ask[] | undefined;
  readonly replies: readonly Reply[] | undefined;
  readonly marker: Marker;
}

/** One thing that happened between an activation and the portals, with its outcome. */
export type Exchange =
  | { readonly kind: 'asked'; readonly ask: Ask }
  /** A reply was read; without one it had not come. */
  | { readonly kind: 'read'; readonly reply: Reply | undefined }
  /** A continuation was registered; without one it ran at once. */
  | { readonly kind: 'suspended'; readonly suspension: Suspension | undefined }
  | { readonly kind: 'resumed'; readonly suspensions: readonly Suspension[] };

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
    const { events, asks, replies, marker } = input;
    this.input = events?.objects ? { events: events.copy(), asks, replies, marker } : input;
    this.environment = environment;
  }

  touch(store: StateStore, key: unknown): void {
    let values = this.state.get(store);
    if (values === undefined) {
      values = new Map();
      this.state.set(store, values);
    }
    if (!values.has(key)) values.set(key, store.kept(key));
  }
}
