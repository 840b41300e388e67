import type { Cdp } from './cdp.ts';

const INTERVAL_MS = 200;

/**
 * Asks V8 to pause a running thread until it does. V8 accepts one `Debugger.pause` and forgets it
 * when the interrupt finds only frames that it does not stop in, such as builtins that a loop
 * calls; one request is therefore not enough.
 */
export class PauseRequests {
  private readonly cdp: Cdp;
  private timer: NodeJS.Timeout | undefined;

  constructor(cdp: Cdp) {
    this.cdp = cdp;
  }

  /** Requests a pause, and again at intervals until {@link stop}. */
  send(): void {
    this.stop();
    const request = () => this.cdp.send('Debugger.pause').catch(() => this.stop());
    this.timer = setInterval(request, INTERVAL_MS).unref();
    void request();
  }

  /** The thread is paused, or has ended. */
  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
