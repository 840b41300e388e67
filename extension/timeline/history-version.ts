import type { TimelineStatus } from '../../webview/timeline/messages.ts';

/**
 * Numbers histories, so that the panel discards cached data of another session, of another branch,
 * or of a history that has lost steps, for example by a rollback.
 */
export class HistoryVersions {
  #current = 0;
  #session: unknown;
  #branch = 0;
  #recorded = 0;

  /** The version of the history that `status` of `session` describes. */
  versionOf(session: unknown, { step, recorded = step, branch = 0 }: TimelineStatus): number {
    const isSame = session === this.#session && branch === this.#branch;
    if (!isSame || recorded < this.#recorded) this.#current += 1;
    this.#session = session;
    this.#branch = branch;
    this.#recorded = recorded;
    return this.#current;
  }
}
