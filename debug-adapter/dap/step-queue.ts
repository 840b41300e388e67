import type { SendEvent } from './connection.ts';
import { AdapterError, cancelledError } from './errors.ts';

/** More waiting steps than this are refused; a held key must not run away. */
const WAITING_MAX = 100;

interface WaitingStep {
  readonly begin: () => void;
  readonly cancel: () => void;
}

/**
 * Runs the steps that a client asks for during a step of the same kind one after the other, so that
 * every press of a key counts. A pause, the session's end and any stop but that of a step cancel
 * the waiting steps.
 */
export class StepQueue {
  /** The kind of the step under way. */
  private kind: string | undefined;
  private waiting: WaitingStep[] = [];

  /**
   * Begins a step of `kind`, after those that wait. Resolves when it has begun.
   *
   * @throws AdapterError CANCELLED if it is not reached, and what `begin` throws
   */
  async run(kind: string, begin: () => Promise<void>): Promise<void> {
    if (kind !== this.kind) {
      this.cancel();
      return this.begin(kind, begin);
    }
    if (this.waiting.length >= WAITING_MAX) {
      throw new AdapterError('NOT_STOPPED', `${WAITING_MAX} steps wait already; pause ends them`);
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({
        begin: () => void this.begin(kind, begin).then(resolve, reject),
        cancel: () => reject(cancelledError()),
      });
    });
  }

  /** Cancels the steps that wait. */
  cancel(): void {
    this.kind = undefined;
    for (const { cancel } of this.waiting.splice(0)) cancel();
  }

  /** `sendEvent`, which begins the next step after it has reported the stop of a step. */
  watch(sendEvent: SendEvent): SendEvent {
    return (event, body) => {
      sendEvent(event, body);
      if (event === 'terminated') this.cancel();
      if (event === 'stopped') this.onStopped((body as { readonly reason: string }).reason);
    };
  }

  private onStopped(reason: string): void {
    const next = reason === 'step' ? this.waiting.shift() : undefined;
    if (next === undefined) this.cancel();
    // What the stop brings about ends before the program runs again.
    else setImmediate(() => next.begin());
  }

  private async begin(kind: string, begin: () => Promise<void>): Promise<void> {
    this.kind = kind;
    try {
      await begin();
    } catch (error) {
      this.cancel();
      throw error;
    }
  }
}
