import { type AdapterError, supersededError } from '../dap/errors.ts';

/** A launch is answered by then even if the program is still loading, so that it can be paused. */
const LOADING_MS_MAX = 1500;

/** What the answer to a launch waits for. */
export class LaunchGate {
  /** Resolves when the client has said all there is to know before the program runs. */
  readonly configured: Promise<void>;
  configurationIsDone: () => void = () => {};
  private end: (problem?: AdapterError) => void = () => {};

  constructor() {
    this.configured = new Promise((resolve) => {
      this.configurationIsDone = resolve;
    });
  }

  /** The program is about to be loaded; the result waits until it is, or another one is begun. */
  begin(): () => Promise<void> {
    this.end(supersededError());
    const settled = new Promise<void>((resolve, reject) => {
      this.end = (problem) => (problem ? reject(problem) : resolve());
    });
    // The session may be ended before anyone waits for this.
    settled.catch(() => undefined);
    return async () => {
      const timer = setTimeout(() => this.end(), LOADING_MS_MAX);
      await settled.finally(() => clearTimeout(timer));
    };
  }

  /** The program is loaded, or stands still, or there is a `problem`. */
  finish(problem?: AdapterError): void {
    this.end(problem);
  }
}
