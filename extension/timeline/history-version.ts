import type { TimelineStatus } from '../../webview/timeline/messages.ts';

/**
 * Numbers histories, so that the panel knows what it must forget: another session's, another
 * branch, or one that has lost steps, as by a restart.
 */
export class Editions {
  #current = 0;
  #session: unknown;
  #branch = 0;
  #recorded = 0;

  /** The number of the history that `status` of `session` tells of. */
  of(session: unknown, { step, recorded = step, branch = 0 }: TimelineStatus): number {
    const isSame = session === this.#session && branch === this.#branch;
    if (!isSame || recorded < this.#recorded) this.#current += 1;
    this.#session = session;
    this.#branch = branch;
    this.#recorded = recorded;
    return this.#current;
  }
}
