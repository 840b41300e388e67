import type { MarkerHandler } from '../application/handlers.ts';
import type { CallSite } from '../contracts/call-site.ts';
import type { Path } from '../contracts/paths.ts';

/** One request on its way to a portal. */
export interface Request {
  /** Counts the requests of a run, so that it is the same in every run with the same choices. */
  readonly id: number;
  readonly portal: Path;
  /** Who gets the reply: a task of the asking workflow, and the key it asked under. */
  readonly workflow: Path;
  readonly task: Path;
  readonly askerKey: unknown;
  /** The key the request runs under. */
  readonly key: unknown;
  readonly value: unknown;
  /**
   * How many handlers of `onAtomComplete` led to this request, each run for the messages that the
   * one before caused. Without a source atom in between, a growing count is a livelock.
   */
  readonly markerRounds: number;
  /**
   * The reply, once a continuation that awaits it can see it. Only the author's future refers to
   * it, so that it is forgotten with the continuations that may read it.
   */
  reply: Reply | undefined;
  /** A reply was delivered while no continuation waited for it, and is dropped. */
  isReplied: boolean;
  /** The continuations that wait for the reply, in order of registration. */
  waiting: readonly Continuation[] | undefined;
}

/** The reply to a request. */
export interface Reply {
  readonly request: Request;
  readonly value: unknown;
}

/** The rest of a handler, kept until all its replies have come. */
export interface Continuation {
  readonly id: number;
  readonly task: Path;
  /** The key it runs under: that of the event which asked. */
  readonly key: unknown;
  /** The requests whose replies it waits for; none twice. */
  readonly requests: readonly Request[];
  /** Rebuilt when an aborted attempt has run it, and may have changed what it captured. */
  callback: MarkerHandler;
  /** The request that was being answered, which `reply` in the continuation answers. */
  readonly replyingTo: Request | undefined;
  readonly step: number;
  readonly site: CallSite | undefined;
  /** Its index among the pending ones, or `NOT_PENDING`. */
  index: number;
}
