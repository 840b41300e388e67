import type { CallSite } from '../contracts/call-site.ts';
import type { Path } from '../contracts/paths.ts';
import type { TaskContext } from './context.ts';

/** One request on its way to a portal. */
export interface Request {
  /** Counts the asks of a run, so that it is the same in every run with the same choices. */
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
   * The reply, once a continuation that awaits it can see it. It stands here, reachable only from
   * the author's future, so that it is forgotten with the continuations that may read it.
   */
  reply: Reply | undefined;
  /** The continuations that wait for the reply, in order of registration. */
  waiting: readonly Continuation[] | undefined;
}

/** The answer to an ask. */
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
  /** The asks it waits for; none twice. */
  readonly requests: readonly Request[];
  /** Made anew when an aborted attempt has run it, and may have changed what it captured. */
  callback: (ctx: TaskContext) => unknown;
  /** The request that was being answered, which `reply` in the continuation answers. */
  readonly replyingTo: Request | undefined;
  readonly step: number;
  readonly site: CallSite | undefined;
  /** Where it stands among the pending ones. */
  index: number;
}
