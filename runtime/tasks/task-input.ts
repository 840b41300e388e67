import type { Batch } from '../values/batch.ts';
import type { Reply, Request } from './messages.ts';

/** What ends an atom: its marker, the seal of the stream, or an upstream handler's error. */
export type Marker =
  | { readonly kind: 'atomComplete' }
  | { readonly kind: 'complete' }
  | { readonly kind: 'error'; readonly thrown: unknown };

/** What one task consumes in a step: what reached it, in this order. */
export interface TaskInput {
  readonly events: Batch | undefined;
  readonly requests: readonly Request[] | undefined;
  readonly replies: readonly Reply[] | undefined;
  readonly marker: Marker;
  /** Whether an atom of the workflow's source ends, and not a batch of messages. */
  readonly ofSource: boolean;
  /** How many handlers of `onAtomComplete` led to this input; see `Request.markerRounds`. */
  readonly markerRounds: number;
}
