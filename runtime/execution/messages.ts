import type { CallSite } from '../call-site.ts';
import type { Path } from '../paths.ts';
import type { TaskContext } from './context.ts';

/** One request on its way to a portal. */
export interface Ask {
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
}

/** The answer to an ask. */
export interface Reply {
  readonly ask: Ask;
  readonly value: unknown;
}

/** The replies that a continuation may read: those it was registered with, and its own. */
export interface Received {
  readonly ask: number;
  readonly value: unknown;
  readonly earlier: Received | undefined;
}

/** The rest of a handler, kept until all its replies have come. */
export interface Suspension {
  readonly id: number;
  readonly task: Path;
  /** The key it runs under: that of the event which registered it. */
  readonly key: unknown;
  /** The asks it waits for, and the replies that have come already. */
  readonly asks: readonly Ask[];
  readonly received: Received | undefined;
  /** How many of `asks` have not been answered yet. */
  readonly missing: number;
  readonly callback: (ctx: TaskContext) => unknown;
  /** The request that was being answered, which `reply` in the continuation answers. */
  readonly answering: Ask | undefined;
  readonly step: number;
  readonly site: CallSite | undefined;
}
