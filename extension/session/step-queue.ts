/** More queued steps than this are ignored; a held key must not run away. */
const QUEUED_MAX = 100;

/**
 * Runs step commands one after the other, so that every key press counts: a press during a step is
 * queued until the step stops. Any other stop than that of a step discards the queue.
 */
export class StepQueue {
  readonly #nextStop: () => Promise<string | undefined>;
  #queued: (() => Promise<unknown>)[] = [];
  #isStepping = false;

  /** `nextStop` resolves with the reason of the next stop, or `undefined` at the end. */
  constructor(nextStop: () => Promise<string | undefined>) {
    this.#nextStop = nextStop;
  }

  /** True while a step is running, so that further ones can be queued. */
  get isStepping(): boolean {
    return this.#isStepping;
  }

  /** Runs `step`, or queues it during another step. */
  async run(step: () => Promise<unknown>): Promise<void> {
    if (this.#queued.length < QUEUED_MAX) this.#queued.push(step);
    if (this.#isStepping) return;
    this.#isStepping = true;
    try {
      for (let next = this.#queued.shift(); next !== undefined; next = this.#queued.shift()) {
        const stopped = this.#nextStop();
        await next();
        if ((await stopped) !== 'step') return;
      }
    } finally {
      this.#queued = [];
      this.#isStepping = false;
    }
  }
}
