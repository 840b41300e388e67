import type { CallSite } from './call-site.ts';
import type { Path } from './paths.ts';

/**
 * Why a continuation still waits for the reply of a portal:
 * - `no-reply`: the replier has handled the request and has not replied;
 * - `reply-dropped`: the reply came before the continuation was registered;
 * - `not-handled`: the replier has not taken the request, or the asker the reply;
 * - `replier-waits`: the replier itself awaits the reply of {@link WaitingContinuation.heldFor}.
 */
export type WaitReason = 'no-reply' | 'reply-dropped' | 'not-handled' | 'replier-waits';

/** A pending continuation, and whom it waits for. */
export interface WaitingContinuation {
  readonly kind: 'continuation';
  readonly task: Path;
  readonly key: unknown;
  readonly portal: Path;
  /** The task that replies. */
  readonly replier?: Path;
  /** The step that registered it. */
  readonly step: number;
  readonly why: WaitReason;
  /** The portal that the replier waits for in turn. */
  readonly heldFor?: Path;
  readonly callback: (ctx: never) => unknown;
  readonly site?: CallSite;
}

/** What a run leaves undone when it ends. */
export type Leftover =
  | WaitingContinuation
  /** Events that a task has stashed under `key` and not unstashed. */
  | { readonly kind: 'stash'; readonly task: Path; readonly key: unknown; readonly count: number }
  /** Replies to requests that had a reply already; they were dropped. */
  | {
      readonly kind: 'second-reply';
      readonly task: Path;
      readonly portal: Path;
      readonly replier?: Path;
      readonly count: number;
    };
