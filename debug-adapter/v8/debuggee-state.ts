import type { CallFrame, Pause } from './pause.ts';

/** A run that was sent to a target, and the request that waits for it. */
export interface PendingTarget {
  readonly reached: (pause: Pause) => void;
  readonly fail: (error: Error) => void;
  /** The next line of the author will do. */
  readonly stopsHere?: true;
}

/**
 * The states of the program's thread:
 *
 *     starting ──first halt──► paused ──resume──► running
 *         │                      ▲ │                │ │
 *         │                      └─┼─────pause──────┘ │
 *         └──────exit──────► closed ◄──────exit───────┘
 */
export type DebuggeeState =
  | { readonly kind: 'starting'; readonly done: () => void; readonly fail: (error: Error) => void }
  | { readonly kind: 'running' }
  /** `top` is V8's innermost frame; `pause` is absent while `decide` has not shown it. */
  | {
      readonly kind: 'paused';
      readonly top: CallFrame | undefined;
      readonly pause?: Pause | undefined;
    }
  | { readonly kind: 'closed' };
